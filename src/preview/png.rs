//! Encodes an image as PNG, and checks whether a file is the image of a given drawing. `zlib-rs` compresses it: its
//! matches do not depend on the processor, so the bytes are the same on every machine.
//!
//! The file contains a digest of its drawing and of its own bytes in a text chunk. The file itself therefore
//! shows whether it is current and undamaged, and no other record is needed.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use sha2::{Digest, Sha256};

use super::{HEIGHT, WIDTH};

/// Raise this number when the same drawing gives different bytes: with each release of a library that shapes, draws or
/// compresses, or with another font.
const FORMAT_VERSION: u8 = 3;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Length in bytes of the signature and the header chunk (`IHDR`). The text chunk with the digest follows.
const HEADER_LENGTH: usize = 8 + 25;
/// Keyword of the text chunk, with the zero byte that ends it.
const KEYWORD: &[u8] = b"claimbook\0";
/// Compression level. The next one takes a third more time for a twentieth of the bytes.
const COMPRESSION_LEVEL: u32 = 4;
/// Number of bits that a pixel takes.
const BITS: u8 = 4;
/// Filter type at the start of each row: the bytes of the row are not filtered.
const NO_FILTER: u8 = 0;
/// Colour type of an image with a palette.
const INDEXED: u8 = 3;

/// An image of [`WIDTH`] × [`HEIGHT`] pixels.
pub(super) struct Image {
    /// Number of the colour of each pixel in the palette, row by row.
    pub(super) pixels: Vec<u8>,
    /// At most 16 colours.
    pub(super) palette: Vec<[u8; 3]>,
}

impl Image {
    /// Draws what covers a pixel in part in the middle shade only, or not at all if that is so already. Returns whether the
    /// image has changed. The first numbers of the palette are those of the paper and the three shades.
    pub(super) fn drop_shades(&mut self) -> bool {
        let dropped =
            if self.pixels.iter().any(|pixel| matches!(pixel, 1 | 3)) { [0, 0, 2, 2] } else { [0; 4] };
        let mut has_changed = false;
        for pixel in &mut self.pixels {
            let new = dropped.get(usize::from(*pixel)).copied().unwrap_or(*pixel);
            has_changed |= new != *pixel;
            *pixel = new;
        }
        has_changed
    }
}

/// Encodes an image as PNG. `drawing` is the description of what it shows.
pub(super) fn encode(image: &Image, drawing: &str) -> Vec<u8> {
    let [width, height] =
        [WIDTH, HEIGHT].map(|side| u32::try_from(side).expect("a small number").to_be_bytes());
    let header = [&width[..], &height, &[BITS, INDEXED, 0, 0, 0]].concat();
    let head = [SIGNATURE, &chunk(*b"IHDR", &header)].concat();
    let palette = chunk(*b"PLTE", image.palette.as_flattened());
    let rest = [palette, chunk(*b"IDAT", &compressed(&image.pixels)), chunk(*b"IEND", &[])].concat();
    [&head[..], &digest(&head, &rest, drawing), &rest].concat()
}

/// Compresses pixels. Each row begins with the type of its filter, and a byte has two pixels.
fn compressed(pixels: &[u8]) -> Vec<u8> {
    let mut rows = Vec::with_capacity(pixels.len() / 2 + HEIGHT);
    for row in pixels.chunks_exact(WIDTH) {
        rows.push(NO_FILTER);
        rows.extend(row.as_chunks().0.iter().map(|[left, right]| (left << BITS) | right));
    }
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(20 << 10), Compression::new(COMPRESSION_LEVEL));
    encoder.write_all(&rows).expect("writing to memory does not fail");
    encoder.finish().expect("writing to memory does not fail")
}

/// Whether a file is the complete and unchanged image of a drawing.
pub(super) fn is_current(png: &[u8], drawing: &str) -> bool {
    let Some((head, after_head)) = png.split_at_checked(HEADER_LENGTH) else { return false };
    let Some((text, rest)) = after_head.split_at_checked(12 + KEYWORD.len() + 64) else { return false };
    text == digest(head, rest, drawing)
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
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(content);
    [&length[..], &kind, content, &crc.sum().to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Image {
        let pixels = (0..WIDTH * HEIGHT).map(|pixel| u8::from(pixel % 7 == 0) * 15).collect();
        Image { pixels, palette: (0..16).map(|shade| [shade; 3]).collect() }
    }

    #[test]
    fn an_independent_reader_sees_the_same_pixels() {
        let image = image();
        let bytes = encode(&image, "a drawing");
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
        assert_eq!(reader.info().size(), (1200, 630));
        assert_eq!(reader.info().palette.as_deref(), Some(image.palette.as_flattened()));
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut pixels).expect("a frame");
        let pixels: Vec<u8> = pixels.iter().flat_map(|pair| [pair >> 4, pair & 15]).collect();
        assert_eq!(pixels, image.pixels);
    }

    #[test]
    fn shades_are_dropped_step_by_step() {
        let mut image = Image { pixels: vec![0, 1, 2, 3, 4, 9], palette: Vec::new() };
        assert!(image.drop_shades());
        assert_eq!(image.pixels, [0, 0, 2, 2, 4, 9]);
        assert!(image.drop_shades());
        assert_eq!(image.pixels, [0, 0, 0, 0, 4, 9]);
        assert!(!image.drop_shades());
    }

    #[test]
    fn a_picture_is_current_only_as_it_was_made() {
        let whole = encode(&image(), "a drawing");
        assert!(is_current(&whole, "a drawing"));
        assert!(!is_current(&whole, "another"));
        for at in (0..whole.len()).step_by(7) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            assert!(!is_current(&damaged, "a drawing"), "byte {at}");
            assert!(!is_current(&whole[..at], "a drawing"), "{at} bytes");
        }
    }
}
