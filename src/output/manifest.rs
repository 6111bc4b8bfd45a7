//! Which files of the output folder did earlier builds write? The manifest, as text in and out.

use std::io::Write;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::OutputPath;

/// Name of the manifest in the output folder.
pub(super) const NAME: &str = ".claimbook-manifest.json";

#[derive(Serialize, Deserialize)]
struct Manifest<T> {
    version: u32,
    files: T,
}

/// The files that a manifest names, sorted. One that cannot be understood names none: then nothing is removed
/// and no foreign file is replaced. Paths outside of the folder are left out.
pub(super) fn read(text: &str) -> Vec<String> {
    let Ok(Manifest { mut files, .. }) = serde_json::from_str::<Manifest<Vec<String>>>(text) else {
        return Vec::new();
    };
    files.retain(|file| OutputPath::is_good(file));
    files.sort();
    files.dedup();
    files
}

/// Write the manifest of these files.
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
        assert_eq!(read(text), ["a/index.html"]);
        assert!(read("{").is_empty());
    }
}
