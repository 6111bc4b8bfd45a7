//! Defines entities: the speakers, metrics, sources and tags that texts refer to by name. An entity has a file of
//! its own, or exists because a text names it.

use std::collections::HashMap;

use crate::name;
use crate::source::Span;

use super::{ClaimIndex, DocumentIndex, Mention};

/// Kind of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    #[test]
    fn claims_and_entities_are_linked_in_both_directions() {
        let claims = [
            claim(
                "own",
                "kind:: measurement\nby:: Doe Lab\nby:: Jane\nvia:: The Paper\nmetric:: Pace\nsource:: letter\ntags:: speed\nsaid:: 2025",
            ),
            claim("plain", "by:: jane\nsaid:: 2026"),
        ];
        let text = "---\ntitle: A\nsource: report\ntags: [coding]\n---\n\n\
                    [a](speaker:jane), [b](metric:pace), [c](source:report), [d](tag:coding).\n\n";
        let example = Example::new(&[
            ("content/articles/a.md", &(text.to_owned() + &claims.concat())),
            ("content/sources/letter.md", "---\ntitle: A letter\n---\n"),
            ("content/sources/report.md", "---\ntitle: A report\n---\n"),
            ("content/speakers/lab.md", "---\nname: The Lab\naliases: [Doe Lab]\n---\n"),
        ]);
        let book = &example.book;
        let (own, plain) = (book.node(example.index("own")), book.node(example.index("plain")));
        let of = |kind: EntityKind, name: &str| {
            let entities = book.entities(kind);
            let index = entities.find(name).unwrap_or_else(|| panic!("{name} is unknown"));
            (index, entities.get(index))
        };
        let check = |kind, name, id: &str, claims: &[&str], mentions: usize| {
            let entity = of(kind, name).1;
            assert_eq!(entity.id, id);
            assert_eq!(example.ids(entity.claims.iter().copied()), claims, "claims of {name}");
            assert_eq!(entity.mentions.len(), mentions, "mentions of {name}");
        };
        check(EntityKind::Speaker, "Doe Lab", "lab", &["own"], 0);
        check(EntityKind::Speaker, "The Lab", "lab", &["own"], 0);
        // The claims of an entity are sorted by date, newest first.
        check(EntityKind::Speaker, "Jane", "jane", &["plain", "own"], 1);
        check(EntityKind::Speaker, "The Paper", "the-paper", &[], 0);
        check(EntityKind::Metric, "Pace", "pace", &["own"], 1);
        check(EntityKind::Source, "letter", "letter", &["own"], 0);
        check(EntityKind::Source, "report", "report", &["plain"], 1);
        check(EntityKind::Tag, "speed", "speed", &["own"], 0);
        check(EntityKind::Tag, "coding", "coding", &["plain", "own"], 1);
        let (paper, relayed) = of(EntityKind::Speaker, "The Paper");
        assert_eq!(example.ids(relayed.relayed_claims.iter().copied()), ["own"]);
        let number = |kind, name| of(kind, name).0;
        assert_eq!(own.by, [number(EntityKind::Speaker, "The Lab"), number(EntityKind::Speaker, "Jane")]);
        assert_eq!((own.via, plain.via), (Some(paper), None));
        assert_eq!(own.metric, Some(number(EntityKind::Metric, "pace")));
        assert_eq!(own.source, Some(number(EntityKind::Source, "letter")));
        assert_eq!(plain.source, Some(number(EntityKind::Source, "report")));
        assert_eq!(own.tags, [number(EntityKind::Tag, "coding"), number(EntityKind::Tag, "speed")]);
        assert_eq!(of(EntityKind::Source, "report").1.articles.len(), 1);
        assert_eq!(of(EntityKind::Tag, "coding").1.articles.len(), 1);
        assert_eq!(of(EntityKind::Tag, "speed").1.articles.len(), 0);
    }

    #[test]
    fn entities_are_sorted_by_id_and_found_by_every_name() {
        let body = claim("one", "by:: Zoë\nby:: Ann\nby:: Bob Roe");
        let example = Example::new(&[
            ("content/articles/a.md", &article(&body)),
            ("content/speakers/m.md", "---\nname: Mia\naliases: [Ann, Annie]\n---\n"),
        ]);
        let speakers = example.book.speakers();
        let ids: Vec<&str> = speakers.iter().map(|speaker| speaker.id.as_str()).collect();
        assert_eq!(ids, ["bob-roe", "m", "zoe"]);
        for (name, expected) in
            [("m", "m"), ("Mia", "m"), ("Annie", "m"), ("ANN", "m"), ("Zoe", "zoe"), ("bob roe", "bob-roe")]
        {
            let found = speakers.find(name).map(|index| speakers.get(index).id.as_str());
            assert_eq!(found, Some(expected), "{name}");
        }
        assert_eq!(speakers.find("Bob"), None);
    }
}
