//! Checks whether a thread can be started. Some crates start threads on their own and panic when the system refuses
//! one; asking first turns that into an error with a sentence.

use std::thread;

use anyhow::{Context, Result};

/// Start a thread that does nothing, and wait until it has ended.
///
/// # Errors
/// When the system refuses: the process or the user has as many threads as it may have, or memory is short.
pub fn ensure_available() -> Result<()> {
    let thread = thread::Builder::new().spawn(|| {}).context("could not start a thread")?;
    // It cannot panic, and what it returns is nothing.
    let _ = thread.join();
    Ok(())
}
