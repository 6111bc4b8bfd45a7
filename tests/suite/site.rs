//! A site in a temporary folder, the program run on it, and what came of it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use snapbox::assert::Action;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, IntoData};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The day on which all tests take place.
pub(crate) const TODAY: &str = "2026-11-22";

/// No run of a test takes longer; one that does hangs.
const TIMEOUT: Duration = Duration::from_mins(1);

/// The root of this repository, which is the demo book as well.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

const SETTINGS: &str = "title = \"Book\"\nbase_url = \"https://example.org/\"\n\n[build]\npreviews = false\n";

/// How many random cases a test tries: few in `scripts/test`, many in `scripts/test full`.
pub(crate) fn cases(few: u32, many: u32) -> u32 {
    if std::env::var_os("CLAIMBOOK_FULL").is_some() { many } else { few }
}

/// A site in a temporary folder.
pub(crate) struct Site {
    folder: TempDir,
}

/// A site with the smallest `site.toml`, and without pictures: they take time.
pub(crate) fn site() -> Site {
    let folder = TempDir::new().expect("a temporary folder");
    Site { folder }.file("site.toml", SETTINGS)
}

impl Site {
    /// Write a file.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// Write `content/articles/a.md`, a write-up with a source.
    pub(crate) fn article(self, body: &str) -> Self {
        let head =
            "---\ntitle: First\nsource: {title: A report, url: \"https://example.org/report\"}\n---\n\n";
        self.file("content/articles/a.md", format!("{head}{body}"))
    }

    /// A write-up that mentions and marks the claim `pace`.
    pub(crate) fn claim(self) -> Self {
        self.article("[It](claim:pace) happened.\n\n> [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n")
    }

    /// Write a file of a site that was built before.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// Where a file of the site is.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file of the site.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether a file or folder is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    /// Run the program in the folder of the site.
    pub(crate) fn run<const N: usize>(&self, arguments: [&str; N]) -> Run {
        claimbook(self.folder.path(), arguments)
    }

    /// Build, which must succeed, and return the files of the site.
    pub(crate) fn build(&self) -> BTreeMap<String, Vec<u8>> {
        self.run(["build", "--today", TODAY]).exits(0);
        files_below(&self.path("public"))
    }
}

/// What a run of the program said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A text in which paths have slashes, also on Windows.
pub(crate) fn with_slashes(text: &str) -> String {
    if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() }
}

impl Run {
    /// The same, if it ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        let Self { stdout, stderr, .. } = &self;
        assert_eq!(self.code, Some(code), "\n--- stdout\n{stdout}\n--- stderr\n{stderr}");
        self
    }

    /// The same, if standard error holds all these words.
    #[track_caller]
    pub(crate) fn says<const N: usize>(self, words: [&str; N]) -> Self {
        let said = with_slashes(&self.stderr);
        for word in words {
            assert!(said.contains(word), "`{word}` is not in\n{said}");
        }
        self
    }

    /// The diagnostics of `--format json`.
    #[track_caller]
    pub(crate) fn diagnostics(&self) -> Vec<Value> {
        let report: Value = serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!("{error}\n--- stdout\n{}\n--- stderr\n{}", self.stdout, self.stderr)
        });
        report["diagnostics"].as_array().expect("a list of diagnostics").clone()
    }
}

/// Run the program in a folder.
pub(crate) fn claimbook(folder: &Path, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
    run(program(folder).args(arguments))
}

/// The program, to be run in a folder, free of what the environment may ask of it.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimbook"));
    command.current_dir(folder).stdin(Stdio::null());
    let colours = ["CLICOLOR", "CLICOLOR_FORCE", "NO_COLOR", "TERM"];
    for variable in colours.iter().chain(&["SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "RUST_BACKTRACE"]) {
        command.env_remove(variable);
    }
    command
}

/// Run a command to its end; one that hangs is ended and has no exit code.
#[track_caller]
pub(crate) fn run(command: &mut Command) -> Run {
    let said = TempDir::new().expect("a temporary folder");
    let channel = |name: &str| fs::File::create(said.path().join(name)).expect("a file");
    let mut child =
        command.stdout(channel("out")).stderr(channel("err")).spawn().expect("the program starts");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child to wait for") {
            break status;
        }
        if started.elapsed() > TIMEOUT {
            child.kill().expect("a child to end");
            break child.wait().expect("a child that was ended");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let heard = |name: &str| {
        let bytes = fs::read(said.path().join(name)).expect("what the program said");
        String::from_utf8(bytes).expect("the program speaks UTF-8")
    };
    let run = Run { code: status.code(), stdout: heard("out"), stderr: heard("err") };
    assert!(!run.stderr.contains("panicked at"), "{command:?}\n{}", run.stderr);
    run
}

/// Compare a text with a file, byte for byte. With `CLAIMBOOK_UPDATE=1` the file is written anew instead.
#[track_caller]
pub(crate) fn compare_with_file(found: &str, path: &Path) {
    // The library takes all ends of lines for the same one.
    assert!(!found.contains('\r'), "a carriage return in {found:?}");
    let is_update = std::env::var_os("CLAIMBOOK_UPDATE").is_some();
    let action = if is_update { Action::Overwrite } else { Action::Verify };
    // `raw`: without it, `...` and `[..]` in the file would be patterns.
    let expected = Data::read_from(path, Some(DataFormat::Text)).raw();
    if let Err(difference) = Assert::new().action(action).try_eq(Some(&"found"), found.into_data(), expected)
    {
        panic!(
            "{difference}\n`CLAIMBOOK_UPDATE=1 cargo test` with the name of this test writes the file anew"
        );
    }
}

/// All files below a folder, by path with forward slashes. A folder that is not there has none.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(folder)
        .into_iter()
        .filter(|_| folder.exists())
        .map(|entry| entry.expect("a folder that can be listed"))
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("a path below the folder");
            let path = path.to_str().expect("a plain name").replace('\\', "/");
            (path, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// Copy a file or a whole folder; what is not there is left out.
pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = match entry.path().strip_prefix(from) {
            Ok(inner) if inner.as_os_str().is_empty() => to.to_path_buf(),
            Ok(inner) => to.join(inner),
            Err(_) => continue,
        };
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
