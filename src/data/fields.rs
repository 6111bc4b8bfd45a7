//! Reads the entries of a mapping key by key. A mistake becomes a diagnostic and its value is left out, so that
//! one wrong key does not hide mistakes in other keys.

use crate::date::PartialDate;
use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::name;
use crate::source::{Span, Spanned};

use super::{Entry, Node, Value};

/// The entries of a mapping, and the list to which their problems are added.
pub struct Fields<'a> {
    entries: Vec<&'a Entry>,
    span: Span,
    bad_value: &'static Rule,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Takes the entries of `node`, which must be a mapping or empty. Keys that are not in `known` and keys that
    /// are given twice are reported. `noun` names the owner of the keys in messages, such as "a claim".
    pub fn new(
        node: &'a Node,
        known: &[&str],
        noun: &str,
        bad_value: &'static Rule,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let mut entries: Vec<&Entry> = Vec::new();
        match &node.value {
            Value::Map(map_entries) => {
                for entry in map_entries {
                    if !known.contains(&entry.key.as_str()) {
                        problems.push(unknown_key(&entry.key, entry.key_span, noun, known));
                    } else if let Some(first) = entries.iter().find(|other| other.key == entry.key) {
                        problems.push(duplicate_key(&entry.key, entry.key_span, first.key_span));
                    } else {
                        entries.push(entry);
                    }
                }
            }
            Value::Empty => {}
            other => problems.push(
                Diagnostic::new(
                    bad_value,
                    node.span,
                    format!("{noun} needs keys and values, not {}", other.noun()),
                )
                .help("write `key: value`, one a line"),
            ),
        }
        Self { entries, span: node.span, bad_value, problems }
    }

    /// Span of the whole mapping.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the value of a key, or `None` if the key is absent or its value is empty.
    pub fn node(&self, key: &str) -> Option<&'a Node> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.node.value != Value::Empty).then_some(&entry.node)
    }

    /// Returns the known entries in the order of the file.
    pub fn entries(&self) -> &[&'a Entry] {
        &self.entries
    }

    /// Adds a problem to the list.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Returns the list to which problems are added.
    pub fn problems(&mut self) -> &mut Vec<Diagnostic> {
        self.problems
    }

    /// Reads a value as one line of text. Each run of white space becomes one space, and white space at the ends
    /// is removed.
    pub fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        self.scalar(key, node)
    }

    /// Reads a value as one line of text. A text without visible characters counts as absent.
    pub fn visible_text(&mut self, key: &str) -> Option<Spanned<String>> {
        self.text(key).filter(|text| !name::is_blank(&text.value))
    }

    /// Reads a value as a list of texts, without texts that have no visible characters.
    pub fn visible_texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let mut texts = self.texts(key);
        texts.retain(|text| !name::is_blank(&text.value));
        texts
    }

    /// Reads the paragraphs of a text, with white space folded in each. An empty line separates paragraphs.
    pub fn paragraphs(&mut self, key: &str) -> Option<Spanned<Vec<String>>> {
        let node = self.node(key)?;
        let Value::Scalar(text) = &node.value else {
            self.scalar(key, node);
            return None;
        };
        let folded = text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
        Some(Spanned::new(folded.filter(|part| !part.is_empty()).collect(), node.span))
    }

    /// Reads a list of texts. A single value is read as a list with one item.
    pub fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        match self.node(key) {
            Some(Node { value: Value::List(items), .. }) => {
                items.iter().filter_map(|item| self.scalar(key, item)).collect()
            }
            Some(node) => self.scalar(key, node).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Reads a date of a year, month or day, and reports a value that is not a date.
    pub fn date(&mut self, key: &str) -> Option<Spanned<PartialDate>> {
        let text = self.text(key)?;
        let date = PartialDate::parse(&text.value);
        if date.is_none() {
            self.report(bad_date(self.bad_value, key, &text));
        }
        Some(Spanned::new(date?, text.span))
    }

    /// Reads `true` or `false`. The result is `false` if the key is absent or its value is another word.
    pub fn bool_value(&mut self, key: &str) -> bool {
        self.keyword(key, &[("true", true), ("false", false)]).unwrap_or(false)
    }

    /// Reads a word from the list `words` and returns its meaning. Any other word is reported.
    pub fn keyword<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.report(unknown_word(key, &text.value, text.span, &words));
        }
        found.map(|&(_, meaning)| meaning)
    }

    fn scalar(&mut self, key: &str, node: &Node) -> Option<Spanned<String>> {
        match &node.value {
            Value::Scalar(text) => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                Some(Spanned::new(text, node.span))
            }
            Value::Empty => None,
            other => {
                let message = format!("`{key}` takes text, not {}", other.noun());
                self.report(Diagnostic::new(self.bad_value, node.span, message).help("write one value"));
                None
            }
        }
    }
}

/// Creates the diagnostic for a key that is not in the list `known`.
pub fn unknown_key(key: &str, span: Span, noun: &str, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::new(&rules::UNKNOWN_KEYS, span, format!("unknown key `{key}`"))
        .label(format!("{noun} has no such key"));
    match similar_key(key, known) {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("known keys: {}", backticked_list(known))),
    }
}

/// Returns the known key that the author of an unknown key most likely meant. The key may be written in capitals
/// or with emphasis, or it may be misspelt.
pub fn similar_key<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = key.trim_matches(['*', '_', '`', ' ', '\t']).to_lowercase();
    let same = known.iter().copied().find(|known| *known == plain);
    same.or_else(|| name::nearest(key, known.iter().copied()))
        .or_else(|| name::nearest(&plain, known.iter().copied()))
}

/// Returns the known keys that the unknown keys of a mapping most likely mean.
pub fn misspelt_keys<'k>(node: &Node, known: &[&'k str]) -> Vec<&'k str> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    let unknown = entries.iter().filter(|entry| !known.contains(&entry.key.as_str()));
    unknown.filter_map(|entry| similar_key(&entry.key, known)).collect()
}

/// Creates the diagnostic for a second occurrence of a key that accepts only one value.
pub fn duplicate_key(key: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(&rules::DUPLICATE_KEYS, span, format!("key `{key}` is given twice"))
        .label("given again here")
        .secondary(first, "first given here")
        .help("keep the right one")
}

/// Creates the diagnostic for a value that is not in the list `known`.
pub fn unknown_word(key: &str, word: &str, span: Span, known: &[&str]) -> Diagnostic {
    let problem = Diagnostic::new(&rules::UNKNOWN_WORDS, span, format!("unknown word `{word}` for `{key}`"));
    match name::nearest(word, known.iter().copied()) {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("known words: {}", backticked_list(known))),
    }
}

/// Creates the diagnostic for a value that is not a date.
pub fn bad_date(rule: &'static Rule, key: &str, text: &Spanned<String>) -> Diagnostic {
    let problem = Diagnostic::new(rule, text.span, format!("`{}` is not a date for `{key}`", text.value));
    let meant = text.value.strip_prefix("00").map(|rest| format!("20{rest}"));
    match meant.filter(|meant| PartialDate::parse(meant).is_some()) {
        Some(meant) => problem.did_you_mean(Some(&meant)),
        None => problem.help("write `2026`, `2026-05` or `2026-05-20`"),
    }
}

fn backticked_list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
