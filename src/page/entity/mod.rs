//! The pages of speakers, metrics, tags and sources.

pub(in crate::page) mod values;

pub(in crate::page) mod chart_words;

pub(in crate::page) mod metric_plot;

pub(in crate::page) mod panels;

pub(in crate::page) mod charts;

pub(in crate::page) mod entities;
