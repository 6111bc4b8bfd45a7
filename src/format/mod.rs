//! Writes the data of a book in each format: what is said is decided in [`crate::page`], how it is written here.

pub(crate) mod cite;
pub(crate) mod csv;
pub(crate) mod feed;
pub(crate) mod graph;
pub(crate) mod ics;
pub(crate) mod json;
pub(crate) mod llms;
pub(crate) mod metric_data;
pub(crate) mod names;
pub(crate) mod scores;
#[cfg(feature = "search")]
mod search;
pub(crate) mod sitemap;

#[cfg(feature = "search")]
pub use search::search_index;

/// Returns an empty tree, because the program was built without the feature `search`.
///
/// # Errors
/// Never returns an error.
#[cfg(not(feature = "search"))]
pub fn search_index<T>(
    _: &crate::page::Site<'_>,
    _: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> anyhow::Result<crate::output::OutputTree<T>> {
    Ok(crate::output::OutputTree::default())
}
