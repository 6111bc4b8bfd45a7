//! Makes the views of pages: its input is a [`Book`], its output the types of [`view`], which are all that
//! templates see. Only this module makes the addresses of pages.

mod address;
mod article;
mod challenge;
mod changes;
mod charts;
mod cite;
mod claim;
mod disputes;
mod entities;
mod facts;
mod feeds;
mod forecasts;
mod history;
mod home;
mod json_ld;
mod lists;
mod mentions;
mod moving;
mod neighbourhood;
mod organization;
mod pager;
mod preview;
mod prose;
mod question_chart;
mod review;
mod rows;
mod scores;
mod search;
mod text_fragment;
mod timeline;
pub mod view;

use crate::config::Config;
use crate::graph::{Book, ClaimIndex};
use crate::quote::{Lock, QuoteCheck};
use crate::source::Sources;
use crate::templates::ThemeClasses;

pub use changes::ChangeSubject;
pub use charts::Datum;
pub use cite::{Citation, CitedAuthor};
pub use claim::{RELATIONS_PER_PAGE, Relations};
pub use disputes::{Contradiction, DISPUTES_PER_PAGE, FALLOUT_PER_PAGE, Fallout};
pub use entities::{EntityLists, MetricValues};
pub use feeds::{Feed, FeedEntry};
pub use lists::{ClaimFilter, PER_PAGE};
pub use mentions::MentionList;
pub use pager::{pages_of, slice};
pub use preview::{Figure, Preview};
pub use search::SearchRecord;
pub use timeline::{MonthLists, Years, timeline_path};

/// The input from which pages are made.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The linked book.
    pub book: &'a Book,
    /// The texts of all files of the site.
    pub sources: &'a Sources,
    /// The settings of the site.
    pub config: &'a Config,
    /// The contents of `claims.lock`: which quotations were found in snapshots of their sources, and which were
    /// read in the source by an editor.
    pub lock: &'a Lock,
    /// The CSS classes of the theme, which authors cannot use.
    pub theme: &'a ThemeClasses,
}

impl<'a> Site<'a> {
    /// The result of checking a claim's quotation against `claims.lock`; `None` if the claim has no quotation.
    pub fn check_quote(&self, claim: ClaimIndex) -> Option<QuoteCheck<'a>> {
        self.book.check_quote(claim, self.lock)
    }
}
