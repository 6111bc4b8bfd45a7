//! A small book that changes: what is kept of earlier results equals what is made of nothing.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::book(&String::from_utf8_lossy(data)));
