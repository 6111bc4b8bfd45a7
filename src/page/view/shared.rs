//! Caches template values of constant texts. Views serialise the same statuses and kinds for thousands of claims,
//! and each of them is converted to a template value only once.

use std::sync::OnceLock;

use serde::{Serialize, Serializer};
use tera::{Map, Value};

/// A map of constant texts, which is converted to a template value when it is first serialised.
pub(super) struct Shared(OnceLock<Value>);

impl Shared {
    pub(super) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Serialises a map of `fields`, which must be equal in every call.
    pub(super) fn serialize<S: Serializer, const N: usize>(
        &self,
        fields: [(&'static str, &'static str); N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let map = || fields.into_iter().map(|(key, text)| (key.into(), text.into())).collect::<Map>();
        self.0.get_or_init(|| map().into()).serialize(serializer)
    }
}
