//! Writes `data/claims.csv`: one row for each claim (RFC 4180), for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;

use crate::graph::ClaimIndex;
use crate::page::Site;

use super::json::{self, ClaimJson, list_of};

/// Names of the columns. If a column contains several ids, they are separated by spaces.
const COLUMNS: [&str; 27] = [
    "id",
    "url",
    "statement",
    "kind",
    "status",
    "shaken",
    "by",
    "via",
    "said",
    "as_of",
    "source",
    "quote",
    "tags",
    "metric",
    "subject",
    "value",
    "low",
    "high",
    "unit",
    "method",
    "probability",
    "resolves",
    "question",
    "expects",
    "verdict",
    "verdict_date",
    "mentions",
];

/// Writes `data/claims.csv`.
pub(crate) fn claims(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    let claims: Vec<ClaimIndex> = site.book.all_claims().collect();
    let head = COLUMNS.join(",") + "\r\n";
    list_of(sink, &claims, [&head, "", ""], |&index, out| {
        for (number, field) in row(&json::claim(site, index)).iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            out.extend_from_slice(field.as_bytes());
        }
        out.extend_from_slice(b"\r\n");
        Ok(())
    })
}

fn row<'a>(claim: &'a ClaimJson<'_>) -> [Cow<'a, str>; COLUMNS.len()] {
    let list = |ids: &[&str]| Cow::Owned(field(&ids.join(" ")).into_owned());
    let given = |text: Option<&'a str>| field(text.unwrap_or_default());
    let number =
        |number: Option<f64>| Cow::Owned(number.map(|number| number.to_string()).unwrap_or_default());
    let verdict = claim.verdicts.last();
    [
        field(claim.id),
        field(&claim.url),
        field(claim.statement),
        field(claim.kind),
        field(claim.status),
        list(&claim.shaken),
        list(&claim.by),
        given(claim.via),
        given(claim.said.as_deref()),
        given(claim.as_of.as_deref()),
        given(claim.source),
        given(claim.quote.as_deref()),
        list(&claim.tags),
        given(claim.metric),
        given(claim.subject),
        number(claim.value),
        number(claim.low),
        number(claim.high),
        given(claim.unit),
        given(claim.method),
        number(claim.probability),
        given(claim.resolves.as_deref()),
        given(claim.question),
        given(claim.expects.as_deref()),
        given(verdict.map(|verdict| verdict.word)),
        given(verdict.map(|verdict| verdict.date.as_str())),
        Cow::Owned(claim.mentions.len().to_string()),
    ]
}

/// Returns a text as a field of CSV. Spreadsheets run a text that begins with `=`, `+`, `-`, `@`, a tab or a line
/// break as a formula, so an apostrophe is put before it (OWASP, CSV injection). Numbers are not changed.
pub(crate) fn field(text: &str) -> Cow<'_, str> {
    let first = text.trim_start_matches(' ').chars().next();
    let is_formula = first.is_some_and(|first| "=+-@\t\r\n".contains(first) || "＝＋－＠".contains(first));
    let is_number = || text.parse::<f64>().is_ok();
    let guard = if is_formula && !is_number() { "'" } else { "" };
    if guard.is_empty() && !text.contains([',', '"', '\r', '\n']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{guard}{}\"", text.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tests::{book, written};

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        let check = |text, expected: &str| assert_eq!(field(text), expected, "{text:?}");
        check("plain", "plain");
        check("a, \"b\"\nc", "\"a, \"\"b\"\"\nc\"");
        for formula in ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1"] {
            check(formula, &format!("\"'{formula}\""));
        }
        check("-4.5", "-4.5");
    }

    #[test]
    fn every_row_has_all_columns_and_no_formula() {
        let example = book();
        let rows = rows(&written(|sink| claims(&example.site(), sink)));
        assert_eq!(rows[0][..5], ["id", "url", "statement", "kind", "status"]);
        assert_eq!(rows.len(), 7, "six claims below a header");
        for row in &rows {
            assert_eq!(row.len(), rows[0].len(), "{row:?}");
            for field in row {
                assert!(!field.starts_with(['=', '+', '@', '\t', '\r']), "{field}");
            }
        }
        let of = |id: &str| rows.iter().find(|row| row[0] == id).expect("the claim");
        let statement = &of("hostile")[2];
        assert!(statement.starts_with("'=2+2, 50% \\{of\\} R&D_1 \"costs\" $5; <b>"), "{statement}");
        let column = |id: &str, name: &str| {
            let place = rows[0].iter().position(|column| column == name).expect("a column");
            of(id)[place].clone()
        };
        assert_eq!(column("wrong", "verdict"), "refuted");
        assert_eq!(column("wrong", "verdict_date"), "2026-11-20");
        assert_eq!(column("top", "shaken"), "wrong");
        assert_eq!(column("left", "by"), "jane-doe");
        assert_eq!(column("left", "said"), "2025-03");
    }

    /// The fields of a CSV file (RFC 4180).
    fn rows(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
        let (mut quoted, mut characters) = (false, text.chars().peekable());
        while let Some(character) = characters.next() {
            match character {
                '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut field)),
                '\r' if !quoted => {
                    assert_eq!(characters.next(), Some('\n'), "lines end with CR LF");
                    row.push(std::mem::take(&mut field));
                    rows.push(std::mem::take(&mut row));
                }
                other => field.push(other),
            }
        }
        assert!(row.is_empty() && field.is_empty() && !quoted, "the last line has no end");
        rows
    }
}
