//! Knows the files of the demo book by their digests, so that `init --replace-demo` removes these and no others.
//!
//! The list is in `demo.sha256`, in the form of `sha256sum`. `CLAIMBOOK_UPDATE=1 cargo test demo_book_is_known` writes it
//! anew.

use crate::digest::digest;

const LIST: &str = include_str!("demo.sha256");

/// Files of the demo book: digest and path.
pub fn demo_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    LIST.lines().filter_map(|line| line.split_once("  "))
}

/// Whether a file with this text is the one of the demo book.
pub fn is_demo_file(expected: &str, bytes: &[u8]) -> bool {
    digest(bytes) == expected || digest(&without_carriage_returns(bytes)) == expected
}

/// Git for Windows may write texts with CRLF.
fn without_carriage_returns(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for (at, &byte) in bytes.iter().enumerate() {
        if byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            text.push(byte);
        }
    }
    text
}
