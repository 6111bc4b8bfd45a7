//! Runs the command line of the library and returns its exit code.

use std::process::ExitCode;

/// mimalloc is used because rendering allocates all the time, on all threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    claimbook::cli::run()
}
