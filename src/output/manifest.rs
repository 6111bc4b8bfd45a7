//! Which files of the output folder did earlier builds write? The manifest, as text in and out.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::OutputPath;

/// Name of the manifest in the output folder.
pub(super) const NAME: &str = ".claimbook-manifest.json";

/// What was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) files: BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
struct Written<T> {
    version: u32,
    files: T,
}

impl Manifest {
    /// Read a manifest. One that cannot be understood, or that names paths outside the folder,
    /// counts as none: then nothing is removed and no foreign file is replaced.
    pub(super) fn parse(text: &str) -> Self {
        let Ok(written) = serde_json::from_str::<Written<Vec<String>>>(text) else {
            return Self::default();
        };
        let files = written.files.into_iter().filter(|file| OutputPath::new(file.as_str()).is_some());
        Self { files: files.collect() }
    }
}

/// Write the manifest of these files.
pub(super) fn write(sink: &mut dyn Write, files: &BTreeSet<&str>) -> Result<()> {
    serde_json::to_writer_pretty(&mut *sink, &Written { version: 1, files })?;
    Ok(sink.write_all(b"\n")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_never_names_files_outside_of_the_folder() {
        let text = r#"{"version":1,"files":["a/index.html","../../etc/passwd","/etc/passwd"]}"#;
        assert_eq!(Manifest::parse(text).files, BTreeSet::from(["a/index.html".to_owned()]));
        assert_eq!(Manifest::parse("{"), Manifest::default());
    }
}
