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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    #[test]
    fn each_value_of_a_metric_is_a_row_without_formulas() {
        let measured =
            |id: &str, facts: &str| claim(id, &format!("kind:: measurement\nmetric:: pace\n{facts}"));
        let body = [
            measured("one", "subject:: =Alpha, small\nsaid:: 2025-01\nvalue:: 2 [1, 4]\nmethod:: first"),
            measured(
                "two",
                "subject:: Beta\nsaid:: 2025-09-01\nvalue:: ~150\nmethod:: first\nsupersedes:: [it](claim:one) — newer",
            ),
            measured(
                "three",
                "by:: Ann\nby:: Bob\nsubject:: Gamma\nsaid:: 2026-05\nvalue:: <3000 hours\nmethod:: second",
            ),
            measured("undated", "subject:: Delta\nvalue:: -5\nmethod:: second"),
            claim(
                "later",
                "kind:: forecast\nmetric:: pace\nexpects:: 90000 [50000, 200000]\nresolves:: 2027",
            ),
        ];
        let example = Example::new(&[
            ("content/articles/a.md", &article(&body.concat())),
            ("content/metrics/pace.md", "---\ntitle: Pace\nunit: minutes\n---\n"),
        ]);
        let metrics = example.book.metrics();
        let csv = csv(&example.site(), metrics.get(metrics.find("pace").expect("the metric")));
        let rows: Vec<&str> = csv.split_terminator("\r\n").collect();
        let url = "https://example.org/claims";
        assert_eq!(
            rows,
            [
                "claim,kind,subject,date,sign,value,low,high,unit,method,by,status,url",
                &format!(
                    "one,measurement,\"'=Alpha, small\",2025-01,,2,1,4,minutes,first,Jane Doe,superseded,{url}/one/"
                ),
                &format!(
                    "two,measurement,Beta,2025-09-01,~,150,,,minutes,first,Jane Doe,unreviewed,{url}/two/"
                ),
                &format!(
                    "undated,measurement,Delta,,,-5,,,minutes,second,Jane Doe,unreviewed,{url}/undated/"
                ),
                &format!(
                    "three,measurement,Gamma,2026-05,<,3000,,,hours,second,Ann; Bob,unreviewed,{url}/three/"
                ),
                &format!("later,forecast,,2027,,90000,50000,200000,minutes,,Jane Doe,open,{url}/later/"),
            ]
        );
    }
}
