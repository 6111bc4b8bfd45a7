//! Makes the citation of a write-up or a claim: its facts, and the `BibTeX` that pages show.

use std::borrow::Cow;

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex};

use super::Site;

/// What a citation says.
#[derive(Debug, Clone)]
pub struct Citation<'a> {
    /// Its key: unique in the book, ASCII letters, digits and hyphens.
    pub key: String,
    /// The cited title.
    pub title: &'a str,
    /// Who wrote it; the site's author or title where nobody is named.
    pub authors: Vec<CitedAuthor<'a>>,
    /// The name of the site.
    pub container: &'a str,
    /// When it was published, where that is known.
    pub issued: Option<PartialDate>,
    /// The day it was seen: that of the build.
    pub accessed: PartialDate,
    /// Absolute address.
    pub url: String,
    /// Anything else a reader of the citation should know; may be empty.
    pub note: String,
}

/// Who wrote what is cited.
#[derive(Debug, Clone, Copy)]
pub struct CitedAuthor<'a> {
    /// Their name.
    pub name: &'a str,
    /// It is an organisation or a group, whose name has no parts.
    pub is_organization: bool,
}

impl<'a> Site<'a> {
    /// The citation of a claim's record. Its author is the book's: the speaker is in the note.
    pub fn cite_claim(&self, index: ClaimIndex) -> Citation<'a> {
        let claim = self.book.claim(index);
        let node = self.book.node(index);
        let home = &self.book.document(node.document).front_matter;
        let speakers: Vec<&str> =
            node.by.iter().map(|&speaker| self.book.speakers().get(speaker).name.as_str()).collect();
        let said = claim.said.as_ref().map(|date| format!(", {}", date.value.words())).unwrap_or_default();
        Citation {
            key: format!("claim-{}", claim.id.value),
            title: &claim.statement.value,
            authors: self.cited_authors(home.authors.iter().map(|author| author.value.as_str()).collect()),
            issued: self.date_of_record(index),
            url: self.config.base_url.absolute(&self.claim_path(index)),
            note: format!(
                "Claim {} of {}{said}. Status: {}",
                claim.id.value,
                speakers.join(", "),
                self.mark_of(index).word.to_lowercase()
            ),
            ..self.cite_site()
        }
    }

    /// The citation of a write-up.
    pub fn cite_article(&self, index: DocumentIndex) -> Citation<'a> {
        let document = self.book.document(index);
        let front_matter = &document.front_matter;
        let authors = front_matter.authors.iter().map(|author| author.value.as_str()).collect();
        let updated = front_matter.updated.as_ref().map(|date| format!("Revised {}", date.value.words()));
        Citation {
            key: document.id.replace('/', "-"),
            title: self.title(index),
            authors: self.cited_authors(authors),
            issued: front_matter.date.as_ref().map(|date| date.value),
            url: self.config.base_url.absolute(&self.path_of(index)),
            note: updated.unwrap_or_default(),
            ..self.cite_site()
        }
    }

    /// The date of a claim's record: that of its write-up, else of its verdict, else when it was said.
    fn date_of_record(&self, index: ClaimIndex) -> Option<PartialDate> {
        let claim = self.book.claim(index);
        let home = self.book.document(self.book.node(index).document).front_matter.date.as_ref();
        let verdict = self.book.last_verdict(index).map(|verdict| &verdict.date);
        let dates = [home, verdict, claim.said.as_ref()].into_iter().flatten().map(|date| date.value);
        dates.into_iter().find(|date| self.book.counts(*date))
    }

    fn cited_authors(&self, authors: Vec<&'a str>) -> Vec<CitedAuthor<'a>> {
        let cited = |name| CitedAuthor { name, is_organization: self.is_organization(name) };
        self.authors_or_site(authors).into_iter().map(cited).collect()
    }

    fn cite_site(&self) -> Citation<'a> {
        Citation {
            key: String::new(),
            title: "",
            authors: Vec::new(),
            container: &self.config.title,
            issued: None,
            accessed: self.config.today.into(),
            url: String::new(),
            note: String::new(),
        }
    }

    pub(super) fn authors_or_site(&self, authors: Vec<&'a str>) -> Vec<&'a str> {
        let config = self.config;
        match (authors.is_empty(), config.author.is_empty()) {
            (false, _) => authors,
            (true, false) => vec![&config.author],
            (true, true) => vec![&config.title],
        }
    }
}

impl Citation<'_> {
    /// As `BibTeX`, with the fields `url` and `urldate` that biblatex and newer styles know.
    pub fn bibtex(&self) -> String {
        let authors: Vec<String> = self.authors.iter().map(bibtex_name).collect();
        let mut text = String::with_capacity(512);
        text.extend(["@misc{", &self.key, ",\n"]);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                text.extend(["  ", name, " = {", value, "},\n"]);
            }
        };
        field("author", &authors.join(" and "));
        // Double braces keep the capitals of names.
        field("title", &["{", &bibtex_text(self.title), "}"].concat());
        field("howpublished", &bibtex_text(self.container));
        // biblatex demands a date. A page without one is cited as of the day on which it was seen.
        let issued = self.issued.unwrap_or(self.accessed);
        field("year", &format!("{:04}", issued.year()));
        field("date", &issued.iso());
        field("url", &bibtex_address(&self.url));
        field("urldate", &self.accessed.iso());
        field("note", &bibtex_text(&self.note));
        text.push_str("}\n");
        text
    }
}

/// A name. In braces, BibTeX does not take it apart: those of organisations, and what it would take apart wrongly.
fn bibtex_name(author: &CitedAuthor<'_>) -> String {
    let name = author.name;
    let text = bibtex_text(name);
    let has_and = name.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    let is_plain = !author.is_organization && !name.contains(',') && !has_and;
    if is_plain && name.trim().contains(char::is_whitespace) {
        text.into_owned()
    } else {
        format!("{{{text}}}")
    }
}

/// Text in which nothing is a command; one line.
fn bibtex_text(text: &str) -> Cow<'_, str> {
    // Most texts hold nothing that needs it.
    let is_plain = |byte: u8| {
        matches!(byte, b' '..=b'}')
            && !matches!(byte, b'\\' | b'{' | b'}' | b'^' | b'&' | b'%' | b'$' | b'#' | b'_')
    };
    let is_one_line = text.trim_ascii().len() == text.len() && !text.contains("  ");
    if is_one_line && text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for character in word.chars() {
            match character {
                '\\' => out.push_str("\\textbackslash{}"),
                '{' => out.push_str("\\textbraceleft{}"),
                '}' => out.push_str("\\textbraceright{}"),
                '~' => out.push_str("\\textasciitilde{}"),
                '^' => out.push_str("\\textasciicircum{}"),
                '&' | '%' | '$' | '#' | '_' => out.extend(['\\', character]),
                other if other.is_control() => {}
                other => out.push(other),
            }
        }
    }
    Cow::Owned(out)
}

/// An address stays as it is: `url` is read verbatim, and ours hold no braces.
fn bibtex_address(address: &str) -> String {
    address.replace(['{', '}', '\\'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_command() {
        let check = |text, expected: &str| assert_eq!(bibtex_text(text), expected, "{text}");
        check("50% of R&D_1 costs $5 #x", "50\\% of R\\&D\\_1 costs \\$5 \\#x");
        check(
            "{a}\\b~c^d",
            "\\textbraceleft{}a\\textbraceright{}\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d",
        );
        check("two\r\n  lines", "two lines");
    }

    #[test]
    fn names_that_would_be_taken_apart_stand_in_braces() {
        let check = |name, is_organization, expected: &str| {
            assert_eq!(bibtex_name(&CitedAuthor { name, is_organization }), expected);
        };
        check("Jane Doe", false, "Jane Doe");
        check("OpenAI", false, "{OpenAI}");
        check("Doe, Roe and Co", false, "{Doe, Roe and Co}");
        check("Example Lab", true, "{Example Lab}");
        check("R&D} of Example", true, "{R\\&D\\textbraceright{} of Example}");
    }
}
