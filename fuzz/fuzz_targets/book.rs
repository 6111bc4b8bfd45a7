//! A small book that changes: an incremental build equals a clean one.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::book(&String::from_utf8_lossy(data)));
