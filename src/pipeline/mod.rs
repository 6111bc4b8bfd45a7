//! Runs the stages of a build in order: [`analyse`] those from parse to check, [`plan`] the planning of files. A
//! [`Session`] does both again after each change of a site, and a [`Cache`] is the record of the last build on the disk.

mod analysis;
mod cache;
mod edition;
mod session;

pub(crate) use analysis::unreadable_file;
pub use analysis::{Analysis, analyse, config};
pub use cache::{BuildInputs, BuildRecord, Cache, read_record, record_path};
pub use edition::{Edition, first_new_error, plan, template_problems};
pub use session::{Change, Session};
