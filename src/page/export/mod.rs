//! What feeds, search and preview images say about pages.

pub(in crate::page) mod feeds;
pub(in crate::page) mod preview;
pub(in crate::page) mod search;
