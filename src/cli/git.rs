//! Asks Git about the repository of a book. Nothing here changes a repository.

use std::path::Path;
use std::process::Command;

/// Returns what a Git command prints. `None` if Git is missing or fails, for example because the folder is not in a
/// repository.
pub(super) fn ask(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    // With these, Git would answer for another repository than that of the folder.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command.arg("-C").arg(folder).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}
