//! Views of the pages of changes.

use serde::Serialize;

use crate::date::PartialDate;
use crate::texts::TEXTS;

use super::page_view::{PageView, Template, template};
use super::{Link, Mark, Pager};

/// `changes.html`: what changed in a quarter of a year.
#[derive(Debug, Clone, Serialize)]
pub struct ChangesPage {
    /// The quarter in words, such as `July to September 2026`; empty if nothing has a date.
    pub quarter: String,
    /// The weeks with changes, newest first.
    pub weeks: Vec<ChangedWeek>,
    /// Links to the quarters near this one, newest first. This quarter has no address.
    pub quarters: Vec<Link>,
    /// Number of changes with its noun, such as `34 changes`.
    pub total: String,
    /// The position of this page in the changes of the quarter.
    pub pager: Pager,
}

impl PageView for ChangesPage {
    const TEMPLATE: Template = template!("changes.html");

    fn title(&self) -> String {
        if self.quarter.is_empty() {
            TEXTS.change.title().to_owned()
        } else {
            TEXTS.change.title_of(&self.quarter)
        }
    }

    fn description(&self) -> String {
        TEXTS.change.about().to_owned()
    }
}

/// What changed in a week.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedWeek {
    /// The Monday of the week.
    pub monday: PartialDate,
    /// The changes, newest first.
    pub changes: Vec<ChangeRow>,
}

/// A change of a claim.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeRow {
    /// Address of the claim's page.
    pub url: String,
    /// The statement of the claim.
    pub statement: String,
    /// The day of the change.
    pub day: PartialDate,
    /// The status before; `None` for a new claim and for a quotation that drifted.
    pub was: Option<Mark>,
    /// The status after; `None` for a quotation that drifted.
    pub now: Option<Mark>,
    /// Whether the claim is new.
    pub is_new: bool,
    /// How far a forecast moved the date of the forecast that it replaces, such as `later by 2 years`; may be empty.
    pub moved: String,
}
