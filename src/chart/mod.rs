//! What do numbers and neighbourhoods look like? Plain values in, SVG out. Positions across are
//! percentages and heights are pixels, so a chart takes the width it gets and its text never scales.
//! Colours are classes of the stylesheet; nothing here knows of books, claims or pages.

mod axis;
mod labels;
mod map;
mod plot;
mod strip;
mod svg;

pub use axis::moment;
pub use map::{MOST_NODES, Map, Neighbour, draw_map, room_beyond};
pub use plot::{Drawing, MOST_POINTS, Plot, Point, Series, draw_plot, marker};
pub use strip::{Moved, draw_strip};
pub use svg::escape;
