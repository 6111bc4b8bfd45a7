//! Defines entities: the speakers, metrics, sources and tags that texts refer to by name. An entity has a file of
//! its own, or exists because a text names it.

use std::collections::HashMap;

use crate::name;
use crate::source::Span;

use super::{ClaimIndex, DocumentIndex, Mention};

/// Kind of an entity.
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
    /// Returns the kind as a word for messages and exported data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Metric => "metric",
            Self::Source => "source",
            Self::Tag => "tag",
        }
    }
}

/// Index of an entity in its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntityIndex {
    /// Kind of the entity.
    pub kind: EntityKind,
    /// Index of the entity in the [`Entities`] of its kind.
    pub index: usize,
}

/// A speaker, metric, source or tag.
#[derive(Debug, Clone)]
pub struct Entity {
    /// Id of the entity.
    pub id: String,
    /// Name or title of the entity.
    pub name: String,
    /// Document in the entity's own file, if it has one.
    pub document: Option<DocumentIndex>,
    /// Unit of a metric: the unit in its file, otherwise the most frequent unit of its values. Always `None` for
    /// other kinds.
    pub unit: Option<String>,
    /// Position of the title in the entity's own file, otherwise the position where the entity is first named.
    pub span: Span,
    /// Claims asserted by the speaker, about the metric, from the source or with the tag, in the order of
    /// [`claim_sort_key`](super::claim_sort_key).
    pub claims: Vec<ClaimIndex>,
    /// Claims that a speaker reported (`via`), in the order of [`claim_sort_key`](super::claim_sort_key).
    pub relayed_claims: Vec<ClaimIndex>,
    /// Documents whose front matter names the source or the tag.
    pub articles: Vec<DocumentIndex>,
    /// Links to the entity in prose.
    pub mentions: Vec<Mention>,
}

/// All entities of one kind, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Entities {
    list: Vec<Entity>,
    by_name: HashMap<String, usize>,
}

impl Entities {
    /// Iterates over all entities, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = &Entity> {
        self.list.iter()
    }

    /// Returns the number of entities.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no entities.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the entity with this index.
    pub fn get(&self, index: usize) -> &Entity {
        &self.list[index]
    }

    /// Returns the index of the entity with this name, id or alias.
    pub fn find(&self, name: &str) -> Option<usize> {
        // The name as it was first written is a key of the map, so this lookup usually succeeds and no id is
        // computed.
        let found = self.by_name.get(name).or_else(|| self.by_name.get(&name::id_of(name)));
        found.copied()
    }

    /// Returns a mutable reference to the entity with this index.
    pub(super) fn get_mut(&mut self, index: usize) -> &mut Entity {
        &mut self.list[index]
    }

    /// Iterates over mutable references to all entities.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entity> {
        self.list.iter_mut()
    }

    /// Adds an entity, unless its id is empty or another entity already has it.
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
            relayed_claims: Vec::new(),
            articles: Vec::new(),
            mentions: Vec::new(),
        });
    }

    /// Adds an alias to the entity with this id. Returns the entity that already has the alias, if it is another
    /// one.
    pub(super) fn add_alias(&mut self, id: &str, alias: &str) -> Option<&Entity> {
        let &index = self.by_name.get(id)?;
        let owner = *self.by_name.entry(name::id_of(alias)).or_insert(index);
        (owner != index).then(|| &self.list[owner])
    }

    /// Sorts the entities by id and updates the indices in the map. It must run after the last entity is added and
    /// before any index is stored elsewhere.
    pub(super) fn sort(&mut self) {
        let old: Vec<String> = self.list.iter().map(|entity| entity.id.clone()).collect();
        self.list.sort_by(|a, b| a.id.cmp(&b.id));
        let new: HashMap<&str, usize> =
            self.list.iter().enumerate().map(|(index, entity)| (entity.id.as_str(), index)).collect();
        #[expect(clippy::iter_over_hash_type, reason = "each value is replaced independently of the others")]
        for index in self.by_name.values_mut() {
            *index = new[old[*index].as_str()];
        }
    }
}
