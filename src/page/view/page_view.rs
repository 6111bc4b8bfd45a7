//! What a view says about its page: template, section, title and description. So the plan of files only adds the
//! path, and a page cannot be rendered with the template or under the title of another.

use serde::Serialize;

use crate::graph::{ClaimIndex, EntityKind};

/// The view of a page: everything that its template sees, and what the head of the page says.
pub trait PageView: Serialize {
    /// The template of the page. Each template has one type of view, and each type one template.
    const TEMPLATE: Template;

    /// The section of the navigation that the page belongs to, if any.
    fn section(&self) -> Option<Section> {
        None
    }

    /// The title as plain text, without the title of the site; empty on the home page. The plan adds the number of
    /// the page in a list.
    fn title(&self) -> String;

    /// The description for search engines and link previews. If it is empty, the description of the site is used.
    fn description(&self) -> String {
        String::new()
    }

    /// Whether the page has a chart.
    fn has_chart(&self) -> bool {
        false
    }

    /// The claims whose rows the page shows. Rows are rendered once for all pages that show them.
    fn rows(&self) -> &[ClaimIndex] {
        &[]
    }

    /// The claims whose rows the page shows in a second table.
    fn other_rows(&self) -> &[ClaimIndex] {
        &[]
    }
}

/// A built-in template of a page. It can only be made by the macro `template!`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template(pub(super) &'static str);

impl Template {
    /// Name of the file in `templates/`.
    pub const fn file(self) -> &'static str {
        self.0
    }
}

/// Makes a [`Template`] from the name of a file in `templates/`. A name without a file does not compile.
macro_rules! template {
    ($file:literal) => {{
        const _: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $file));
        $crate::page::view::Template($file)
    }};
}

pub(super) use template;

/// A section of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Write-ups.
    Articles,
    /// Claims.
    Claims,
    /// Forecasts and questions.
    Forecasts,
    /// Metrics.
    Metrics,
    /// People and organisations.
    Speakers,
}

impl Section {
    /// The word by which templates know the section.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Claims => "claims",
            Self::Forecasts => "forecasts",
            Self::Metrics => "metrics",
            Self::Speakers => "speakers",
        }
    }

    /// Whether the navigation links to the page at this path. The path of the section's main page is its key.
    pub fn is_at(self, path: &str) -> bool {
        path.strip_suffix('/') == Some(self.key())
    }

    /// The section of the pages of a kind of entities. Tags and sources are in no section.
    pub const fn of(kind: EntityKind) -> Option<Self> {
        match kind {
            EntityKind::Speaker => Some(Self::Speakers),
            EntityKind::Metric => Some(Self::Metrics),
            EntityKind::Tag | EntityKind::Source => None,
        }
    }
}
