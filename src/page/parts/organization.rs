//! Decides whether a name belongs to an organisation or to a person. The speaker's file decides if it states the
//! sort. Otherwise the words of the name decide, because citation managers take `Example Lab` for a person with the
//! family name Lab.

use crate::document::SpeakerType;

use crate::page::Site;

/// Words that are common in the names of organisations and groups, and rare in those of people.
const WORDS: [&str; 52] = [
    "academy",
    "agency",
    "alliance",
    "analytics",
    "association",
    "authors",
    "bureau",
    "center",
    "centre",
    "club",
    "collective",
    "college",
    "commission",
    "committee",
    "company",
    "consortium",
    "corp",
    "corporation",
    "council",
    "department",
    "editorial",
    "editors",
    "foundation",
    "gmbh",
    "government",
    "group",
    "inc",
    "initiative",
    "institut",
    "institute",
    "institution",
    "lab",
    "laboratories",
    "laboratory",
    "labs",
    "limited",
    "llc",
    "ltd",
    "ministry",
    "network",
    "organisation",
    "organization",
    "panel",
    "project",
    "research",
    "society",
    "staff",
    "startup",
    "team",
    "union",
    "university",
    "universität",
];

impl Site<'_> {
    /// Whether a speaker is a person or an organisation, if the speaker's file states it.
    pub(in crate::page) fn sort_of(&self, name: &str) -> Option<SpeakerType> {
        let speaker = self.book.speakers().get(self.book.speakers().find(name)?);
        self.book.document(speaker.document?).front_matter.sort
    }

    /// Whether a name is that of an organisation, a group or the site itself.
    pub(in crate::page) fn is_organization(&self, name: &str) -> bool {
        match self.sort_of(name) {
            Some(sort) => sort == SpeakerType::Organization,
            None => name == self.config.title || is_of_organization(name),
        }
    }
}

/// Whether a name looks like that of an organisation: it begins with `the`, contains `&` or a word that begins with
/// a digit, or contains one of the [`WORDS`].
fn is_of_organization(name: &str) -> bool {
    let is_telling = |word: &str| {
        let word = word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
        WORDS.contains(&word.as_str()) || word.starts_with(|character: char| character.is_ascii_digit())
    };
    let mut words = name.split_whitespace();
    let begins = words.clone().next().is_some_and(|word| word.eq_ignore_ascii_case("the"));
    begins || name.contains('&') || words.any(is_telling)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim};

    #[test]
    fn organizations_are_known_by_their_words() {
        let check = |name: &str, expected: bool| assert_eq!(is_of_organization(name), expected, "{name}");
        check("Example Lab", true);
        check("The editors", true);
        check("University of Example", true);
        check("Authors of 2027, Inc.", true);
        check("Doe & Roe", true);
        check("Panel of the LEAP study", true);
        check("Jane Doe", false);
        check("Frank Press", false);
        check("Theo Labrousse", false);
        check("", false);
    }

    #[test]
    fn organizations_are_cited_and_described_as_such() {
        let site = Example::of_feeds("2026-11-22").render();
        let bibtex = site.text("data/citations.bib");
        assert!(bibtex.contains("author = {Jane Doe and {Example Lab}}"), "{bibtex}");
        assert!(bibtex.contains("author = {{Book}}"), "{bibtex}");
        for item in bibtex.split("\n\n") {
            assert!(item.contains("  year = {") && item.contains("  date = {"), "{item}");
        }
        let three = bibtex.split("\n\n").find(|item| item.contains("claim-three")).expect("its item");
        assert!(three.contains("year = {2024}") && three.contains("date = {2024-02-03}"), "{three}");
        let pace = site.page("claims/pace/index.html");
        let id = "https://example.org/a/b/speakers";
        pace.contains(&format!("{{\"@type\":\"Organization\",\"@id\":\"{id}/example-lab/\""));
        pace.contains("{\"@type\":\"Person\",\"name\":\"J. Doe\"}");
        let three = site.page("claims/three/index.html");
        three.contains(&format!("{{\"@type\":\"Person\",\"@id\":\"{id}/jane/\""));
        let verdict =
            "verdict:: 2026-11-15 refuted by Panel of the study — [the log](https://example.com/log)";
        let panel = Example::of_article(&claim("pace", verdict)).render();
        panel
            .page("claims/pace/index.html")
            .contains("\"author\":[{\"@type\":\"Organization\",\"name\":\"Panel of the study\"}]");
    }
}
