//! Speakers, metrics, sources and tags: what is known by name. An entity has a file of its own or
//! exists because something names it.

use std::collections::HashMap;

use crate::name;
use crate::source::Span;

use super::{ClaimIndex, DocumentIndex, Mention};

/// What sort of thing a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A person or organisation.
    Speaker,
    /// Something that is measured.
    Metric,
    /// A cited document.
    Source,
    /// A subject.
    Tag,
}

impl EntityKind {
    /// The word in messages and data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Metric => "metric",
            Self::Source => "source",
            Self::Tag => "tag",
        }
    }
}

/// Which of all entities of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityIndex {
    /// Its sort.
    pub kind: EntityKind,
    /// Its number among [`Entities`] of that sort.
    pub number: usize,
}

/// One of them.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// Its name or title.
    pub name: String,
    /// Its file.
    pub document: Option<DocumentIndex>,
    /// Of a metric, its unit: that of its file, else the one that most of its values have.
    pub unit: Option<String>,
    /// Where it was first named, or its file.
    pub span: Span,
    /// Claims: asserted by the speaker, of the metric, from the source, with the tag; the newest
    /// said first.
    pub claims: Vec<ClaimIndex>,
    /// Claims a speaker passed on, the newest said first.
    pub relayed: Vec<ClaimIndex>,
    /// Write-ups about the source, or with the tag.
    pub articles: Vec<DocumentIndex>,
    /// Links to it in prose.
    pub mentions: Vec<Mention>,
}

/// All entities of one sort, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    list: Vec<Entity>,
    by_name: HashMap<String, usize>,
}

impl Entities {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// None at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The one with this number.
    pub fn get(&self, number: usize) -> &Entity {
        &self.list[number]
    }

    /// The number of the one with this name, id or alias.
    pub fn find(&self, name: &str) -> Option<usize> {
        // As it is first written, a name is found without making an id of it.
        let found = self.by_name.get(name).or_else(|| self.by_name.get(&name::id_of(name)));
        found.copied()
    }

    /// The one with this name, changeable.
    pub(super) fn get_mut(&mut self, number: usize) -> &mut Entity {
        &mut self.list[number]
    }

    /// All of them, changeable.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entity> {
        self.list.iter_mut()
    }

    /// Add one with its other names, unless its id is taken.
    pub(super) fn add(&mut self, id: String, name: &str, span: Span, document: Option<DocumentIndex>) {
        if self.by_name.contains_key(&id) || id.is_empty() {
            return;
        }
        self.by_name.insert(id.clone(), self.list.len());
        if name != id && name::id_of(name) == id {
            self.by_name.insert(name.to_owned(), self.list.len());
        }
        self.list.push(Entity {
            id,
            name: name.to_owned(),
            document,
            unit: None,
            span,
            claims: Vec::new(),
            relayed: Vec::new(),
            articles: Vec::new(),
            mentions: Vec::new(),
        });
    }

    /// Let another name stand for an entity; the one that has the name already, if there is one.
    pub(super) fn add_alias(&mut self, id: &str, alias: &str) -> Option<&Entity> {
        let &number = self.by_name.get(id)?;
        let holder = *self.by_name.entry(name::id_of(alias)).or_insert(number);
        (holder != number).then(|| &self.list[holder])
    }

    /// Sort by id and number anew: after all are added, before any is referred to.
    pub(super) fn sort(&mut self) {
        let old: Vec<String> = self.list.iter().map(|entity| entity.id.clone()).collect();
        self.list.sort_by(|a, b| a.id.cmp(&b.id));
        let new: HashMap<&str, usize> =
            self.list.iter().enumerate().map(|(number, entity)| (entity.id.as_str(), number)).collect();
        #[expect(clippy::iter_over_hash_type, reason = "each value is replaced by itself, in any order")]
        for number in self.by_name.values_mut() {
            *number = new[old[*number].as_str()];
        }
    }
}
