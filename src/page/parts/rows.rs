//! Makes the rows of lists for claims, write-ups and entities, and the smaller views inside these rows.

use crate::date::days_between;
use crate::document::{Kind, Probability, Verdict, VerdictWord};
use crate::graph::{ClaimIndex, DocumentIndex, Mention, Status};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::view::{
    ArticleRow, Backlink, ClaimRow, KindMark, Link, Mark, ReviewedClaim, StatusCount, VerdictView,
};

/// Maximum number of speakers in the row of a claim.
const MAX_SPEAKERS: usize = 20;

/// The order of statuses in a bar: what held up, what did so in part, what did not, what is not decided, and what
/// cannot be.
const BAR: [Status; 15] = [
    Status::Verdict(VerdictWord::CameTrue),
    Status::Verdict(VerdictWord::Supported),
    Status::Verdict(VerdictWord::Partly),
    Status::Verdict(VerdictWord::Mixed),
    Status::Verdict(VerdictWord::Refuted),
    Status::Verdict(VerdictWord::DidNotHappen),
    Status::Verdict(VerdictWord::Retracted),
    Status::Contested,
    Status::Overdue,
    Status::Open,
    Status::Superseded,
    Status::Verdict(VerdictWord::Unverifiable),
    Status::Verdict(VerdictWord::Unfalsifiable),
    Status::Verdict(VerdictWord::Annulled),
    Status::Unreviewed,
];

/// The mark that shows a status.
pub(in crate::page) fn mark(status: Status) -> Mark {
    let words = &TEXTS.status;
    let (word, glyph) = match status {
        Status::Verdict(word) => match word {
            VerdictWord::Supported => (words.supported(), "supported"),
            VerdictWord::Mixed => (words.mixed(), "mixed"),
            VerdictWord::Refuted => (words.refuted(), "refuted"),
            VerdictWord::Unverifiable => (words.unverifiable(), "unverifiable"),
            VerdictWord::Retracted => (words.retracted(), "retracted"),
            VerdictWord::CameTrue => (words.came_true(), "true"),
            VerdictWord::Partly => (words.partly(), "partly"),
            VerdictWord::DidNotHappen => (words.did_not_happen(), "false"),
            VerdictWord::Annulled => (words.annulled(), "annulled"),
            VerdictWord::Unfalsifiable => (words.unfalsifiable(), "unfalsifiable"),
        },
        Status::Superseded => (words.superseded(), "superseded"),
        Status::Contested => (words.contested(), "contested"),
        Status::Unreviewed => (words.unreviewed(), "unreviewed"),
        Status::Overdue => (words.overdue(), "overdue"),
        Status::Open => (words.open(), "open"),
        Status::NotSaid => (words.not_said(), "open"),
    };
    let shared = Status::ALL.iter().position(|known| *known == status).unwrap_or(Status::ALL.len());
    Mark { key: status.word(), word, glyph, shared }
}

/// The mark of a proposed claim, which replaces its status until somebody has reviewed the claim.
fn proposed(status: Status) -> Mark {
    let mark = mark(status);
    Mark { word: TEXTS.status.proposed(), shared: mark.shared + Status::ALL.len() + 1, ..mark }
}

/// The mark that shows a kind of claim.
pub(in crate::page) fn kind_mark(kind: Kind) -> KindMark {
    let word = match kind {
        Kind::Measurement => TEXTS.kind.measurement(),
        Kind::Forecast => TEXTS.kind.forecast(),
        Kind::Statement => TEXTS.kind.statement(),
        Kind::Opinion => TEXTS.kind.opinion(),
    };
    let shared = Kind::ALL.iter().position(|known| *known == kind).expect("the list has every kind");
    KindMark { key: kind.word(), word, shared }
}

/// A probability in percent, such as `60%`, without trailing zeros and floating-point noise.
pub(in crate::page) fn percent(probability: Probability) -> String {
    let share = probability.value * 100.0;
    // Two decimals are enough, except near 0% and 100%: `0.0005%` must not become `0%`.
    let rest = share.min(100.0 - share);
    let mut decimals = 2;
    while rest > 0.0 && decimals < 18 && rest * 10_f64.powi(decimals - 1) < 1.0 {
        decimals += 1;
    }
    let rounded = format!("{share:.0$}", usize::try_from(decimals).expect("decimals are between 2 and 18"));
    format!("{}%", rounded.trim_end_matches('0').trim_end_matches('.'))
}

impl Site<'_> {
    /// A claim as a row of a list.
    pub fn row(&self, index: ClaimIndex) -> ClaimRow {
        let claim = self.book.claim(index);
        let node = self.book.node(index);
        let deadline = claim.resolves.as_ref().map(|date| date.value);
        let is_pending = matches!(node.status, Status::Open | Status::Overdue);
        let probability = claim.probability.as_ref().map(|probability| probability.value);
        ClaimRow {
            id: claim.id.value.clone(),
            url: self.url(&self.claim_path(index)),
            statement: claim.statement.value.read(self.access).clone(),
            status: self.mark_of(index),
            kind: kind_mark(claim.kind),
            speakers: self.first_speakers(index),
            said: claim.said.as_ref().map(|date| date.value),
            resolves: deadline,
            days_left: deadline
                .filter(|_| is_pending)
                .map(|date| days_between(self.config.today, date.last_day())),
            probability: probability.map(percent),
            probability_is_inferred: probability.is_some_and(|probability| !probability.is_stated),
            mentions: node.mentions.len(),
            shaken: !node.fallen_dependencies.is_empty(),
        }
    }

    /// Links to the speakers of a claim. If there are many, only the first are listed, with a link to the claim's
    /// page, which lists all. The limit exists because the row is repeated on the page of each speaker.
    fn first_speakers(&self, index: ClaimIndex) -> Vec<Link> {
        let by = &self.book.node(index).by;
        if by.len() <= MAX_SPEAKERS {
            return self.speakers_of_claim(index);
        }
        let shown = MAX_SPEAKERS - 1;
        let more = self.link(&self.claim_path(index), &TEXTS.list.more(by.len() - shown));
        by.iter().take(shown).map(|&speaker| self.speaker_link(speaker)).chain([more]).collect()
    }

    /// Links to all speakers of a claim.
    pub(in crate::page) fn speakers_of_claim(&self, index: ClaimIndex) -> Vec<Link> {
        self.book.node(index).by.iter().map(|&speaker| self.speaker_link(speaker)).collect()
    }

    /// The mark that shows a claim's status, or that it is proposed.
    pub(in crate::page) fn mark_of(&self, index: ClaimIndex) -> Mark {
        let status = self.book.node(index).status;
        if self.book.claim(index).is_proposed { proposed(status) } else { mark(status) }
    }

    /// The claims with their last verdicts. Claims without a verdict are left out.
    pub(in crate::page) fn reviewed(&self, claims: impl Iterator<Item = ClaimIndex>) -> Vec<ReviewedClaim> {
        claims
            .filter_map(|index| {
                let verdict = self.book.latest_verdict(index)?;
                Some(ReviewedClaim { claim: self.row(index), verdict: self.verdict(verdict) })
            })
            .collect()
    }

    pub(in crate::page) fn claim_rows(&self, claims: impl IntoIterator<Item = ClaimIndex>) -> Vec<ClaimRow> {
        claims.into_iter().map(|claim| self.row(claim)).collect()
    }

    /// A write-up as a row of a list.
    pub(in crate::page) fn article_row(&self, index: DocumentIndex) -> ArticleRow {
        let document = self.book.document(index);
        let front_matter = &document.front_matter;
        ArticleRow {
            url: self.url(&self.path_of(index)),
            title: self.title(index).to_owned(),
            summary: self.summary(index).to_owned(),
            date: front_matter.date.as_ref().map(|date| date.value),
            updated: front_matter.updated.as_ref().map(|date| date.value),
            claims: self.claims_counted(index).count(),
            counts: self.status_counts(self.claims_counted(index)),
        }
    }

    pub(in crate::page) fn article_rows(
        &self,
        articles: impl IntoIterator<Item = DocumentIndex>,
    ) -> Vec<ArticleRow> {
        articles.into_iter().map(|article| self.article_row(article)).collect()
    }

    /// Number of claims by status, in the order of a bar.
    pub(in crate::page) fn status_counts(
        &self,
        claims: impl Iterator<Item = ClaimIndex>,
    ) -> Vec<StatusCount> {
        let mut counts = [0; BAR.len()];
        for claim in claims {
            let status = self.book.node(claim).status;
            if let Some(place) = BAR.iter().position(|known| *known == status) {
                counts[place] += 1;
            }
        }
        let found = BAR.iter().zip(counts).filter(|(_, count)| *count > 0);
        found.map(|(&status, count)| StatusCount { mark: mark(status), count, url: None }).collect()
    }

    /// The view of a verdict.
    pub(in crate::page) fn verdict(&self, verdict: &Verdict) -> VerdictView {
        VerdictView {
            mark: mark(Status::Verdict(verdict.word.value)),
            date: verdict.date.value,
            by: verdict.by.as_ref().map(|by| by.value.clone()).unwrap_or_default(),
            html: verdict
                .reason
                .as_ref()
                .map(|reason| capitalised(self.rich_html(reason.read(self.access))))
                .unwrap_or_default(),
        }
    }

    /// The view of a mention on the page to which it links. `anchor` is the id of the linked words in their page.
    pub(in crate::page) fn backlink(&self, mention: Mention, anchor: Option<&str>) -> Backlink {
        let words = self.book.reference(mention).words.read(self.access);
        let mut url = self.url(&self.path_of(mention.document));
        if let Some(anchor) = anchor {
            url.push('#');
            url.push_str(anchor);
        }
        Backlink {
            url,
            title: self.title(mention.document).to_owned(),
            before: words.before().to_owned(),
            // An embed has no linked words.
            text: if words.linked().is_empty() { TEXTS.list.shown_as_card() } else { words.linked() }
                .to_owned(),
            after: words.after().to_owned(),
        }
    }
}

/// Begins a reason with a capital letter. In Markdown a reason follows a dash; on a page it begins a line.
pub(in crate::page) fn capitalised(html: String) -> String {
    let mut characters = html.chars();
    match characters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(characters).collect(),
        _ => html,
    }
}

/// Number of claims by status in words, such as `3 claims: 2 supported, 1 open`; empty without claims.
pub(in crate::page) fn tally(counts: &[StatusCount]) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let parts: Vec<String> =
        counts.iter().map(|of| format!("{} {}", of.count, of.mark.word.to_lowercase())).collect();
    let all = counts.iter().map(|of| of.count).sum();
    TEXTS.count.statuses(TEXTS.count.claims(all), parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim};

    #[test]
    fn probabilities_have_no_float_noise() {
        let check = |value, text| assert_eq!(percent(Probability { value, is_stated: true }), text);
        check(0.6, "60%");
        check(0.07, "7%");
        check(0.285, "28.5%");
        check(5e-5, "0.005%");
        check(1e-9, "0.0000001%");
        check(0.99999, "99.999%");
        check(0.0, "0%");
        check(1.0, "100%");
    }

    #[test]
    fn claims_are_counted_by_status_from_what_held_up_to_what_did_not() {
        let verdict = |id: &str, word: &str| {
            claim(id, &format!("verdict:: 2026-11-20 {word} by J. Doe — [shown](https://example.org/)"))
        };
        let body = [
            verdict("a", "refuted"),
            claim("b", ""),
            verdict("c", "supported"),
            claim("d", ""),
            verdict("e", "mixed"),
        ];
        let example = Example::of_article(&body.concat());
        let site = example.site();
        let counts = site.status_counts(site.book.claims());
        assert_eq!(tally(&counts), "5 claims: 1 supported, 1 mixed, 1 refuted, 2 not reviewed");
        assert_eq!(tally(&[]), "");
    }

    #[test]
    fn a_bar_has_every_status() {
        assert!(Status::ALL.iter().all(|status| BAR.contains(status)));
    }
}
