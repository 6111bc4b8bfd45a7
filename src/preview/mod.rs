//! Makes preview images, which other sites show where a page is linked: a [`Preview`](crate::page::Preview) in, a PNG out.
//!
//! `layout.rs` decides what is where, and measures texts with the bundled font (`letters.rs`). `coverage.rs` turns the
//! outlines of letters and glyphs (`symbols.rs`) into pixels, `canvas.rs` puts them on the image, and `png.rs` encodes it.
//! No font of the system is used, so the bytes are the same on every machine.
//!
//! Rendering pixels is slow, so an existing image is kept if it was made from the same drawing. A page has no
//! preview if the font lacks a letter of its title: boxes or half a title would be worse. Other texts with such
//! letters are left out of the image.

#[cfg(not(feature = "previews"))]
mod absent;
#[cfg(feature = "previews")]
mod canvas;
#[cfg(feature = "previews")]
mod coverage;
#[cfg(feature = "previews")]
mod layout;
#[cfg(feature = "previews")]
mod letters;
#[cfg(feature = "previews")]
mod png;
#[cfg(feature = "previews")]
mod renderer;
#[cfg(feature = "previews")]
mod symbols;

#[cfg(not(feature = "previews"))]
pub use absent::{PreviewRenderer, has_same_pictures};
#[cfg(feature = "previews")]
pub use renderer::{PreviewRenderer, has_same_pictures};

/// Width of an image in pixels; social networks recommend 1200 × 630.
pub const WIDTH: usize = 1200;
/// Height of an image in pixels.
pub const HEIGHT: usize = 630;
