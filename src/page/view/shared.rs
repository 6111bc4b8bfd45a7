//! Views say the same of thousands of claims: that one is supported, that one is a forecast. What is said in
//! the same words is made into a value for templates once.

use std::sync::OnceLock;

use serde::{Serialize, Serializer};
use tera::{Map, Value};

/// A map of texts that never change, made when it is first shown.
pub(super) struct Shared(OnceLock<Value>);

impl Shared {
    pub(super) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// The map of these fields, which are the same each time.
    pub(super) fn serialize<S: Serializer, const N: usize>(
        &self,
        fields: [(&'static str, &'static str); N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let map = || fields.into_iter().map(|(key, text)| (key.into(), text.into())).collect::<Map>();
        self.0.get_or_init(|| map().into()).serialize(serializer)
    }
}
