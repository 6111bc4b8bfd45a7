//! Arguments in, exit code out; everything else is the library's.

use std::process::ExitCode;

/// Rendering allocates all the time, on all threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    claimbook::cli::run()
}
