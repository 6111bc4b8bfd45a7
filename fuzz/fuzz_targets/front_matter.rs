//! Front matter of every kind of file, in YAML and TOML.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::front_matter(&String::from_utf8_lossy(data)));
