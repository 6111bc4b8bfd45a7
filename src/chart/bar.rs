//! Draws small bars that readers see next to numbers: a probability, or how claims are divided by status.

use std::fmt::Write as _;

use crate::html::escape;

/// Draws how probable something is. `probability` is a percentage as it is written, such as `60%`.
pub fn draw_meter(probability: &str) -> String {
    format!("<svg class=\"meter\" aria-hidden=\"true\"><rect width=\"{probability}\" height=\"100%\"/></svg>")
}

/// Draws numbers as parts of one bar. Each part has the name of the glyph whose colour it gets, and its number.
pub fn draw_shares(parts: &[(&str, u64)]) -> String {
    let all: u64 = parts.iter().map(|(_, number)| number).sum();
    let mut svg = format!(
        "<svg class=\"stand\" viewBox=\"0 0 {all} 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
    );
    let mut start = 0;
    for (glyph, number) in parts {
        let _ = write!(svg, "<rect class=\"s-{}\" x=\"{start}\" width=\"{number}\"/>", escape(glyph));
        start += number;
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_bar_begins_where_the_one_before_ends() {
        let svg = draw_shares(&[("mixed", 2), ("open", 3), ("\"", 1)]);
        assert!(svg.contains("viewBox=\"0 0 6 1\""), "{svg}");
        let parts =
            "<rect class=\"s-mixed\" x=\"0\" width=\"2\"/><rect class=\"s-open\" x=\"2\" width=\"3\"/>";
        assert!(svg.contains(parts) && svg.contains("class=\"s-&quot;\" x=\"5\""), "{svg}");
    }
}
