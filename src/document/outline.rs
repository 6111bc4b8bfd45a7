//! What the rest of the book can see of a document: an [`Outline`] consists of digests, to be compared with those
//! of an earlier text of the same file. Neither digest covers prose or positions, because other pages do not depend
//! on them.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Claim, Document, DocumentKind, FrontMatter};

/// Digests of what a document tells the rest of the book; the same in all runs of one program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outline {
    /// What links, statuses and the table of files are made of.
    pub structure: u64,
    /// Its claims with all their words: lints read them, and pages show them.
    pub claims: u64,
    /// What only pages show: its title, its summary, its first sentence.
    pub head: u64,
}

impl Document {
    /// Its outline.
    pub fn outline(&self) -> Outline {
        let digest = |hash: &dyn Fn(&mut DefaultHasher)| {
            let mut hasher = DefaultHasher::new();
            hash(&mut hasher);
            hasher.finish()
        };
        let is_prose = matches!(self.kind, DocumentKind::Article | DocumentKind::Page);
        Outline {
            structure: digest(&|hasher| self.hash_structure(hasher)),
            claims: digest(&|hasher| self.claims.hash(hasher)),
            head: digest(&|hasher| {
                self.front_matter.hash(hasher);
                if !is_prose {
                    self.lead.hash(hasher);
                }
            }),
        }
    }

    fn hash_structure(&self, hasher: &mut DefaultHasher) {
        (&self.path, self.kind, &self.id).hash(hasher);
        match self.kind {
            DocumentKind::Article => hash_front_matter(&self.front_matter, hasher),
            // Titles of entities are names, those of own pages stand below every page.
            _ => self.front_matter.hash(hasher),
        }
        self.claims.len().hash(hasher);
        self.claims.iter().for_each(|claim| hash_claim(claim, hasher));
        self.stray_facts.hash(hasher);
        self.unread.hash(hasher);
        self.directions.hash(hasher);
        for heading in &self.headings {
            heading.id.hash(hasher);
        }
        self.raw_html.hash(hasher);
        for reference in &self.references {
            (&reference.target, reference.role).hash(hasher);
        }
    }
}

/// The front matter of a write-up without what only pages show. Lints read the names of authors. All fields are named, so that a new one is
/// not forgotten.
fn hash_front_matter(front_matter: &FrontMatter, hasher: &mut DefaultHasher) {
    let FrontMatter {
        span,
        is_broken,
        comments,
        title: _,
        summary: _,
        date,
        updated,
        authors,
        tags,
        source,
        is_draft,
        aliases,
        allow,
        sort,
        url,
        unit,
        better,
        scale,
        source_facts,
    } = front_matter;
    (span, is_broken, comments, date, updated, authors, tags, source, is_draft).hash(hasher);
    (aliases, allow, sort, url, unit, better, scale, source_facts).hash(hasher);
}

/// A claim without words that only lints and pages read. Names of reviewers are compared with those of speakers.
fn hash_claim(claim: &Claim, hasher: &mut DefaultHasher) {
    let Claim {
        id,
        form,
        span,
        is_broken,
        statement: _,
        quote: _,
        seen,
        kind,
        by,
        via,
        said,
        as_of,
        source,
        tags,
        metric,
        subject,
        value,
        method,
        probability,
        resolves,
        question,
        criteria: _,
        condition: _,
        expects,
        relations,
        evidence: _,
        verdicts,
        aliases,
        allow,
        is_proposed,
    } = claim;
    (id, form, span, is_broken, kind, by, via, said, as_of, source, tags).hash(hasher);
    (metric, subject, value, method, probability, resolves, question, expects).hash(hasher);
    (relations.len(), verdicts.len(), aliases, allow, is_proposed).hash(hasher);
    for relation in relations {
        (relation.kind, &relation.target).hash(hasher);
    }
    for verdict in verdicts {
        (&verdict.date, &verdict.word, &verdict.by).hash(hasher);
    }
    seen.as_ref().map(|seen| &seen.by).hash(hasher);
}
