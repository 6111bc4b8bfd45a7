//! Draws small bars that readers see next to a number or to two counts: a probability, or the shares of two sides.

/// Draws how probable something is. `probability` is a percentage as it is written, such as `60%`.
pub fn draw_meter(probability: &str) -> String {
    format!("<svg class=\"meter\" aria-hidden=\"true\"><rect width=\"{probability}\" height=\"100%\"/></svg>")
}

/// Draws the shares of two numbers in their sum. Without any, the bar is cut in the middle.
pub fn draw_split(in_favour: u32, against: u32) -> String {
    let (part, all) = (f64::from(in_favour), f64::from(in_favour) + f64::from(against));
    let share = if all > 0.0 { (part * 100.0 / all).round() } else { 50.0 };
    format!(
        "<svg class=\"split\" aria-hidden=\"true\"><line class=\"pro\" x2=\"{share}%\" y1=\"50%\" y2=\"50%\"/>\
         <line class=\"con\" x1=\"{share}%\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_cut_where_one_side_ends() {
        let cut = |in_favour, against| {
            let svg = draw_split(in_favour, against);
            svg.split("x1=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
        };
        assert_eq!(cut(1, 2).as_deref(), Some("33%"));
        assert_eq!(cut(0, 3).as_deref(), Some("0%"));
        assert_eq!(cut(0, 0).as_deref(), Some("50%"));
    }
}
