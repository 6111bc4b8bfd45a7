//! claimbook turns a book of Markdown write-ups, and the claims marked in them, into a checked,
//! cross-linked static site.
//!
//! # The pipeline is the types
//!
//! Each arrow is a function, and each type can only be made by the stage before it.
//!
//! | stage | function | makes |
//! |---|---|---|
//! | load | [`source::load`] | [`source::Sources`]: the text of every file, read once |
//! | parse | [`markdown::parse()`] | [`document::Document`]: the facts of one file, each with a span |
//! | link | [`graph::link()`] | [`graph::Book`]: everything that is named, in both directions |
//! | check | [`graph::check_references`], [`lint::run`] | [`diagnostic::Diagnostic`]s: all of them, in one run |
//! | plan | [`emit::emit`] | [`output::OutputTree`]: path to what will be there; collisions show here |
//! | commit | [`output::commit`] | files: rendered in parallel, replaced one by one, never held |
//!
//! [`pipeline`] calls them in this order and [`cli`] calls the pipeline. Between plan and commit
//! stand [`page`], which makes the [`page::view`] of each page, with pictures by [`chart`], and
//! [`emit::Theme`], which renders it. [`mod@verify`] is no stage of a build: it searches saved sources for
//! quotations; builds read what it wrote, through [`quote`].
//!
//! # Without a disk
//!
//! Everything but the first and the last stage is a function of text:
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
//! let overrides = Overrides { base_url: None, today, drafts: false };
//! let analysis = pipeline::analyse(&sources, &[], &overrides);
//! let report = render(&analysis.diagnostics, &sources, Format::Human { color: false });
//! assert!(report.contains("unknown claim `pase`"));
//! assert!(report.contains("content/articles/a.md:5:5"));
//! ```
//!
//! # What holds everywhere
//!
//! - Only [`source::load`] reads the site, only [`mod@output`] writes its output and the record of the last
//!   build ([`cache`]), only [`scaffold`] creates or extends its files, only [`output::replace_file`] rewrites
//!   one (`claims.lock`), only [`cli`] prints and sees the clock and the environment.
//! - An author's mistake is a [`diagnostic::Diagnostic`] and never stops the work; the world's
//!   failure is an [`anyhow::Error`].
//! - Modules are declared in the order of the pipeline, and a module imports only from modules
//!   declared above it.

pub mod source;

pub mod digest;

pub mod threads;

pub mod name;

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

pub mod chart;

pub mod lint;

pub mod schema;

pub mod init;

pub mod page;

pub mod emit;

pub mod pipeline;

pub mod cache;

pub mod verify;

pub mod new;

#[cfg(feature = "import")]
pub mod import;

#[cfg(feature = "serve")]
pub mod serve;

pub mod cli;
