//! Encodes pixels as PNG, and checks whether a file is the image of a given drawing. The image has a palette if
//! it has at most 256 colours, which saves two thirds of the bytes. The encoder is written here, because an
//! encoder that chooses its methods by processor would not give the same bytes on every machine.
//!
//! The file contains a digest of its drawing and of its own bytes in a text chunk. The file itself therefore
//! shows whether it is current and undamaged, and no other record is needed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use miniz_oxide::deflate::compress_to_vec_zlib;
use sha2::{Digest, Sha256};

/// Raise this number when the same drawing gives different bytes: with each release of resvg, or with another
/// font.
const FORMAT_VERSION: u8 = 1;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length in bytes of the signature and the header chunk (`IHDR`). The text chunk with the digest follows.
const HEADER_LENGTH: usize = 8 + 25;
/// Keyword of the text chunk, with the zero byte that ends it.
const KEYWORD: &[u8] = b"claimbook\0";
/// Compression level. A higher level takes twice the time and does not make the file smaller.
const COMPRESSION_LEVEL: u8 = 6;
/// Filter type at the start of each row: the bytes of the row are not filtered.
const NO_FILTER: u8 = 0;

/// Encodes pixels as PNG. `pixels` contains rows of opaque pixels of four bytes each; `drawing` is the SVG that
/// they were rendered from.
pub(super) fn encode(pixels: &[u8], [width, height]: [u32; 2], drawing: &str) -> Vec<u8> {
    let row = 4 * width.max(1) as usize;
    let (colour_type, palette, rows) = match palette_and_rows(pixels, row) {
        Some((palette, rows)) => (3, chunk(*b"PLTE", &palette.concat()), rows),
        None => (2, Vec::new(), rgb_rows(pixels, row)),
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, colour_type, 0, 0, 0]].concat();
    let head = [SIGNATURE, &chunk(*b"IHDR", &header)].concat();
    let data = chunk(*b"IDAT", &compress_to_vec_zlib(&rows, COMPRESSION_LEVEL));
    let rest = [palette, data, chunk(*b"IEND", &[])].concat();
    [&head[..], &digest(&head, &rest, drawing), &rest].concat()
}

/// Whether a file is the complete and unchanged image of a drawing.
pub(super) fn is_current(png: &[u8], drawing: &str) -> bool {
    let Some((head, after_head)) = png.split_at_checked(HEADER_LENGTH) else { return false };
    let Some((text, rest)) = after_head.split_at_checked(12 + KEYWORD.len() + 64) else { return false };
    text == digest(head, rest, drawing)
}

/// Returns the palette, and rows of palette indices; `None` if there are more than 256 colours. Most rows equal
/// the row above and most pixels equal the pixel before, so equal rows and runs of equal pixels are handled
/// together.
fn palette_and_rows(pixels: &[u8], row: usize) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut numbers: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let mut rows: Vec<u8> = Vec::new();
    let mut previous_row: &[u8] = &[];
    for pixels in pixels.chunks_exact(row) {
        if pixels == previous_row {
            rows.extend_from_within(rows.len() - 1 - row / 4..);
            continue;
        }
        previous_row = pixels;
        rows.push(NO_FILTER);
        for run in pixels.as_chunks::<4>().0.chunk_by(PartialEq::eq) {
            let [red, green, blue, _] = run[0];
            let number = match numbers.get(&[red, green, blue]) {
                Some(number) => *number,
                None => {
                    let next = u8::try_from(palette.len()).ok()?;
                    palette.push([red, green, blue]);
                    numbers.insert([red, green, blue], next);
                    next
                }
            };
            rows.resize(rows.len() + run.len(), number);
        }
    }
    Some((palette, rows))
}

/// Returns rows of RGB colours, for an image without a palette.
fn rgb_rows(pixels: &[u8], row: usize) -> Vec<u8> {
    let colours = |row: &[u8]| row.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let rows = pixels.chunks_exact(row).flat_map(|row| [vec![NO_FILTER], colours(row)]);
    rows.collect::<Vec<Vec<u8>>>().concat()
}

/// Returns the text chunk of an image, with the digest of its drawing and of all its other bytes (`head` and
/// `rest`).
fn digest(head: &[u8], rest: &[u8], drawing: &str) -> Vec<u8> {
    let digest = [&[FORMAT_VERSION][..], drawing.as_bytes(), head, rest]
        .iter()
        .fold(Sha256::new(), Sha256::chain_update);
    let digest = digest.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    chunk(*b"tEXt", &[KEYWORD, digest.as_bytes()].concat())
}

fn chunk(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("a preview image is smaller than 4 GiB").to_be_bytes();
    let checked = [&kind[..], content].concat();
    [&length[..], &checked, &checksum(&checked).to_be_bytes()].concat()
}

/// CRC-32 as PNG defines it (ISO 3309).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), step))
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::Pixmap;

    use super::*;

    #[test]
    fn pixels_come_back_as_they_were() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        let few = [[0, 0, 0, 255], [255, 0, 0, 255]].repeat(6).concat();
        let many: Vec<u8> =
            (0..=255).flat_map(|number| [[number, 1, 2, 255], [number, 3, 4, 255]]).flatten().collect();
        for (pixels, size) in [(few, [4, 3]), (many, [16, 32])] {
            let decoded = Pixmap::decode_png(&encode(&pixels, size, "<svg/>")).expect("a PNG");
            assert_eq!([decoded.width(), decoded.height()], size);
            assert_eq!(decoded.data(), pixels);
        }
    }

    #[test]
    fn a_picture_is_current_only_as_it_was_made() {
        let whole = encode(&[9; 64], [4, 4], "<svg/>");
        assert!(is_current(&whole, "<svg/>"));
        assert!(!is_current(&whole, "<svg />"));
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            assert!(!is_current(&damaged, "<svg/>"), "byte {at}");
            assert!(!is_current(&whole[..at], "<svg/>"), "{at} bytes");
        }
    }
}
