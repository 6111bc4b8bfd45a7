//! Finds slips in the text of a file that are not about claims.

pub(in crate::markdown) mod definitions;
pub(in crate::markdown) mod directions;
pub(in crate::markdown) mod lines;
pub(in crate::markdown) mod merge;
pub(in crate::markdown) mod placeholders;
pub(in crate::markdown) mod unread;
