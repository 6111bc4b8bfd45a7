//! The program from outside: sites in, reports and output folders out. One target, so that it is
//! linked once; each module asks one question. `CLAIMBOOK_UPDATE=1 cargo test` writes the expected
//! reports of `tests/sites/` anew, to be read in review.

#![expect(clippy::disallowed_methods, reason = "tests read, write and delete files of their own")]

mod again;
mod broken_sites;
#[expect(unreachable_pub, reason = "the fuzz targets use it as a crate of its own")]
#[path = "../../fuzz/properties.rs"]
mod checks;
mod cli;
mod data;
mod dates;
mod demo;
mod documents;
mod earlier_books;
mod faults;
mod feeds;
mod flat;
mod growth;
mod guide;
mod hostile;
mod hostile_fields;
mod html;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "import")]
mod import_scores;
mod imports;
mod init;
mod kills;
mod large;
mod links;
mod new;
mod output;
#[cfg(feature = "previews")]
mod previews;
mod properties;
mod raw_html;
mod readme;
mod reproducible;
mod schema;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod texts;
mod tidy;
mod vectors;
mod verify;
