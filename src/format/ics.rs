//! Writes `forecasts/deadlines.ics`: the deadlines of pending forecasts as a calendar (RFC 5545).

use std::io::Write;

use anyhow::Result;

use crate::graph::{ClaimIndex, Status};
use crate::page::Site;
use crate::texts::TEXTS;

/// Maximum number of octets of a line, without its line break (RFC 5545, section 3.1).
const MAX_LINE_BYTES: usize = 75;

/// Writes the calendar. Each event lasts one day, and its id stays the same when the statement of its forecast
/// changes.
pub(crate) fn deadlines(site: &Site<'_>, sink: &mut dyn Write) -> Result<()> {
    let name = format!("X-WR-CALNAME:{}", escaped(&TEXTS.calendar.title(&site.config.title)));
    let head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//claimbook//claimbook//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        &name,
    ];
    let mut put = |line: &str| sink.write_all(folded(line).as_bytes());
    head.into_iter().try_for_each(&mut put)?;
    for index in site.book.claims() {
        for line in event(site, index).unwrap_or_default() {
            put(&line)?;
        }
    }
    Ok(put("END:VCALENDAR")?)
}

/// Returns the lines of the event for a forecast that is open or overdue; `None` for other claims.
fn event(site: &Site<'_>, index: ClaimIndex) -> Option<Vec<String>> {
    let claim = site.book.claim(index);
    let status = site.book.node(index).status;
    let deadline = claim.resolves.as_ref()?.value.last_day();
    if !matches!(status, Status::Open | Status::Overdue) {
        return None;
    }
    let day = |date: String| date.replace('-', "");
    let end = deadline.tomorrow().ok()?;
    let base = &site.config.base_url;
    let speakers: Vec<&str> =
        site.book.node(index).by.iter().map(|&by| site.book.speakers().get(by).name.as_str()).collect();
    let mut description = TEXTS.calendar.forecast_by(speakers.join(", "));
    if let Some(said) = &claim.said {
        description.push_str(&TEXTS.calendar.said(said.value.words()));
    }
    if let Some(criteria) = &claim.criteria {
        description.extend(["\n", &TEXTS.calendar.criteria(criteria.read(site.access).plain())]);
    }
    let url = base.absolute(&site.claim_path(index));
    Some(vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@{}", uid(&format!("{}/{}", base.path(), site.claim_path(index))), host(base.host())),
        format!("DTSTAMP:{}T000000Z", day(site.config.today.to_string())),
        format!("DTSTART;VALUE=DATE:{}", day(deadline.to_string())),
        format!("DTEND;VALUE=DATE:{}", day(end.to_string())),
        format!("SUMMARY:{}", escaped(&TEXTS.calendar.summary(claim.statement.value.read(site.access)))),
        format!("DESCRIPTION:{}", escaped(&format!("{description}\n{url}"))),
        format!("URL:{url}"),
        "TRANSP:TRANSPARENT".to_owned(),
        "END:VEVENT".to_owned(),
    ])
}

/// Converts a path to a part of a UID: `/a/claims/b/` becomes `a.claims.b`.
fn uid(address: &str) -> String {
    address.trim_matches('/').replace('/', ".")
}

fn host(host: &str) -> String {
    host.split(':').next().unwrap_or_default().to_owned()
}

/// Escapes a text as a value (RFC 5545, section 3.3.11), so that no line of it can begin a property.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// Folds a line into pieces of at most 75 octets, each followed by a line break. No piece ends inside a
/// character.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > MAX_LINE_BYTES {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(character);
        octets += character.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::tests::{book, written};
    use crate::graph::example::{Example, claim};

    #[test]
    fn lines_have_at_most_75_octets_and_unfold_to_what_they_were() {
        for line in ["a".repeat(75), "a".repeat(76), "é".repeat(200), format!("x{}", "🂡".repeat(99))] {
            let text = folded(&line);
            assert!(text.split("\r\n").all(|piece| piece.len() <= MAX_LINE_BYTES), "{text}");
            assert_eq!(text.replace("\r\n ", "").trim_end_matches("\r\n"), line);
        }
        assert_eq!(folded(&"a".repeat(75)).matches("\r\n").count(), 1);
    }

    #[test]
    fn text_cannot_begin_a_property() {
        assert_eq!(escaped("a;b,c\\d\r\nEND:VEVENT\u{7}"), "a\\;b\\,c\\\\d\\nEND:VEVENT");
    }

    #[test]
    fn the_calendar_is_folded_and_no_text_begins_a_property() {
        let example = book();
        let calendar = written(|sink| deadlines(&example.site(), sink));
        assert!(calendar.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(calendar.matches('\n').count(), calendar.matches("\r\n").count());
        assert!(calendar.split("\r\n").all(|line| line.len() <= MAX_LINE_BYTES), "{calendar}");
        let unfolded = calendar.replace("\r\n ", "");
        let lines: Vec<&str> = unfolded.split("\r\n").collect();
        assert_eq!(lines.iter().filter(|line| **line == "END:VEVENT").count(), 1);
        for line in [
            "UID:claims.hostile@example.org",
            "DTSTAMP:20261122T000000Z",
            "DTSTART;VALUE=DATE:20270228",
            "DTEND;VALUE=DATE:20270301",
        ] {
            assert!(lines.contains(&line), "{line} is not in\n{unfolded}");
        }
        assert!(
            unfolded.contains("SUMMARY:Due: =2+2\\, 50% \\\\{of\\\\} R&D_1 \"costs\" $5\\; <b>"),
            "{unfolded}"
        );
    }

    #[test]
    fn only_open_and_overdue_forecasts_with_a_deadline_are_events() {
        let forecast = |id: &str, facts: &str| claim(id, &format!("kind:: forecast\n{facts}"));
        let body = [
            forecast("open", "resolves:: 2027"),
            forecast("overdue", "resolves:: 2026-10"),
            forecast("undated", ""),
            forecast("judged", "resolves:: 2026-10\nverdict:: 2026-11-20 came-true by J. Doe"),
            forecast("later", "said:: 2028\nresolves:: 2029"),
        ];
        let example = Example::of_article(&body.concat());
        let calendar = written(|sink| deadlines(&example.site(), sink));
        let events: Vec<&str> = calendar.lines().filter_map(|line| line.strip_prefix("URL:")).collect();
        assert_eq!(events, ["https://example.org/claims/open/", "https://example.org/claims/overdue/"]);
    }
}
