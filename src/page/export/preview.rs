//! Chooses the words and numbers that the preview image of a page shows. The image is drawn elsewhere.

use std::collections::BTreeMap;

use crate::config::Previews;
use crate::date::PartialDate;
use crate::document::SpeakerType;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, EntityKind, Status};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::rows::mark;
use crate::page::view::{Link, Mark};

/// The content of the preview image of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Kind of the page, such as `Write-up`; empty on the home page.
    pub sort: &'static str,
    /// Main text: the title of the page, the statement of the claim or the name of the speaker.
    pub title: String,
    /// Short facts, such as speakers, dates and counts.
    pub facts: Vec<String>,
    /// Statuses with the number of claims, and a speaker's hit rate.
    pub figures: Vec<Figure>,
}

/// A status or a score in a preview image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The number, such as `5` or `71%`; empty if the word is enough.
    pub number: String,
    /// The word next to the number, such as `Supported`.
    pub word: String,
    /// Name of the glyph, without its prefix `g_`; empty if there is no glyph.
    pub glyph: &'static str,
}

impl Preview {
    /// Describes the image on one line, for readers who do not see it.
    pub fn words(&self) -> String {
        let figures = self.figures.iter().map(|figure| format!("{} {}", figure.number, figure.word));
        let figures: Vec<String> = figures.map(|words| words.trim().to_lowercase()).collect();
        let parts = [self.title.trim_end_matches('.').to_owned(), self.facts.join(", "), figures.join(", ")];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
    }
}

/// The page that a preview image belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PreviewSubject {
    /// The home page.
    Home,
    /// A write-up.
    Article(DocumentIndex),
    /// A speaker.
    Speaker(EntityIndex),
    /// A claim.
    Claim(ClaimIndex),
}

impl Site<'_> {
    /// The pages that have a preview image according to the settings, if their titles can be drawn.
    pub fn preview_subjects(&self) -> Vec<PreviewSubject> {
        if self.config.previews == Previews::Off {
            return Vec::new();
        }
        let articles = self.book.articles().iter().map(|&article| PreviewSubject::Article(article));
        let speakers = self.book.entity_indices(EntityKind::Speaker).map(PreviewSubject::Speaker);
        let has_claims = self.config.previews == Previews::All;
        let claims = self.book.all_claims().filter(|_| has_claims).map(PreviewSubject::Claim);
        std::iter::once(PreviewSubject::Home).chain(articles).chain(speakers).chain(claims).collect()
    }

    /// The content of a preview image.
    pub fn preview(&self, subject: PreviewSubject) -> Preview {
        match subject {
            PreviewSubject::Home => self.home_preview(),
            PreviewSubject::Article(article) => self.article_preview(article),
            PreviewSubject::Speaker(speaker) => self.speaker_preview(speaker),
            PreviewSubject::Claim(claim) => self.claim_preview(claim),
        }
    }

    /// The preview image of the home page. Its main text is the description of the site, or else the title of the
    /// site.
    fn home_preview(&self) -> Preview {
        Preview {
            sort: "",
            title: Some(&self.config.description)
                .filter(|description| !description.is_empty())
                .unwrap_or(&self.config.title)
                .clone(),
            facts: vec![
                TEXTS.count.articles(self.book.articles().len()),
                TEXTS.count.claims(self.book.claims().count()),
            ],
            figures: self.figures(self.book.claims()),
        }
    }

    /// The preview image of a write-up.
    fn article_preview(&self, index: DocumentIndex) -> Preview {
        let document = self.book.document(index);
        let front_matter = &document.front_matter;
        let claims: Vec<ClaimIndex> = self.claims_counted(index).collect();
        let date = front_matter.date.as_ref().map(|date| date.value.words());
        let claim_count = (!claims.is_empty()).then(|| TEXTS.count.claims(claims.len()));
        Preview {
            sort: TEXTS.preview.article(),
            title: self.title(index).to_owned(),
            facts: date.into_iter().chain(claim_count).collect(),
            figures: self.figures(claims),
        }
    }

    /// The preview image of a speaker. It shows the hit rate if the speaker's page does.
    fn speaker_preview(&self, index: EntityIndex) -> Preview {
        let entity = self.book.entity(index);
        let sort =
            entity.document.and_then(|document| self.book.document(document).front_matter.sort.as_ref());
        let record = self.score_row(entity);
        let forecasts = record.as_ref().map(|record| TEXTS.count.forecasts(record.forecasts));
        let hit_rate = record.and_then(|record| {
            let of = record.came_true + record.did_not_happen;
            Some(Figure { number: record.hit_rate?, word: TEXTS.preview.hit_rate(of), glyph: "" })
        });
        Preview {
            sort: match sort {
                Some(SpeakerType::Person) => TEXTS.entity.person(),
                Some(SpeakerType::Organization) => TEXTS.entity.organization(),
                None => TEXTS.entity.speaker(),
            },
            title: entity.name.clone(),
            facts: std::iter::once(TEXTS.count.claims(entity.claims.len())).chain(forecasts).collect(),
            figures: hit_rate.into_iter().chain(self.figures(entity.claims.iter().copied())).collect(),
        }
    }

    /// The preview image of a claim.
    fn claim_preview(&self, index: ClaimIndex) -> Preview {
        let row = self.row(index);
        let due = row.resolves.map(|date| TEXTS.list.due(date.words()));
        let figure = |number, mark: Mark| Figure { number, word: mark.word.to_owned(), glyph: mark.glyph };
        let shaken =
            Figure { number: String::new(), word: TEXTS.status.shaken().to_owned(), glyph: "shaken" };
        Preview {
            sort: row.kind.word,
            title: row.statement,
            facts: [names(&self.speakers_of_claim(index))]
                .into_iter()
                .chain(row.said.map(PartialDate::words))
                .chain(row.probability)
                .chain(due)
                .collect(),
            figures: std::iter::once(figure(String::new(), row.status))
                .chain(row.shaken.then_some(shaken))
                .collect(),
        }
    }

    /// Number of claims with each status, most frequent status first.
    fn figures(&self, claims: impl IntoIterator<Item = ClaimIndex>) -> Vec<Figure> {
        let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
        for claim in claims {
            *counts.entry(self.book.node(claim).status).or_default() += 1;
        }
        let mut found: Vec<(Status, usize)> =
            Status::ALL.into_iter().filter_map(|status| Some((status, *counts.get(&status)?))).collect();
        found.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let figure = |(status, count): (Status, usize)| {
            let Mark { word, glyph, .. } = mark(status);
            Figure { number: count.to_string(), word: word.to_owned(), glyph }
        };
        found.into_iter().map(figure).collect()
    }
}

/// The first names in a list, and the number of the remaining names.
fn names(links: &[Link]) -> String {
    const SHOWN: usize = 2;
    let shown: Vec<&str> = links.iter().take(SHOWN).map(|link| link.text.as_str()).collect();
    let shown = shown.join(", ");
    match links.len().saturating_sub(SHOWN) {
        0 => shown,
        others => TEXTS.preview.names_and_others(shown, TEXTS.count.others(others)),
    }
}
