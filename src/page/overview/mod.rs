//! The home page, and the pages that look across all claims.

pub(in crate::page) mod book_changes;
pub(in crate::page) mod disputes;
pub(in crate::page) mod entity_lists;
pub(in crate::page) mod home;
pub(in crate::page) mod lists;
pub(in crate::page) mod review;
pub(in crate::page) mod timeline;
