//! Checks whether a thread can be started. Some crates start threads themselves and panic if the system refuses
//! one. This check turns the panic into an error with a message.

use std::thread;

use anyhow::{Context, Result};

/// Starts a thread that does nothing, and waits until it has ended.
///
/// # Errors
/// When the system refuses to start a thread: the process or the user has reached the maximum number of threads,
/// or there is not enough memory.
pub fn ensure_available() -> Result<()> {
    let thread = thread::Builder::new().spawn(|| {}).context("could not start a thread")?;
    // The thread cannot panic and returns nothing, so its result is ignored.
    let _ = thread.join();
    Ok(())
}
