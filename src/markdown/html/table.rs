//! Writes the cells of tables. `pulldown-cmark` aligns them with `style` attributes, which the
//! Content-Security-Policy of the pages blocks.

use pulldown_cmark::Alignment;

/// Position of the current event in a table.
#[derive(Default)]
pub(in crate::markdown) struct Table {
    pub(in crate::markdown) alignments: Vec<Alignment>,
    pub(in crate::markdown) in_head: bool,
    pub(in crate::markdown) column: usize,
}

impl Table {
    pub(in crate::markdown) fn open_cell(&mut self) -> String {
        let name = if self.in_head { "th" } else { "td" };
        let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
        self.column += 1;
        match alignment {
            Alignment::None | Alignment::Left => format!("<{name}>"),
            Alignment::Center => format!("<{name} class=\"center\">"),
            Alignment::Right => format!("<{name} class=\"right\">"),
        }
    }

    pub(in crate::markdown) fn close_cell(&self) -> &'static str {
        if self.in_head { "</th>" } else { "</td>" }
    }
}
