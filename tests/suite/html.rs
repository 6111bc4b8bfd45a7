//! Pages as a browser understands them: what they link to, what they load, what could run.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

/// A parsed page.
pub(crate) struct Page {
    html: Html,
}

impl Page {
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("pages are UTF-8");
        Self { html: Html::parse_document(text) }
    }

    /// The elements that a selector finds.
    pub(crate) fn find(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).expect("a selector");
        self.html.select(&selector).collect()
    }

    /// The values of an attribute, wherever it stands.
    pub(crate) fn values(&self, attribute: &str) -> Vec<&str> {
        self.find(&format!("[{attribute}]"))
            .into_iter()
            .filter_map(|element| element.value().attr(attribute))
            .collect()
    }

    /// Every `id`; panics where one stands twice.
    pub(crate) fn ids(&self, path: &str) -> BTreeSet<&str> {
        let mut ids = BTreeSet::new();
        for id in self.values("id") {
            assert!(ids.insert(id), "{path}: id `{id}` stands twice");
        }
        ids
    }

    /// What could run a script, or load or send something elsewhere. Scripts of the site itself and
    /// blocks of data are fine.
    pub(crate) fn dangers(&self) -> Vec<String> {
        self.find("*").into_iter().flat_map(dangers_of).collect()
    }
}

fn dangers_of(element: ElementRef<'_>) -> Vec<String> {
    let value = element.value();
    let mut dangers = Vec::new();
    let is_data = value.attr("type").is_some_and(|kind| kind.contains("json"));
    let is_banned = ["iframe", "object", "embed", "applet", "base", "style", "frame"].contains(&value.name());
    if is_banned || (value.name() == "script" && !is_data && value.attr("src").is_none()) {
        dangers.push(format!("<{}> {}", value.name(), element.html()));
    }
    for (name, text) in value.attrs() {
        let text: String =
            text.chars().filter(|character| *character > ' ').collect::<String>().to_lowercase();
        let runs = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| text.starts_with(scheme));
        let loads = matches!(
            name,
            "src" | "srcset" | "data" | "poster" | "background" | "action" | "formaction" | "style"
        );
        let is_elsewhere = text.contains("//") || name == "style";
        if name.starts_with("on") || runs || (loads && is_elsewhere) || name == "srcdoc" {
            dangers.push(format!("<{} {name}=\"{text}\">", value.name()));
        }
    }
    dangers
}
