//! Passes commit, target and features of this build to the compiler, so that `--version` can print them.

use std::env;
use std::path::Path;
use std::process::Command;

/// Features of Cargo.toml, in the order in which `--version` names them.
const FEATURES: [&str; 3] = ["import", "previews", "serve"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let features: Vec<&str> = FEATURES
        .into_iter()
        .filter(|feature| env::var_os(format!("CARGO_FEATURE_{}", feature.to_uppercase())).is_some())
        .collect();
    let features = if features.is_empty() { "none".to_owned() } else { features.join(", ") };
    let target = env::var_os("TARGET").map(|target| target.to_string_lossy().into_owned());
    for (name, value) in [
        ("COMMIT", commit().unwrap_or_else(|| "unknown".to_owned())),
        ("TARGET", target.unwrap_or_else(|| "unknown".to_owned())),
        ("FEATURES", features),
    ] {
        println!("cargo:rustc-env=CLAIMBOOK_{name}={value}");
    }
}

/// The commit from which an optimised program is built. A program under development would be compiled anew after
/// each commit only to name it.
fn commit() -> Option<String> {
    if env::var_os("PROFILE")? != "release" {
        return Some("development".to_owned());
    }
    let root = env::var_os("CARGO_MANIFEST_DIR")?;
    // `cargo package` writes the commit into this file. A repository around an unpacked package is another one.
    let packaged = Path::new(&root).join(".cargo_vcs_info.json");
    #[expect(clippy::disallowed_methods, reason = "the source texts of the program are no site")]
    if let Ok(text) = std::fs::read_to_string(&packaged) {
        return text.split('"').find(|text| is_commit(text)).map(str::to_owned);
    }
    if !Path::new(&root).join(".git").exists() {
        return None;
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(&root).args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    // Git appends a line to this file whenever another commit is checked out.
    if let Some(log) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={log}");
    }
    git(&["rev-parse", "HEAD"]).filter(|text| is_commit(text))
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
