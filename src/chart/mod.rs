//! Draws charts as SVG and maps as lists in HTML, from plain values. In charts horizontal positions are percentages
//! and heights are pixels, so a chart fills the available width and its text is never scaled. Colours are classes of
//! the stylesheet. This module does not depend on books, claims or pages.

mod axis;
mod bar;
mod calibration;
mod fit;
mod letters;
mod map;
mod measure;
mod plot;
mod sparkline;
mod strip;
mod svg;

pub use axis::time_in_years;
pub use bar::{draw_meter, draw_shares};
pub use calibration::{Dot, draw_calibration};
pub use fit::Fit;
pub use map::{MAX_NODES, Map, Neighbour, draw_map, max_second_neighbours};
pub use measure::{Measure, span_words};
pub use plot::{
    Bound, Connection, Drawing, Forecast, MAX_POINTS, Plot, Point, Records, SHAPES, Series, Shown, Size,
    Trend, ValueAxis, draw_plot, key_mark, records_of,
};
pub use sparkline::draw_sparkline;
pub use strip::{DateRevision, draw_strip};
