//! Writes numbers for SVG, with at most two decimals and no rounding noise of floating point.

/// Returns a coordinate with at most two decimals, and never as `-0`.
#[expect(clippy::cast_possible_truncation, reason = "no drawing is that large, and `as` only clamps")]
pub(super) fn px(value: f64) -> String {
    // Most coordinates are whole numbers, and integers are formatted much faster.
    let whole = value.round();
    if (value - whole).abs() < 0.005 { (whole as i64).to_string() } else { trimmed(format!("{value:.2}")) }
}

/// Returns a share of the width as a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", px(share * 100.0))
}

/// Removes zeros at the end of the decimals, and the sign of `-0`.
pub(super) fn trimmed(mut number: String) -> String {
    if number.contains('.') {
        number.truncate(number.trim_end_matches('0').trim_end_matches('.').len());
    }
    if number == "-0" { "0".to_owned() } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_noise() {
        assert_eq!([px(0.1 + 0.2), px(-0.001), px(100.0), px(3.456)], ["0.3", "0", "100", "3.46"]);
        assert_eq!(percent(1.0 / 3.0), "33.33%");
    }
}
