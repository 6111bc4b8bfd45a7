//! What several pages have in common: addresses, lists, rows, prose and citations.

pub(in crate::page) mod address;
pub(in crate::page) mod card;
pub(in crate::page) mod changes;
pub(in crate::page) mod cite;
pub(in crate::page) mod facts;
pub(in crate::page) mod filter;
pub(in crate::page) mod json_ld;
pub(in crate::page) mod mentions;
pub(in crate::page) mod order;
pub(in crate::page) mod organization;
pub(in crate::page) mod pager;
pub(in crate::page) mod prose;
pub(in crate::page) mod rows;
pub(in crate::page) mod text;
pub(in crate::page) mod text_fragment;
