//! `site.toml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::settings(&String::from_utf8_lossy(data)));
