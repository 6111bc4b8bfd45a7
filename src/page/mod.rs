//! Makes the views of pages: its input is a [`Book`], its output the types of [`view`], which are all that
//! templates see. Only this module makes the addresses of pages.

pub mod view;

mod parts;

mod article;

mod claim;

mod forecast;

mod entity;

mod overview;

mod export;

mod changed;

use std::ops::Deref;

use crate::config::Config;
use crate::document::WordingAccess;
use crate::graph::{Book, ClaimIndex};
use crate::quote::{Lock, QuoteCheck};
use crate::source::Sources;
use crate::templates::ThemeClasses;

pub use claim::{RELATIONS_PER_PAGE, Relations};
pub use entity::entities::{EntityLists, MetricValues};
pub use entity::values::Datum;
pub use export::feeds::{Feed, FeedEntry};
pub use export::preview::{Figure, Preview, PreviewSubject};
pub use export::search::{FilterValue, SearchGroup, SearchRecord, SearchSubject};
pub use overview::book_changes::{BookChange, BookChanges, ChangeKind, Quarter};
pub use overview::disputes::{Contradiction, DISPUTES_PER_PAGE, FALLOUT_PER_PAGE, Fallout};
pub use overview::timeline::{MonthLists, Years, timeline_path};
pub use parts::address::entity_list_path;
pub use parts::changes::ChangeSubject;
pub use parts::cite::{Citation, CitedAuthor};
pub use parts::filter::ClaimFilter;
pub use parts::mentions::MentionList;
pub use parts::pager::{PER_PAGE, pages_of, slice};

/// The parts of a site from which its files are planned. The wording of the book cannot be read through it, so the table
/// of files does not depend on wording.
#[derive(Clone, Copy)]
pub struct SiteStructure<'a> {
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

/// The input from which pages are made: a site whose wording can be read.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    structure: SiteStructure<'a>,
    /// Permission to read the wording of the book.
    pub(crate) access: WordingAccess,
}

impl<'a> Deref for Site<'a> {
    type Target = SiteStructure<'a>;

    fn deref(&self) -> &SiteStructure<'a> {
        &self.structure
    }
}

impl<'a> Site<'a> {
    /// Adds the permission to read wording.
    pub const fn new(structure: SiteStructure<'a>, access: WordingAccess) -> Self {
        Self { structure, access }
    }
}

impl<'a> Site<'a> {
    /// The result of checking a claim's quotation against `claims.lock`; `None` if the claim has no quotation.
    pub fn check_quote(&self, claim: ClaimIndex) -> Option<QuoteCheck<'a>> {
        self.book.check_quote(claim, self.lock, self.access)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::Example;

    impl Example {
        /// The input of pages.
        pub(crate) fn site(&self) -> Site<'_> {
            let Self { sources, config, book, lock, theme, .. } = self;
            Site::new(SiteStructure { book, sources, config, lock, theme }, WordingAccess::grant())
        }
    }
}
