//! Reads and writes the manifest: a JSON file in the output folder that lists the files that builds wrote there.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Result, anyhow};
use serde::{Deserialize, Serialize};

use crate::source::{Opened, open_plain, read_plain};

use super::OutputPath;

/// Name of the manifest in the output folder.
pub(super) const FILE_NAME: &str = ".claimbook-manifest.json";

#[derive(Serialize, Deserialize)]
struct Manifest<T> {
    version: u32,
    files: T,
}

/// Returns the files that the manifest of a folder lists, sorted. Returns an empty list if there is no manifest.
/// Paths that could lead out of the folder are left out.
///
/// # Errors
/// When the manifest is damaged or cannot be read: without it, a build would treat every page as a file that
/// claimbook did not write.
pub(super) fn load(folder: &Path) -> Result<Vec<String>> {
    let path = folder.join(FILE_NAME);
    if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Ok(Vec::new());
    }
    let bytes = match open_plain(&path) {
        Ok(Opened::Other(noun)) => Err(format!("{} is {noun}, not a plain file", path.display())),
        _ => Ok(read_plain(&path)?),
    };
    let files = bytes.and_then(|bytes| {
        parse(&String::from_utf8_lossy(&bytes)).ok_or_else(|| format!("{} is damaged", path.display()))
    });
    files.map_err(|problem| {
        anyhow!(
            "{problem}: it lists what earlier builds wrote to {}; delete these files together with it, or \
             choose another folder with --output",
            folder.display()
        )
    })
}

fn parse(text: &str) -> Option<Vec<String>> {
    let Manifest { mut files, .. } = serde_json::from_str::<Manifest<Vec<String>>>(text).ok()?;
    files.retain(|file| OutputPath::is_valid(file));
    files.sort();
    files.dedup();
    Some(files)
}

/// Writes a manifest that lists these files.
pub(super) fn write(sink: &mut dyn Write, files: &[&str]) -> Result<()> {
    serde_json::to_writer_pretty(&mut *sink, &Manifest { version: 1, files })?;
    Ok(sink.write_all(b"\n")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_never_names_files_outside_of_the_folder() {
        let text = r#"{"version":1,"files":["a/index.html","../../etc/passwd","/etc/passwd"]}"#;
        assert_eq!(parse(text).expect("a manifest"), ["a/index.html"]);
        assert!(parse("{").is_none());
    }
}
