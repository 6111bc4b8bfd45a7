//! Computes the [`Outline`] of a document: digests of everything that the rest of the book reads from it.
//! Comparing them with the digests of an earlier text of the file shows whether other pages may have changed. The
//! digests do not cover prose or positions in it, because other pages do not depend on them.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Claim, Document, DocumentKind, FrontMatter};

/// Digests of the parts of a document that the rest of the book reads. They are equal in all runs of one version
/// of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Outline {
    /// Digest of everything that links, statuses and the table of files depend on.
    pub structure: u64,
    /// Digest of the claims with all their texts, which lints read and pages show.
    pub claims: u64,
    /// Digest of the front matter and, for all files except write-ups and own pages, of the first sentence. Other
    /// pages show them.
    pub head: u64,
}

impl Document {
    /// Computes the outline of the document.
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
            // Claims refer to entities by their titles, and the footer of every page can list own pages.
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

/// Hashes the front matter of a write-up without the fields that only pages show. Authors are included, because
/// lints read their names. The pattern names all fields, so that the compiler reports a new one.
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

/// Hashes a claim without the texts that only lints and pages read. Names of reviewers are included, because they
/// are compared with names of speakers.
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
