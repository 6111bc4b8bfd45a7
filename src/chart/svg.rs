//! Writes numbers and text as SVG: at most two decimals, no rounding noise of floating point, all text escaped.

/// Text for HTML and SVG, in elements and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// The same, behind what is there.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    // Most texts hold nothing that needs it.
    let is_plain =
        |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if text.bytes().all(is_plain) {
        out.push_str(text);
        return;
    }
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
}

/// A coordinate: two decimals at most, never `-0`.
#[expect(clippy::cast_possible_truncation, reason = "no picture is that large, and it would only be cut")]
pub(super) fn px(value: f64) -> String {
    // Most are whole numbers, and those are written much faster.
    let whole = value.round();
    if (value - whole).abs() < 0.005 { (whole as i64).to_string() } else { trimmed(format!("{value:.2}")) }
}

/// A share of the width, as a percentage.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", px(share * 100.0))
}

/// Without the zeros that say nothing.
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
    fn numbers_have_no_noise_and_text_is_escaped() {
        assert_eq!([px(0.1 + 0.2), px(-0.001), px(100.0), px(3.456)], ["0.3", "0", "100", "3.46"]);
        assert_eq!(percent(1.0 / 3.0), "33.33%");
        assert_eq!(escape("a<b> & \"c\"\u{7}"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
