//! A claim as a callout, and the facts of a claim.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::claims(&String::from_utf8_lossy(data)));
