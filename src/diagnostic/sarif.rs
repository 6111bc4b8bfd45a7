//! Writes diagnostics as SARIF, the format that code scanning services and editors read: the Static Analysis Results
//! Interchange Format 2.1.0 of OASIS, <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>. It contains all problems, and
//! the documentation of the rules that they break. Section numbers are those of that document.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::source::Sources;

use super::place::{JsonPlace, json_place, text_place};
use super::{Diagnostic, Level, Rule, RuleKind, printable_message};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Characters that a path in a URI must escape (RFC 3986, section 3.3).
const NOT_IN_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// File of a problem of the whole site. Code scanning on GitHub refuses results that are nowhere.
const FILE_OF_SITE: &str = "site.toml";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    /// Columns count characters, not UTF-16 code units (3.14.17).
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<ReportingDescriptor>,
}

/// A rule with its documentation (3.49).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor {
    id: &'static str,
    short_description: Text<&'static str>,
    /// Code scanning on GitHub demands all three texts.
    full_description: Text<&'static str>,
    help: Text<&'static str>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Text<T> {
    text: T,
}

/// A problem (3.27).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text<String>,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<String>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

/// A file, relative to the repository of the book.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

/// A part of a file (3.30). The end column is that of the first character behind it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
}

/// Writes all diagnostics in the given order. `folder` is that of the book in its repository, such as `book/`, or empty.
pub(super) fn render_sarif(diagnostics: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let location = |place, message| location(place, message, folder);
    let mut rules: BTreeMap<&str, &Rule> = BTreeMap::new();
    for diagnostic in diagnostics {
        rules.insert(diagnostic.rule.name, diagnostic.rule);
    }
    let names: Vec<&str> = rules.keys().copied().collect();
    let results = diagnostics.iter().map(|diagnostic| Finding {
        rule_id: diagnostic.rule.name,
        rule_index: names
            .binary_search(&diagnostic.rule.name)
            .expect("the rule of each problem is in the list"),
        level: diagnostic.severity.word(),
        message: Text { text: message(diagnostic) },
        locations: [location(json_place(&diagnostic.place, sources), None)],
        related_locations: diagnostic
            .secondary
            .iter()
            .map(|label| location(text_place(label.span, sources), Some(&label.text)))
            .collect(),
    });
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules.values().map(|rule| descriptor(rule)).collect(),
    };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results: results.collect() };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [run] };
    let mut text = serde_json::to_string_pretty(&log).expect("strings and numbers can be serialised");
    text.push('\n');
    text
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let level = match rule.kind {
        RuleKind::Error | RuleKind::Lint(Level::Deny) => "error",
        RuleKind::Lint(Level::Warn) => "warning",
        RuleKind::Lint(Level::Allow) => "none",
    };
    ReportingDescriptor {
        id: rule.name,
        short_description: Text { text: rule.summary },
        full_description: Text { text: rule.summary },
        help: Text { text: rule.explanation },
        default_configuration: Configuration { level },
    }
}

/// The message, what the span is called, and the notes and ways out, one per line.
fn message(diagnostic: &Diagnostic) -> String {
    let mut lines = vec![printable_message(&diagnostic.message).into_owned()];
    if !diagnostic.label.is_empty() {
        lines.push(printable_message(&diagnostic.label).into_owned());
    }
    for (word, texts) in [("note", &diagnostic.notes), ("help", &diagnostic.help)] {
        lines.extend(texts.iter().map(|text| format!("{word}: {}", printable_message(text))));
    }
    lines.join("\n")
}

fn location(place: JsonPlace<'_>, message: Option<&str>, folder: &str) -> Location {
    let JsonPlace { file, line, column, end_line, end_column } = place;
    let path = format!("{folder}{}", file.as_deref().unwrap_or(FILE_OF_SITE));
    let uri = utf8_percent_encode(&path, NOT_IN_PATHS).to_string();
    let region = Region { start_line: line.unwrap_or(1), start_column: column, end_line, end_column };
    let physical_location =
        PhysicalLocation { artifact_location: ArtifactLocation { uri, uri_base_id: "%SRCROOT%" }, region };
    let message = message.map(|text| Text { text: printable_message(text).into_owned() });
    Location { physical_location, message }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::diagnostic::{Place, rules};
    use crate::source::{FileId, Span};

    #[test]
    fn a_problem_names_its_rule_and_its_places() {
        let sources = Sources::from_texts([("content/é b.md", "One line.\nÄnd two.\n")]);
        let span = |range| Span::new(FileId(0), range);
        let problems = [
            Diagnostic::new(&rules::UNREADABLE_FILES, span(10..14), "the message")
                .label("here")
                .secondary(span(0..3), "there")
                .help("what to do"),
            Diagnostic::new(&rules::BAD_LOCKS, Place::Site, "somewhere"),
        ];
        let log: Value = serde_json::from_str(&render_sarif(&problems, &sources, "my book/")).unwrap();
        let results = &log["runs"][0]["results"];
        assert_eq!(results[0]["message"]["text"], "the message\nhere\nhelp: what to do");
        let place = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20book/content/%C3%A9%20b.md");
        let numbers =
            ["startLine", "startColumn", "endLine", "endColumn"].map(|key| place["region"][key].to_string());
        assert_eq!(numbers, ["2", "1", "2", "4"]);
        assert_eq!(results[0]["relatedLocations"][0]["message"]["text"], "there");
        let site = &results[1]["locations"][0]["physicalLocation"];
        assert_eq!(site["artifactLocation"]["uri"], "my%20book/site.toml");
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        for result in [&results[0], &results[1]] {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
    }
}
