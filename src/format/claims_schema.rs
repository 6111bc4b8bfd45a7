//! The JSON Schema that is published beside `data/claims.json`, for programs that read it.

/// The JSON Schema of `data/claims.json` (draft 2020-12), which describes the records of [`super::json`] and is published with the data.
pub(crate) const SCHEMA: &str = concat!(
    r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": ""##,
    env!("CARGO_PKG_REPOSITORY"),
    r##"/schemas/claims-1.schema.json",
  "title": "claims.json of a claimbook, version 1",
  "description": "Every claim of the book. A key that is absent was not given. The file beside each claim's page is one $defs/claim.",
  "type": "object",
  "required": ["version", "generated", "claims"],
  "additionalProperties": false,
  "properties": {
    "version": { "const": 1 },
    "generated": { "description": "The day of the build.", "type": "string", "format": "date" },
    "claims": { "description": "Sorted by id.", "type": "array", "items": { "$ref": "#/$defs/claim" } }
  },
  "$defs": {
    "id": { "type": "string", "pattern": "^[a-z0-9-]{1,80}$" },
    "ids": { "type": "array", "items": { "$ref": "#/$defs/id" } },
    "date": {
      "description": "A year, a month or a day. A deadline means its last day.",
      "type": "string",
      "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
    },
    "word": {
      "enum": [
        "supported", "mixed", "refuted", "unverifiable", "retracted",
        "came-true", "partly", "did-not-happen", "annulled", "unfalsifiable"
      ]
    },
    "claim": {
      "type": "object",
      "required": [
        "id", "url", "statement", "kind", "status", "status_history", "shaken", "by", "tags", "verdicts", "relations",
        "mentions", "file", "line"
      ],
      "additionalProperties": false,
      "properties": {
        "id": { "$ref": "#/$defs/id" },
        "url": { "description": "Its page.", "type": "string", "format": "uri" },
        "statement": { "description": "In the words of the book.", "type": "string" },
        "kind": { "enum": ["measurement", "forecast", "statement", "opinion"] },
        "status": {
          "description": "Computed on the day of the build, never written.",
          "anyOf": [
            { "$ref": "#/$defs/word" },
            { "enum": ["superseded", "contested", "unreviewed", "overdue", "open"] },
            { "description": "Said after the day of the build: in no list and no count.", "const": "not-said" }
          ]
        },
        "status_history": {
          "description": "The statuses it has had until the day of the build, oldest first.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["status"],
            "additionalProperties": false,
            "properties": {
              "from": { "description": "The first day; absent if the claim has no date.", "$ref": "#/$defs/date" },
              "status": { "anyOf": [{ "$ref": "#/$defs/word" }, { "enum": ["superseded", "contested", "unreviewed", "overdue", "open"] }] }
            }
          }
        },
        "proposed": { "description": "Nobody has reviewed it yet; with --drafts only.", "const": true },
        "shaken": { "description": "Claims it rests on that fell: the nearest ten.", "$ref": "#/$defs/ids" },
        "by": { "description": "Speakers who assert it.", "$ref": "#/$defs/ids" },
        "via": { "description": "The speaker who reported it.", "$ref": "#/$defs/id" },
        "said": { "$ref": "#/$defs/date" },
        "as_of": { "description": "The date its evidence speaks for.", "$ref": "#/$defs/date" },
        "source": { "description": "Where it is from, if that has a page.", "$ref": "#/$defs/id" },
        "quote": {
          "description": "Verbatim words of the source; paragraphs are separated by an empty line.",
          "type": "string"
        },
        "quote_state": { "description": "Whether the words were found in a saved copy of the source (verified), were not (drifted), were read there by a person and found in no copy (seen), or neither (unarchived).", "enum": ["verified", "seen", "drifted", "unarchived"] },
        "quote_seen": {
          "description": "Who read these words in the source, and when.",
          "type": "object",
          "required": ["date", "by"],
          "additionalProperties": false,
          "properties": { "date": { "$ref": "#/$defs/date" }, "by": { "type": "string" } }
        },
        "tags": { "$ref": "#/$defs/ids" },
        "metric": { "$ref": "#/$defs/id" },
        "subject": { "description": "What was measured.", "type": "string" },
        "value": { "type": "number" },
        "low": { "description": "Lower end of its interval.", "type": "number" },
        "high": { "description": "Upper end of its interval.", "type": "number" },
        "unit": { "description": "The claim's own; else the metric's applies.", "type": "string" },
        "method": { "description": "Values compare within one method only.", "type": "string" },
        "probability": { "type": "number", "minimum": 0, "maximum": 1 },
        "resolves": { "description": "The deadline.", "$ref": "#/$defs/date" },
        "question": { "description": "Shared by forecasts of one event.", "$ref": "#/$defs/id" },
        "expects": { "description": "The date or number a forecast expects, as written.", "type": "string" },
        "verdicts": {
          "description": "Sorted by date, the latest last: it stands. Verdicts dated after the day of the build are left out.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["date", "word"],
            "additionalProperties": false,
            "properties": {
              "date": { "$ref": "#/$defs/date" },
              "word": { "$ref": "#/$defs/word" },
              "by": { "type": "string" },
              "reason": { "type": "string" }
            }
          }
        },
        "relations": {
          "description": "As written; the inverse is not repeated at the other claim.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["type", "to"],
            "additionalProperties": false,
            "properties": {
              "type": {
                "enum": [
                  "supports", "contradicts", "refines", "supersedes", "depends-on", "same-as", "cites",
                  "answers"
                ]
              },
              "to": { "$ref": "#/$defs/id" },
              "reason": { "type": "string" }
            }
          }
        },
        "mentions": {
          "description": "Links to it in the texts of the book.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["page", "title", "text"],
            "additionalProperties": false,
            "properties": {
              "page": { "type": "string", "format": "uri" },
              "title": { "type": "string" },
              "text": { "description": "The linked words.", "type": "string" }
            }
          }
        },
        "file": { "description": "Where it is written, from the root of the book.", "type": "string" },
        "line": { "type": "integer", "minimum": 1 }
      }
    }
  }
}
"##
);
