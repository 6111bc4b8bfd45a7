//! Draws on an image with a palette: the paper, and some shades of each colour between the paper and the colour.

use super::coverage::{Coverage, SHADES};
use super::png::Image;
use super::{HEIGHT, WIDTH};

/// A colour: red, green and blue.
pub(super) type Colour = [u8; 3];

/// An image that is being drawn.
pub(super) struct Canvas {
    image: Image,
    /// The colours that were used so far. The shades of a colour are next to each other in the palette.
    colours: Vec<Colour>,
}

impl Canvas {
    /// Creates an image that is paper only.
    pub(super) fn new(paper: Colour) -> Self {
        let pixels = vec![0; (WIDTH * HEIGHT) as usize];
        Self { image: Image { pixels, palette: vec![paper] }, colours: Vec::new() }
    }

    /// Draws a shape in a colour, with its origin at a pixel. What is outside of the image is not drawn.
    pub(super) fn draw(&mut self, coverage: &Coverage, [x, y]: [i32; 2], colour: Colour) {
        let first = self.first_shade(colour);
        let shades = first..first + SHADES;
        for (row, covered) in (y + coverage.top..).zip(coverage.shades.chunks(coverage.width.max(1))) {
            for (column, &shade) in (x + coverage.left..).zip(covered) {
                let Some(pixel) = self.pixel(column, row).filter(|_| shade > 0) else { continue };
                let new = first + shade - 1;
                // Where two colours meet, the darker one is drawn.
                if shades.contains(pixel) {
                    *pixel = new.max(*pixel);
                } else if *pixel == 0 || shade * 2 > SHADES {
                    *pixel = new;
                }
            }
        }
    }

    /// Fills a rectangle of the image with a colour.
    pub(super) fn fill(&mut self, [x, y, width, height]: [i32; 4], colour: Colour) {
        let full = self.first_shade(colour) + SHADES - 1;
        for row in y..y + height {
            for column in x..x + width {
                if let Some(pixel) = self.pixel(column, row) {
                    *pixel = full;
                }
            }
        }
    }

    /// Returns the finished image.
    pub(super) fn into_image(self) -> Image {
        self.image
    }

    fn pixel(&mut self, column: i32, row: i32) -> Option<&mut u8> {
        let (column, row) = (u32::try_from(column).ok()?, u32::try_from(row).ok()?);
        if column >= WIDTH {
            return None;
        }
        self.image.pixels.get_mut((row * WIDTH + column) as usize)
    }

    /// Returns the number of the lightest shade of a colour in the palette.
    fn first_shade(&mut self, colour: Colour) -> u8 {
        let known = self.colours.iter().position(|known| *known == colour);
        let number = known.unwrap_or_else(|| {
            let paper = self.image.palette[0];
            self.image.palette.extend((1..=SHADES).map(|shade| mixed(paper, colour, shade)));
            self.colours.push(colour);
            self.colours.len() - 1
        });
        u8::try_from(1 + number * usize::from(SHADES)).expect("an image has fewer than fifty colours")
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
    fn row(canvas: &Canvas, row: u32, count: usize) -> Vec<Colour> {
        let pixels = canvas.image.pixels.iter().skip((row * WIDTH) as usize).take(count);
        pixels.map(|pixel| canvas.image.palette[usize::from(*pixel)]).collect()
    }

    #[test]
    fn shades_lie_between_the_paper_and_the_colour() {
        let mut canvas = Canvas::new(PAPER);
        let shades = Coverage { left: 1, top: 0, width: 2, shades: vec![2, SHADES] };
        canvas.draw(&shades, [0, 1], INK);
        assert_eq!(row(&canvas, 0, 3), [PAPER; 3]);
        assert_eq!(row(&canvas, 1, 4), [PAPER, [153; 3], INK, PAPER]);
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let mut canvas = Canvas::new(PAPER);
        let wide = Coverage { left: -2, top: -1, width: 3, shades: vec![SHADES; 9] };
        canvas.draw(&wide, [0, 0], INK);
        canvas.draw(&wide, [1201, 631], INK);
        canvas.fill([1199, 629, 5, 5], INK);
        let drawn = canvas.image.pixels.iter().filter(|pixel| **pixel > 0).count();
        assert_eq!(drawn, 2 + 1);
    }
}
