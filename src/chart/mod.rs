//! Draws charts and maps: plain values in, SVG out. Horizontal positions are percentages and heights are pixels,
//! so a chart fills the available width and its text is never scaled. Colours are classes of the stylesheet. This
//! module does not depend on books, claims or pages.

mod axis;
mod calibration;
mod labels;
mod map;
mod marks;
mod plot;
mod strip;
mod svg;

pub use axis::time_in_years;
pub use calibration::{Dot, draw_calibration};
pub use map::{MAX_NODES, Map, Neighbour, draw_map, max_second_neighbours};
pub use plot::{
    Connection, Drawing, MAX_POINTS, Plot, Point, Series, Size, ValueAxis, draw_plot, legend_mark,
};
pub use strip::{DateRevision, draw_strip};
