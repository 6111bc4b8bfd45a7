//! claimbook turns a book of Markdown write-ups, and the claims marked in them, into a checked, cross-linked
//! static site.
//!
//! # The pipeline
//!
//! Each stage of a build is a function, and most stages take the type that the stage before returns.
//!
//! | stage | function | returns |
//! |---|---|---|
//! | load | [`source::load`] | [`source::Sources`]: the texts of all files but those of `static/`, read once |
//! | parse | [`markdown::parse()`] | [`document::Document`]: the facts of one file, each with a span |
//! | link | [`graph::link()`] | [`graph::Book`]: everything that is named, with links in both directions |
//! | check | [`graph::check_references`], [`lint::run`] | [`diagnostic::Diagnostic`]s: all of them, in one run |
//! | plan | [`plan::plan_files`] | [`output::OutputTree`]: all output files by path; reports collisions |
//! | commit | [`output::commit`] | files: rendered in parallel, replaced one by one, never all in memory |
//!
//! [`pipeline`] calls the stages from parse to plan, and [`cli`] calls the pipeline. When a page is rendered,
//! [`page`] makes its view ([`page::view`]) with drawings by [`chart`], and [`theme::Theme`] renders the view.
//! [`mod@verify`] is not a stage of a build: it searches saved sources for quotations, and builds read its
//! results through [`quote`].
//!
//! # Without a disk
//!
//! All stages except the first and the last are functions of text:
//!
//! ```
//! use std::sync::Arc;
//!
//! use claimbook::config::Overrides;
//! use claimbook::date::PartialDate;
//! use claimbook::diagnostic::{Format, render};
//! use claimbook::pipeline;
//! use claimbook::source::Sources;
//!
//! let sources = Arc::new(Sources::from_texts([
//!     ("site.toml", "title = \"Book\"\nbase_url = \"https://example.org/\""),
//!     ("content/articles/a.md", "---\ntitle: First\n---\n\nSee [it](claim:pase)."),
//! ]));
//! let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
//! let overrides = Overrides { base_url: None, repository: None, today, drafts: false, review: false };
//! let analysis = pipeline::analyse(&sources, &[], &overrides);
//! let report = render(&analysis.diagnostics, &sources, Format::Human { color: false });
//! assert!(report.contains("unknown claim `pase`"));
//! assert!(report.contains("content/articles/a.md:5:5"));
//! ```
//!
//! # Invariants
//!
//! - Only [`source::load`] reads the site. Only [`mod@output`] writes its output and the record of the last build
//!   ([`pipeline::Cache`]). Only [`scaffold`] creates or extends its files. Only [`output::replace_file`] rewrites one
//!   (`claims.lock`). Only [`cli`] prints, and only [`cli`] reads the clock and the environment.
//! - A mistake of an author is a [`diagnostic::Diagnostic`] and never stops the work. A failure outside of the
//!   site, such as a full disk, is an [`anyhow::Error`].
//! - A module imports only from modules that are declared above it.

pub mod source;

pub mod digest;

pub mod threads;

pub mod name;

pub mod text;

pub mod diagnostic;

pub mod output;

pub mod scaffold;

pub mod date;

pub mod web_address;

pub mod placeholder;

pub mod html;

pub mod templates;

pub mod data;

pub mod config;

pub mod document;

pub mod quote;

pub mod markdown;

pub mod graph;

pub mod score;

pub mod texts;

pub mod chart;

pub mod lint;

pub mod schema;

pub mod init;

pub mod page;

pub mod theme;

pub mod format;

pub mod preview;

pub mod plan;

pub mod pipeline;

pub mod verify;

pub mod doctor;

pub mod new;

#[cfg(feature = "import")]
pub mod import;

#[cfg(feature = "serve")]
pub mod serve;

pub mod cli;
