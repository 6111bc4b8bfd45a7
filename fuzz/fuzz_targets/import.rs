//! A page of somebody else to a draft.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::import(&String::from_utf8_lossy(data)));
