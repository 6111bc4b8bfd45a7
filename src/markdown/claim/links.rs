//! Reads the facts of a claim that consist of a link: its source, and its evidence.

use crate::diagnostic::{Diagnostic, rules};
use crate::document::{Evidence, LinkedText, SourceFacts, SourceReference, Stance, Target};
use crate::markdown::WORDING;
use crate::markdown::claim::reader::FactReader;
use crate::markdown::destination::link_target;
use crate::name;
use crate::source::Spanned;
use crate::web_address::is_web_address;

impl FactReader<'_> {
    pub(in crate::markdown) fn read_source(&mut self, value: &LinkedText) {
        let (links, rest) = (value.links().count(), value.beside_links());
        if links > 1 {
            self.report_bad_value(
                value.span,
                "a source can only be one link".to_owned(),
                "write one link; the others can be `evidence`",
            );
            return;
        }
        if links == 1 && !rest.is_empty() {
            self.report_bad_value(
                value.span,
                format!("`{rest}` is next to the link and belongs to nothing"),
                "write only the link; a page or section can be part of its words: `[title, page 3](https://…)`",
            );
            return;
        }
        if value.plain().contains("://") && value.links().next().is_none() {
            let message = format!("`{}` is an address without a title", value.plain());
            self.report_bad_value(value.span, message, &format!("write `[title]({})`", value.plain()));
            return;
        }
        if let Some((destination, _, span)) = value.links().find(|(_, words, _)| name::is_blank(words)) {
            let help = format!("write `[title]({destination})`");
            self.report_bad_value(span, "this source has no title".to_owned(), &help);
            return;
        }
        let reference = match value.links().next() {
            Some((destination, title, span)) => match link_target(destination, self.source.path()) {
                Target::Source(id) => SourceReference::Id(id),
                Target::Unsafe(_) => {
                    self.problems.push(
                        Diagnostic::new(
                            &rules::UNSAFE_LINKS,
                            span,
                            "this source is not an `http` or `https` address",
                        )
                        .help("write `[title](https://…)`, or the id of a file in `content/sources/`"),
                    );
                    return;
                }
                _ if is_web_address(destination) => SourceReference::Inline(Box::new(SourceFacts {
                    title: Some(Spanned::new(title.to_owned(), span)),
                    url: Some(Spanned::new(destination.to_owned(), span)),
                    ..SourceFacts::default()
                })),
                _ => {
                    self.report_bad_value(
                        span,
                        "a source is an `http` or `https` address".to_owned(),
                        "write `[title](https://…)`, or the id of a file in `content/sources/`",
                    );
                    return;
                }
            },
            None => SourceReference::Id(value.plain()),
        };
        self.claim.source = Some(Box::new(Spanned::new(reference, value.span)));
    }

    pub(in crate::markdown) fn read_evidence(&mut self, value: &LinkedText) {
        let (head, note) = value.split_reason();
        let plain = head.plain();
        let stance = match plain.split_whitespace().next() {
            Some("for") => Some(Stance::For),
            Some("against") => Some(Stance::Against),
            _ => None,
        };
        let mut links = head.links();
        match (stance, links.next(), links.next()) {
            (Some(stance), Some(_), None) if !self.has_only_links_and(&head, stance_word(stance)) => {}
            (Some(_), Some((destination, words, span)), None) if name::is_blank(words) => {
                let help = format!("write `[title]({destination})`");
                self.report_bad_value(span, "this link has no words".to_owned(), &help);
            }
            (Some(stance), Some((destination, text, span)), None) => {
                let (destination, text) = (destination.to_owned(), text.to_owned());
                self.claim.evidence.edit(WORDING).push(Evidence { stance, destination, text, note, span });
            }
            _ => self.report_bad_value(
                value.span,
                "evidence is `for` or `against` and one link".to_owned(),
                "write `for [title](https://…) — what it shows`",
            ),
        }
    }
}

fn stance_word(stance: Stance) -> &'static str {
    match stance {
        Stance::For => "for",
        Stance::Against => "against",
    }
}
