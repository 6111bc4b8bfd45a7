//! Claims and documents that are left out without `--drafts`, so that messages about links to them can say so.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::document::{Document, DocumentKind};

/// The drafts and proposed claims that a book leaves out.
#[derive(Debug, Default)]
pub struct LeftOut {
    /// Ids of claims that are only proposed.
    proposed: HashSet<String>,
    /// Path of the draft that has a file, write-up or claim, by kind and name, such as `("claim", "pace")`.
    drafts: HashMap<(&'static str, String), String>,
}

impl LeftOut {
    /// Adds a draft with everything in it.
    pub fn add_draft(&mut self, document: &Document) {
        let mut add = |kind: &'static str, name: &str| {
            self.drafts.entry((kind, name.to_owned())).or_insert_with(|| document.path.clone());
        };
        add("file", &document.path);
        if document.kind == DocumentKind::Article {
            add("write-up", &document.id);
        }
        document.claims.iter().for_each(|claim| add("claim", &claim.id.value));
    }

    /// Adds proposed claims by their ids.
    pub fn add_proposed(&mut self, ids: impl IntoIterator<Item = String>) {
        self.proposed.extend(ids);
    }

    /// Rewrites the diagnostic of a link to an unknown name if the name is that of something that is left out.
    pub(super) fn explain(&self, kind: &'static str, name: &str, mut problem: Diagnostic) -> Diagnostic {
        if kind == "claim" && self.proposed.contains(name) {
            let help = format!("`{name}` is proposed: review it and delete its `proposed`, or use --drafts");
            problem.help = vec![help];
        } else if let Some(path) = self.drafts.get(&(kind, name.to_owned())) {
            problem.message = match kind {
                "file" => format!("`{name}` is a draft"),
                "claim" => format!("the claim `{name}` is in a draft"),
                kind => format!("the {kind} `{name}` is a draft"),
            };
            problem.help = vec![format!("publish it by deleting `draft: true` in `{path}`, or use --drafts")];
        }
        problem
    }
}
