//! Draws on an image with a palette.

use super::coverage::{Coverage, SHADES};
use super::png::Image;
use super::{HEIGHT, WIDTH};

/// A colour: red, green and blue.
pub(super) type Colour = [u8; 3];

/// An image that is being drawn. Its palette has at most 16 colours, so that a pixel takes four bits: the
/// paper, the shades between the paper and the ink, and the colours that were used. What a colour covers in part is drawn
/// in a shade of the ink, because the edges of small letters show no colour.
pub(super) struct Canvas {
    image: Image,
}

impl Canvas {
    /// Creates an image that is paper only.
    pub(super) fn new(paper: Colour, ink: Colour) -> Self {
        let palette = (0..SHADES).map(|shade| mixed(paper, ink, shade)).collect();
        Self { image: Image { pixels: vec![0; WIDTH * HEIGHT], palette } }
    }

    /// Draws a shape in a colour, with its origin at a pixel. What is outside of the image is not drawn. Where two shapes
    /// meet, the darker pixel is drawn.
    pub(super) fn draw(&mut self, coverage: &Coverage, [x, y]: [i32; 2], colour: Colour) {
        let full = self.number(colour);
        let (rows, columns) = (y + coverage.top.., x + coverage.left);
        // The columns of the shape that are outside of the image on its left.
        let hidden = usize::try_from(-columns).unwrap_or(0);
        let first = usize::try_from(columns).unwrap_or(0);
        for (row, covered) in rows.zip(coverage.shades.chunks(coverage.width.max(1))) {
            let pixels = self.row_from(row, first);
            for (pixel, &shade) in pixels.iter_mut().zip(covered.iter().skip(hidden)) {
                if shade == SHADES {
                    *pixel = full;
                } else if *pixel < SHADES {
                    *pixel = shade.max(*pixel);
                }
            }
        }
    }

    /// Fills a rectangle of the image with a colour.
    pub(super) fn fill(&mut self, [x, y, width, height]: [i32; 4], colour: Colour) {
        let square = |side: i32| usize::try_from(side).unwrap_or(0);
        let shades = vec![SHADES; square(width) * square(height)];
        self.draw(&Coverage { left: 0, top: 0, width: square(width), shades }, [x, y], colour);
    }

    /// Returns the finished image.
    pub(super) fn into_image(self) -> Image {
        self.image
    }

    /// Returns the pixels of a row from a column on; none if they are outside of the image.
    fn row_from(&mut self, row: i32, column: usize) -> &mut [u8] {
        let row = usize::try_from(row).ok().filter(|row| *row < HEIGHT && column < WIDTH);
        let pixels = row.and_then(|row| self.image.pixels.get_mut(row * WIDTH + column..(row + 1) * WIDTH));
        pixels.unwrap_or_default()
    }

    /// Returns the number of a colour in the palette.
    fn number(&mut self, colour: Colour) -> u8 {
        let palette = &mut self.image.palette;
        let shades = usize::from(SHADES);
        let known = palette.iter().skip(shades).position(|known| *known == colour);
        let number = known.map_or(palette.len(), |known| shades + known);
        if known.is_none() {
            palette.push(colour);
        }
        u8::try_from(number).expect("an image has few colours")
    }
}

/// Returns the shade of a colour on the paper.
fn mixed(paper: Colour, colour: Colour, shade: u8) -> Colour {
    let (shade, all) = (u16::from(shade), u16::from(SHADES));
    let channel = |place: usize| {
        let mixed = u16::from(paper[place]) * (all - shade) + u16::from(colour[place]) * shade;
        u8::try_from((mixed + all / 2) / all).expect("between two bytes")
    };
    [channel(0), channel(1), channel(2)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Colour = [255, 255, 255];
    const INK: Colour = [0, 0, 0];

    /// The colours of the first pixels of a row.
    fn row(canvas: &Canvas, row: usize, count: usize) -> Vec<Colour> {
        let pixels = canvas.image.pixels.iter().skip(row * WIDTH).take(count);
        pixels.map(|pixel| canvas.image.palette[usize::from(*pixel)]).collect()
    }

    #[test]
    fn shades_lie_between_the_paper_and_the_colour() {
        let mut canvas = Canvas::new(PAPER, INK);
        let shades = Coverage { left: 1, top: 0, width: 2, shades: vec![2, SHADES] };
        canvas.draw(&shades, [0, 1], INK);
        assert_eq!(row(&canvas, 0, 3), [PAPER; 3]);
        assert_eq!(row(&canvas, 1, 4), [PAPER, [128; 3], INK, PAPER]);
    }

    #[test]
    fn the_darker_pixel_is_drawn() {
        const GREEN: Colour = [0, 120, 0];
        let mut canvas = Canvas::new(PAPER, INK);
        let shape = |shades: [u8; 3]| Coverage { left: 0, top: 0, width: 3, shades: shades.to_vec() };
        canvas.draw(&shape([1, 3, SHADES]), [0, 0], GREEN);
        canvas.draw(&shape([2, 2, 3]), [0, 0], INK);
        assert_eq!(row(&canvas, 0, 3), [[128; 3], [64; 3], GREEN]);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let mut canvas = Canvas::new(PAPER, INK);
        let wide = Coverage { left: -2, top: -1, width: 3, shades: vec![SHADES; 9] };
        canvas.draw(&wide, [0, 0], INK);
        canvas.draw(&wide, [1201, 631], INK);
        canvas.fill([1199, 629, 5, 5], INK);
        let drawn = canvas.image.pixels.iter().filter(|pixel| **pixel > 0).count();
        assert_eq!(drawn, 2 + 1);
    }
}
