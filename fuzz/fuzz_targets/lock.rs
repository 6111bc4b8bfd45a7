//! `claims.lock`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::lock(&String::from_utf8_lossy(data)));
