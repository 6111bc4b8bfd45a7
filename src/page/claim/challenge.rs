//! Makes the link with which a reader challenges or suggests a verdict. The link opens a new issue in the book's
//! repository on GitHub and fills it in with the facts of the claim. It exists only if the repository is on GitHub.

use crate::date::PartialDate;
use crate::document::{Claim, Verdict, WordingAccess};
use crate::graph::{ClaimIndex, Status};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::address::encoded;
use crate::page::parts::rows::mark;
use crate::page::view::Link;

/// Maximum length of one piece of the author's text in the issue, in bytes after percent-encoding. GitHub refuses
/// addresses over 8 KB. An issue has at most three such pieces: statement, reviewer and reason.
const MAX_PIECE_LENGTH: usize = 1800;

impl Site<'_> {
    /// The link with which a reader challenges a claim's verdict, or suggests one if there is no verdict. It is
    /// `None` if the book's repository is not on GitHub.
    pub(in crate::page) fn challenge(&self, index: ClaimIndex) -> Option<Link> {
        let repository = self.config.repository.as_deref().filter(|address| is_on_github(address))?;
        let claim = self.book.claim(index);
        let id = &claim.id.value;
        let (text, title) = match self.book.latest_verdict(index) {
            Some(_) => (TEXTS.claim.challenge(), TEXTS.issue.challenge(id)),
            None => (TEXTS.claim.suggest(), TEXTS.issue.suggest(id)),
        };
        let body = self.issue(index, claim);
        let url = format!("{repository}/issues/new?title={}&body={}", encoded(&title), encoded(&body));
        Some(Link { url, text: text.to_owned() })
    }

    /// The text of the issue, in Markdown.
    fn issue(&self, index: ClaimIndex, claim: &Claim) -> String {
        let today = PartialDate::from(self.config.today).words();
        let status = mark(self.book.node(index).status).word.to_lowercase();
        let verdict = self.book.latest_verdict(index);
        let question = match verdict {
            Some(_) => TEXTS.issue.what_is_wrong(),
            None => TEXTS.issue.which_verdict(),
        };
        let address = self.config.base_url.absolute(&self.claim_path(index));
        format!(
            "{}\n\n> {}\n\n{}\n{}\n## {question}\n\n\n## {}\n\n",
            TEXTS.issue.claim(format_args!("[{}]({address})", claim.id.value)),
            cut(claim.statement.value.read(self.access)),
            TEXTS.issue.status(today, status),
            verdict.map(|verdict| verdict_line(verdict, self.access)).unwrap_or_default(),
            TEXTS.issue.which_source(),
        )
    }
}

/// One line about the last verdict, such as `Latest verdict: 20 Nov 2026, supported, by J. Doe: table 4`.
fn verdict_line(verdict: &Verdict, access: WordingAccess) -> String {
    let by = verdict.by.as_ref().map(|by| TEXTS.issue.by(cut(&by.value))).unwrap_or_default();
    let reason = verdict
        .reason
        .as_ref()
        .map(|reason| TEXTS.issue.reason(cut(&reason.read(access).plain())))
        .unwrap_or_default();
    let word = mark(Status::Verdict(verdict.word.value)).word.to_lowercase();
    TEXTS.issue.last_verdict(verdict.date.value.words(), word, by, reason) + "\n"
}

/// Whether an address has the form `https://github.com/owner/name`.
fn is_on_github(repository: &str) -> bool {
    let path = repository.strip_prefix("https://github.com/");
    path.is_some_and(|path| {
        let parts: Vec<&str> = path.split('/').collect();
        parts.len() == 2 && parts.iter().all(|part| !part.is_empty())
    })
}

/// A text on one line, cut after [`MAX_PIECE_LENGTH`] encoded bytes. The character `…` marks the cut.
fn cut(text: &str) -> String {
    let mut length = 0;
    let mut kept = String::new();
    for character in text.chars() {
        length += encoded(character.encode_utf8(&mut [0; 4])).len();
        if length > MAX_PIECE_LENGTH {
            kept.push('…');
            break;
        }
        kept.push(if character.is_control() { ' ' } else { character });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use percent_encoding::percent_decode_str;

    use crate::graph::example::{Example, article, claim};

    #[test]
    fn only_a_repository_on_github_takes_issues() {
        for (repository, expected) in [
            ("https://github.com/owner/name", true),
            ("https://github.com/owner", false),
            ("https://github.com/owner/name/tree/main", false),
            ("https://github.com.example.org/owner/name", false),
            ("https://example.org/owner/name", false),
        ] {
            assert_eq!(is_on_github(repository), expected, "{repository}");
        }
    }

    #[test]
    fn long_text_is_cut_by_its_encoded_length() {
        assert_eq!(cut("short\ntext"), "short text");
        for long in ["a".repeat(9000), "字".repeat(9000), "🙂".repeat(9000)] {
            let kept = cut(&long);
            assert!(kept.ends_with('…') && encoded(&kept).len() <= MAX_PIECE_LENGTH + 9, "{kept}");
        }
    }

    /// A site with this address as its repository, and a judged and an unjudged claim.
    fn with_repository(repository: &str) -> Example {
        let judged = "verdict:: 2026-11-20 supported by J. Doe & co — [shown](https://example.org/), table 4";
        let body = article(&(claim("judged", judged) + &claim("open", "")));
        let settings = "title = \"Book\"\nbase_url = \"https://example.org/b/\"\n";
        let settings = format!("{settings}\n[links]\nrepository = \"{repository}\"\n");
        Example::new(&[("content/articles/a.md", &body), ("site.toml", &settings)])
    }

    #[test]
    fn a_verdict_can_be_challenged_in_an_issue() {
        for repository in [
            "https://github.com/o/n",
            "https://github.com/o/n/",
            "https://github.com/o/n.git",
            "https://github.com/o/n/tree/main/a/book/",
        ] {
            let site = with_repository(repository).render();
            let page = site.page("claims/judged/index.html");
            let url = page.address("Disagree with this verdict").expect("a link");
            let query = url.strip_prefix("https://github.com/o/n/issues/new?").expect("the form of an issue");
            let (title, body) = query.split_once("&body=").expect("a body");
            let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            assert_eq!(decoded(title), "title=Disagree with the verdict on judged");
            assert_eq!(
                decoded(body),
                "Claim [judged](https://example.org/b/claims/judged/):\n\n> Statement judged.\n\nStatus on 22 Nov 2026: supported\nLatest verdict: 20 Nov 2026, supported, by J. Doe & co: shown, table 4\n\n## What is wrong?\n\n\n## Which source shows it?\n\n"
            );
            assert!(!body.contains(['&', '#', ' ', '+']), "{body}");
            let open = site.page("claims/open/index.html");
            assert!(open.address("Suggest a verdict").is_some_and(|url| url.len() < 8000));
        }
    }

    #[test]
    fn pages_link_to_their_files_in_the_folder_of_the_book() {
        for (repository, files) in [
            ("https://github.com/o/n", "https://github.com/o/n/blob/HEAD"),
            ("https://github.com/o/n/tree/main/a/book/", "https://github.com/o/n/blob/main/a/book"),
            ("https://example.org/o/tree/n", "https://example.org/o/tree/n/blob/HEAD"),
        ] {
            let site = with_repository(repository).render();
            let page = site.page("claims/judged/index.html");
            assert_eq!(
                page.address("Text of this page (Markdown)"),
                Some(format!("{files}/content/articles/a.md"))
            );
        }
    }

    #[test]
    fn without_a_repository_on_github_there_is_nothing_to_challenge() {
        for repository in ["https://example.org/o/n", "https://github.com/o"] {
            let site = with_repository(repository).render();
            let judged = site.page("claims/judged/index.html");
            assert_eq!(judged.address("Disagree with this verdict"), None, "{repository}");
        }
    }
}
