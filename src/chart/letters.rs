//! Measures texts, so that names can be placed without a browser.

/// Size of the letters of charts in pixels, which is that of the stylesheet.
const SIZE: f64 = 12.0;
/// Widths of the letters from space to `~`, in thousandths of the size. They are those of `DejaVu` Sans, the widest of the
/// fonts that the stylesheet may lead to: where a machine has none of the fonts that are named, `sans-serif` often is
/// `DejaVu` Sans. Noto Sans, Segoe UI and Arial are 8 to 15 % narrower, so what fits here fits with all of them.
const REGULAR: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
    295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
    500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
/// Widths of the same letters of `DejaVu` Sans Bold.
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696,
    696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372,
    372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838,
    500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595,
    478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];
/// Width of a letter that is not in the tables, in thousandths of the size. Letters of East Asia are this wide.
const OTHER: u16 = 1000;

/// Weight of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Returns an upper estimate of the width of a text in pixels.
pub(super) fn text_width(text: &str, weight: Weight) -> f64 {
    let widths = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    let width = |letter: char| {
        let place = u32::from(letter).checked_sub(32).and_then(|place| usize::try_from(place).ok());
        f64::from(place.and_then(|place| widths.get(place)).copied().unwrap_or(OTHER))
    };
    text.chars().map(width).sum::<f64>() * SIZE / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_wide_as_their_letters() {
        assert!((text_width("il", Weight::Regular) - 6.672).abs() < 1e-9);
        assert!(text_width("Opus 4.6", Weight::Bold) > text_width("Opus 4.6", Weight::Regular));
        assert!((text_width("時間", Weight::Regular) - 24.0).abs() < 1e-9);
    }
}
