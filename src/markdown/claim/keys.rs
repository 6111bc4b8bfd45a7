//! The keys of claims.

/// All keys of claims, in the order in which messages and documentation list them.
pub(in crate::markdown) const KEYS: &[&str] = &[
    "kind",
    "by",
    "via",
    "said",
    "as-of",
    "source",
    "seen",
    "tags",
    "metric",
    "subject",
    "value",
    "method",
    "probability",
    "resolves",
    "question",
    "criteria",
    "if",
    "expects",
    "supports",
    "contradicts",
    "refines",
    "supersedes",
    "depends-on",
    "same-as",
    "cites",
    "answers",
    "evidence",
    "verdict",
    "aliases",
    "allow",
    "proposed",
];
pub(in crate::markdown) const REPEATED: &[&str] = &["by", "tags", "evidence", "verdict", "aliases", "allow"];
/// Keys whose values may contain links.
pub(in crate::markdown) const WITH_LINKS: &[&str] =
    &["source", "criteria", "if", "evidence", "verdict", "allow"];
/// Keys whose values are names of speakers or metrics, which have pages.
pub(in crate::markdown) const OF_NAMES: &[&str] = &["by", "via", "metric"];

/// Keys whose values are names. A reason after such a value would become a part of the name.
pub(in crate::markdown) const WITHOUT_REASON: &[&str] = &["by", "via", "metric", "tags"];
