//! The three layouts of a chart: for narrow, medium and wide places. Ticks and names differ between them, marks and lines
//! do not. The stylesheet shows the layout that fits the width of the place, at the widths in [`NARROW`] and [`WIDE`].

/// Width of a place in pixels up to which the narrow layout is shown. The stylesheet has the same number.
const NARROW: f64 = 560.0;
/// Width of a place in pixels from which the wide layout is shown. The stylesheet has the same number.
const WIDE: f64 = 860.0;
/// Smallest and largest width of a place, in pixels.
const EXTREMES: [f64; 2] = [280.0, 1184.0];
/// Number of widths of each layout at which a text must be free. Slopes and distances change with the width, and what is
/// free at six widths was free at all widths in between.
const SAMPLES: u32 = 6;
/// Space to the right of the drawing in pixels, without and with names of forecasts.
const RIGHT_MARGINS: [f64; 2] = [12.0, 132.0];

/// Space to the left of a drawing for the labels of its ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LeftMargin {
    /// Width in pixels.
    pub(super) width: f64,
    /// Class of the stylesheet; empty for the usual width.
    pub(super) class: &'static str,
}

impl LeftMargin {
    /// Returns the smallest margin into which labels of this width fit. The stylesheet has the same widths.
    pub(super) fn for_labels(widest: f64) -> Self {
        let margins = [(36.0, " gut-s"), (52.0, ""), (72.0, " gut-l")];
        let fitting = margins.into_iter().find(|(width, _)| widest + 9.0 <= *width);
        let (width, class) = fitting.unwrap_or((96.0, " gut-xl"));
        Self { width, class }
    }
}

/// One of the three layouts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    /// Class of its texts.
    pub(super) class: &'static str,
    /// Widths of the drawing at which texts must be free, smallest first.
    pub(super) widths: Vec<f64>,
    /// Pixels that texts may extend to the right of the drawing.
    pub(super) overhang: f64,
    /// Maximum length of the line between a name and its mark, in pixels.
    pub(super) max_leader: f64,
}

/// Returns the layouts of a drawing. If it has forecasts, the medium and the wide layout have a margin for their names.
pub(super) fn layouts(left: LeftMargin, has_forecasts: bool) -> [Layout; 3] {
    let margin = if has_forecasts { RIGHT_MARGINS[1] } else { RIGHT_MARGINS[0] };
    let layout = |class, [from, to]: [f64; 2], right: f64, max_leader| {
        let (from, to) = (from - left.width - right, to - left.width - right);
        let step = (to - from) / f64::from(SAMPLES - 1);
        let widths = (0..SAMPLES).map(|number| from + step * f64::from(number)).collect();
        Layout { class, widths, overhang: right - 3.0, max_leader }
    };
    [
        layout("b-s", [EXTREMES[0], NARROW], RIGHT_MARGINS[0], 60.0),
        layout("b-m", [NARROW, WIDE], margin, 80.0),
        layout("b-l", [WIDE, EXTREMES[1]], margin, 115.0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_is_checked_at_both_of_its_ends() {
        let margin = LeftMargin::for_labels(40.0);
        assert_eq!(margin, LeftMargin { width: 52.0, class: "" });
        let [narrow, _, wide] = layouts(margin, true);
        assert_eq!((narrow.widths[0], narrow.widths[5]), (216.0, 496.0));
        assert_eq!((wide.widths[0], wide.widths[5], wide.overhang), (676.0, 1000.0, 129.0));
    }
}
