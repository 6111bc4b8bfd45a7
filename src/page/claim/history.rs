//! Makes the history of a claim: said, recorded, judged, due and superseded, newest step first.

use crate::date::PartialDate;
use crate::document::{Kind, RelationKind, Verdict};
use crate::graph::{ClaimIndex, Status};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::parts::rows::mark;
use crate::page::view::{HistoryStep, Link};

/// Sort key of a step: its date, then its kind. A step without a date sorts before all dates, so a claim that was
/// said on an unknown day still begins its history.
type StepKey = (Option<PartialDate>, u8);

impl Site<'_> {
    /// The steps of a claim's history, newest first. The reason of the last verdict is left out, because the
    /// claim's page shows it elsewhere.
    pub(in crate::page) fn history(&self, index: ClaimIndex) -> Vec<HistoryStep> {
        let mut steps: Vec<(StepKey, HistoryStep)> = vec![self.said_step(index)];
        steps.extend(self.recorded_step(index));
        steps.extend(self.verdict_steps(index));
        steps.extend(self.deadline_step(index));
        steps.extend(self.superseded_steps(index));
        // The sort is stable, so verdicts of one day keep the order in which they are written.
        steps.sort_by_key(|(order, _)| *order);
        steps.into_iter().rev().map(|(_, step)| step).collect()
    }

    fn said_step(&self, index: ClaimIndex) -> (StepKey, HistoryStep) {
        let said = self.book.claim(index).said.as_ref().map(|date| date.value);
        let note = if said.is_none() { TEXTS.claim.date_unknown() } else { "" };
        ((said, 0), HistoryStep { note: note.to_owned(), ..step(TEXTS.claim.said(), said) })
    }

    /// The step for the write-up that marks the claim; `None` for a claim with a file of its own.
    fn recorded_step(&self, index: ClaimIndex) -> Option<(StepKey, HistoryStep)> {
        let home = self.book.node(index).document;
        let date = self.book.document(home).front_matter.date.as_ref().map(|date| date.value);
        let link = (!self.has_own_file(index)).then(|| self.page_link(home))?;
        let recorded = HistoryStep { link: Some(link), ..step(TEXTS.claim.entered(), date) };
        // A write-up without a date comes right after the claim was said.
        let said = self.book.claim(index).said.as_ref().map(|date| date.value);
        Some(((date.or(said), 1), recorded))
    }

    fn verdict_steps(&self, index: ClaimIndex) -> Vec<(StepKey, HistoryStep)> {
        let verdicts: Vec<&Verdict> = self.book.verdicts(index).collect();
        let mut newest: Option<PartialDate> = None;
        let judged = verdicts.iter().enumerate().map(|(place, verdict)| {
            // Verdicts are sorted by their first day. A month sorts before its days here, so a later verdict takes the
            // larger of the two dates, and stays behind.
            newest = newest.max(Some(verdict.date.value));
            let view = self.verdict(verdict);
            let stands = place + 1 == verdicts.len();
            let judged = HistoryStep {
                mark: Some(view.mark),
                note: if view.by.is_empty() { String::new() } else { TEXTS.list.by(view.by) },
                html: if stands { String::new() } else { view.html },
                ..step("", Some(verdict.date.value))
            };
            ((newest, 2), judged)
        });
        judged.collect()
    }

    fn deadline_step(&self, index: ClaimIndex) -> Option<(StepKey, HistoryStep)> {
        let claim = self.book.claim(index);
        let deadline = claim.resolves.as_ref().filter(|_| claim.kind == Kind::Forecast)?.value;
        let note = if deadline.last_day() < self.config.today { TEXTS.claim.deadline_passed() } else { "" };
        let due = HistoryStep { note: note.to_owned(), ..step(TEXTS.claim.deadline(), Some(deadline)) };
        Some(((Some(deadline.last_day().into()), 3), due))
    }

    /// One step for each claim that supersedes this claim.
    fn superseded_steps(&self, index: ClaimIndex) -> Vec<(StepKey, HistoryStep)> {
        let own = self.book.claim(index).said.as_ref().map(|date| date.value);
        let newer = self.book.node(index).incoming.iter();
        let newer = newer.filter(|&&edge| self.book.relation(edge).kind == RelationKind::Supersedes);
        let superseded = newer.map(|edge| {
            let claim = self.book.claim(edge.other);
            let said = claim.said.as_ref().map(|date| date.value);
            // This step never sorts before the claim was said. If the newer claim has no date, the day of the build
            // is used.
            let order = own.max(said.or(Some(self.config.today.into())));
            let superseded = HistoryStep {
                mark: Some(mark(Status::Superseded)),
                link: Some(Link {
                    url: self.url(&self.claim_path(edge.other)),
                    text: claim.statement.value.read(self.access).clone(),
                }),
                ..step("", said)
            };
            ((order, 4), superseded)
        });
        superseded.collect()
    }
}

fn step(word: &'static str, date: Option<PartialDate>) -> HistoryStep {
    HistoryStep { mark: None, word, date, note: String::new(), link: None, html: String::new() }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, claim};

    #[test]
    fn the_history_runs_from_what_was_said_to_what_took_its_place() {
        let verdict =
            |date: &str, word: &str, why: &str| format!("verdict:: {date} {word} by J. Doe — {why}\n");
        let judged = [
            "said:: 2026-05\n".to_owned(),
            verdict("2026-11-20", "supported", "[first](https://example.org/1)"),
            verdict("2026-11", "mixed", "[second](https://example.org/2)"),
        ];
        let body = [
            claim("old", &judged.concat()),
            claim("new", "said:: 2026-11-21\nsupersedes:: [it](claim:old) — newer"),
            claim("undated", ""),
            claim("later", "supersedes:: [it](claim:undated) — newer"),
            claim("due", "kind:: forecast\nsaid:: 2025\nresolves:: 2026-10"),
        ];
        let text = format!("---\ntitle: First\ndate: 2026-06-01\n---\n\n{}", body.concat());
        let site = Example::new(&[("content/articles/a.md", &text)]).render();
        let steps = |id: &str| site.page(&format!("claims/{id}/index.html")).words("ol.hist > li");
        assert_eq!(
            steps("old"),
            [
                "Replaced21 Nov 2026Statement new.",
                // The verdict with the latest date counts, and its reason is shown above the history. A month begins
                // on its first day.
                "Supported20 Nov 2026, by J. Doe",
                "MixedNov 2026, by J. Doesecond",
                "Entered in this book1 Jun 2026First",
                "SaidMay 2026",
            ]
        );
        assert_eq!(
            steps("undated"),
            ["ReplacedStatement later.", "Entered in this book1 Jun 2026First", "Saiddate unknown"]
        );
        assert_eq!(
            steps("due"),
            ["DeadlineOct 2026, passed", "Entered in this book1 Jun 2026First", "Said2025"]
        );
    }
}
