//! Makes the citation of a write-up or a claim: its facts, and the `BibTeX` that pages show.

use std::borrow::Cow;

use crate::date::PartialDate;
use crate::graph::{ClaimIndex, DocumentIndex};
use crate::texts::TEXTS;

use crate::page::Site;

/// The facts of a citation, from which all citation formats are written.
#[derive(Debug, Clone)]
pub struct Citation<'a> {
    /// The citation key: unique in the book, with ASCII letters, digits and hyphens only.
    pub key: String,
    /// Title of the cited write-up, or statement of the cited claim.
    pub title: &'a str,
    /// The authors. If the document names nobody, this is the author of the site, or else the title of the site.
    pub authors: Vec<CitedAuthor<'a>>,
    /// Title of the site in which the cited page is published.
    pub container: &'a str,
    /// Date of publication, if it is known.
    pub issued: Option<PartialDate>,
    /// Date of access, which is the day of the build.
    pub accessed: PartialDate,
    /// Absolute address of the cited page.
    pub url: String,
    /// Additional information for readers of the citation; may be empty.
    pub note: String,
}

/// An author of a cited page.
#[derive(Debug, Clone, Copy)]
pub struct CitedAuthor<'a> {
    /// Name of the author.
    pub name: &'a str,
    /// Whether the author is an organisation or a group, whose name has no given name and family name.
    pub is_organization: bool,
}

impl<'a> Site<'a> {
    /// The citation of a claim's page. The authors are those of the document that marks the claim; the note names
    /// the speakers.
    pub fn cite_claim(&self, index: ClaimIndex) -> Citation<'a> {
        let claim = self.book.claim(index);
        let node = self.book.node(index);
        let home = &self.book.document(node.document).front_matter;
        let speakers: Vec<&str> =
            node.by.iter().map(|&speaker| self.book.speakers().get(speaker).name.as_str()).collect();
        let speakers = speakers.join(", ");
        let said = claim.said.as_ref().map(|date| date.value.words());
        let status = self.mark_of(index).word.to_lowercase();
        Citation {
            key: format!("claim-{}", claim.id.value),
            title: claim.statement.value.read(self.access),
            authors: self.cited_authors(home.authors.iter().map(|author| author.value.as_str()).collect()),
            issued: self.date_of_record(index),
            url: self.config.base_url.absolute(&self.claim_path(index)),
            note: match said {
                Some(said) => TEXTS.citation.note_with_date(&claim.id.value, speakers, said, status),
                None => TEXTS.citation.note(&claim.id.value, speakers, status),
            },
            ..self.cite_site()
        }
    }

    /// The citation of a write-up.
    pub fn cite_article(&self, index: DocumentIndex) -> Citation<'a> {
        let document = self.book.document(index);
        let front_matter = &document.front_matter;
        let authors = front_matter.authors.iter().map(|author| author.value.as_str()).collect();
        let updated = front_matter.updated.as_ref().map(|date| TEXTS.citation.revised(date.value.words()));
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

    /// The date of a claim's page: the date of the document that marks it, or else of the last verdict, or else the
    /// date on which the claim was said. Dates in the future are skipped.
    fn date_of_record(&self, index: ClaimIndex) -> Option<PartialDate> {
        let claim = self.book.claim(index);
        let home = self.book.document(self.book.node(index).document).front_matter.date.as_ref();
        let verdict = self.book.latest_verdict(index).map(|verdict| &verdict.date);
        let dates = [home, verdict, claim.said.as_ref()].into_iter().flatten().map(|date| date.value);
        dates.into_iter().find(|date| self.book.has_arrived(*date))
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

    pub(in crate::page) fn authors_or_site(&self, authors: Vec<&'a str>) -> Vec<&'a str> {
        let config = self.config;
        match (authors.is_empty(), config.author.is_empty()) {
            (false, _) => authors,
            (true, false) => vec![&config.author],
            (true, true) => vec![&config.title],
        }
    }
}

impl Citation<'_> {
    /// The citation as a `BibTeX` entry of type `@misc`. The fields `url` and `urldate` are known to biblatex and
    /// newer styles.
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
        // Double braces keep BibTeX styles from changing capital letters.
        field("title", &["{", &bibtex_text(self.title), "}"].concat());
        field("howpublished", &bibtex_text(self.container));
        // biblatex requires `date` or `year`. A page without a date gets a `year` that says so, because any date would
        // be invented. biber 2.18 keeps such a year and styles print it; only with `--validate-datamodel` it is
        // reported as not being a number.
        match self.issued {
            Some(issued) => {
                field("year", &format!("{:04}", issued.year()));
                field("date", &issued.iso());
            }
            None => field("year", TEXTS.citation.no_date()),
        }
        field("url", &bibtex_address(&self.url));
        field("urldate", &self.accessed.iso());
        field("note", &bibtex_text(&self.note));
        text.push_str("}\n");
        text
    }
}

/// The name of an author. Names are written in braces if BibTeX would split them wrongly: names of organisations,
/// single words, and names with a comma or with `and`.
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

/// Escapes the characters that TeX would read as commands, and joins the text into one line.
fn bibtex_text(text: &str) -> Cow<'_, str> {
    // Most texts need no change and are returned without a copy.
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

/// Removes braces and backslashes, which would break the entry. Nothing is escaped, because styles read `url`
/// verbatim. Addresses from this program do not contain these characters.
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
