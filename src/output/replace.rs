//! How is a file of the site that this program keeps, `claims.lock`, written? Whole or not at all.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Replace the file at `path`, or create it: written beside it first, then renamed into place.
///
/// # Errors
/// When something that is no plain file is in its place, or when the disk refuses. The file is then as it
/// was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let writing = || format!("could not write {}", path.display());
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        bail!("{} is no plain file: move it away", path.display());
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let mut file = File::create_new(&beside).with_context(writing)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&beside, path))
        .with_context(writing);
    if written.is_err() {
        #[expect(clippy::disallowed_methods, reason = "takes back what was created a moment ago")]
        let _ = fs::remove_file(&beside);
    }
    written
}
