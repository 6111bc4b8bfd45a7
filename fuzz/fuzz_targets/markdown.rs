//! Markdown and raw HTML to clean HTML.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| claimbook_fuzz::markdown(&String::from_utf8_lossy(data)));
