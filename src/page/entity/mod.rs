//! The pages of speakers, metrics, tags and sources.

pub(in crate::page) mod charts;
pub(in crate::page) mod entities;
