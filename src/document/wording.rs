//! Text that only pages and checks read: [`Wording`]. Links, statuses and the table of files cannot depend on it.

use std::hash::{Hash, Hasher};

/// Text that an author can change without changing what is linked to what and which files the site has, such as a
/// statement or a reason. It adds nothing to a hash, as a [`Span`](crate::source::Span) adds nothing: the derived
/// hash of a [`Document`](super::Document) is therefore the hash of its structure.
///
/// To read the text, a function needs a [`WordingAccess`]. Linking and planning have none, so that the compiler
/// finds code that would make them depend on wording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording<T>(T);

/// Permission to read [`Wording`]. `tidy::wording_is_read_by_pages_and_checks_only` lists the files that may grant
/// it: those that parse, check and render.
#[derive(Debug, Clone, Copy)]
pub struct WordingAccess(());

impl WordingAccess {
    /// Grants the permission.
    pub const fn grant() -> Self {
        Self(())
    }
}

impl<T> Wording<T> {
    /// Seals a text.
    pub const fn new(text: T) -> Self {
        Self(text)
    }

    /// Returns the text.
    pub const fn read(&self, _: WordingAccess) -> &T {
        &self.0
    }

    /// Returns the text to change it.
    pub const fn edit(&mut self, _: WordingAccess) -> &mut T {
        &mut self.0
    }
}

impl<T> Hash for Wording<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
