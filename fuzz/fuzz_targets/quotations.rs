//! Words in a source.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::quotations(&String::from_utf8_lossy(data)));
