//! Reads claims: from callouts, files and front matter to [`crate::document::Claim`].

pub(in crate::markdown) mod callout;
pub(in crate::markdown) mod callout_facts;
pub(in crate::markdown) mod callout_reader;
pub(in crate::markdown) mod facts;
pub(in crate::markdown) mod keys;
pub(in crate::markdown) mod links;
pub(in crate::markdown) mod lost;
pub(in crate::markdown) mod raw;
pub(in crate::markdown) mod reader;
pub(in crate::markdown) mod relations;
pub(in crate::markdown) mod rules;
pub(in crate::markdown) mod signed;
pub(in crate::markdown) mod stray;
