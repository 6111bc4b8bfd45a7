//! Makes the views of pages: a [`Book`] in, the types of [`view`] out. A template sees nothing else. Only this
//! module makes addresses.

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

pub use changes::Subject;
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

/// Everything a page is made of.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The linked book.
    pub book: &'a Book,
    /// The text of every file.
    pub sources: &'a Sources,
    /// The settings.
    pub config: &'a Config,
    /// What was found in snapshots.
    pub lock: &'a Lock,
    /// The classes of the theme, which authors cannot use.
    pub theme: &'a ThemeClasses,
}

impl<'a> Site<'a> {
    /// What `claims.lock` says about the quotation of a claim, if it has one.
    pub fn check_quote(&self, claim: ClaimIndex) -> Option<QuoteCheck<'a>> {
        self.book.check_quote(claim, self.lock)
    }
}
