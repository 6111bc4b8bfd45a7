//! Which files of the output folder did earlier builds write? The manifest, as text in and out.

use std::collections::BTreeSet;

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
struct Written {
    version: u32,
    files: Vec<String>,
}

impl Manifest {
    /// Read a manifest. One that cannot be understood, or that names paths outside the folder,
    /// counts as none: then nothing is removed and no foreign file is replaced.
    pub(super) fn parse(text: &str) -> Self {
        let Ok(written) = serde_json::from_str::<Written>(text) else {
            return Self::default();
        };
        let files = written.files.into_iter().filter(|file| OutputPath::new(file.as_str()).is_some());
        Self { files: files.collect() }
    }

    pub(super) fn to_text(&self) -> String {
        let written = Written { version: 1, files: self.files.iter().cloned().collect() };
        let mut text = serde_json::to_string_pretty(&written).expect("strings serialise");
        text.push('\n');
        text
    }
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
