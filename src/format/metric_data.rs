//! Writes `metrics/<id>/data.csv`: the values of a metric's chart, for spreadsheets and programs (RFC 4180).

use crate::document::Sign;
use crate::graph::Entity;
use crate::page::Site;

use super::csv::field;

/// Names of the columns.
const HEAD: [&str; 13] = [
    "claim", "kind", "subject", "date", "sign", "value", "low", "high", "unit", "method", "by", "status",
    "url",
];

/// The values of one metric as CSV.
pub(crate) fn csv(site: &Site<'_>, entity: &Entity) -> String {
    let book = site.book;
    let mut out = HEAD.join(",") + "\r\n";
    for datum in site.data_of(entity) {
        let node = book.node(datum.claim);
        let by: Vec<&str> =
            node.by.iter().map(|&speaker| book.speakers().get(speaker).name.as_str()).collect();
        let by = by.join("; ");
        let sign = match datum.sign {
            Sign::Exact => "",
            Sign::About => "~",
            Sign::Below => "<",
            Sign::Above => ">",
        };
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let cells = [
            field(&book.claim(datum.claim).id.value),
            book.claim(datum.claim).kind.word().into(),
            field(datum.subject),
            datum.date.map(|date| date.to_string()).unwrap_or_default().into(),
            sign.into(),
            // Numbers are not escaped, because they are formatted here: a leading minus is part of the number.
            number(Some(datum.value)).into(),
            number(datum.interval.map(|(low, _)| low)).into(),
            number(datum.interval.map(|(_, high)| high)).into(),
            field(datum.unit.unwrap_or_default()),
            field(datum.method),
            field(&by),
            node.status.word().into(),
            site.config.base_url.absolute(&site.claim_path(datum.claim)).into(),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}
