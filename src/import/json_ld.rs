//! Reads the JSON-LD scripts of a page, and returns the properties of its article.

use serde_json::Value;

/// Types of <https://schema.org> that describe an article.
const ARTICLES: &[&str] = &[
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReportageNewsArticle",
    "BackgroundNewsArticle",
    "LiveBlogPosting",
    "SocialMediaPosting",
];

/// Properties of the first article in the JSON-LD of a page. A property that is missing there is empty.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
}

/// Reads the scripts of a page. Scripts that are not valid JSON are skipped.
pub(super) fn article(scripts: &[String]) -> Article {
    let roots: Vec<Value> =
        scripts.iter().filter_map(|script| serde_json::from_str(script.trim()).ok()).collect();
    let nodes: Vec<&Value> = roots.iter().flat_map(nodes).collect();
    let Some(article) = nodes.iter().find(|node| is_article(node)) else { return Article::default() };
    let text = |key: &str| article.get(key).and_then(|value| texts(value, &nodes).into_iter().next());
    Article {
        title: text("headline").or_else(|| text("name")),
        authors: article.get("author").map(|value| texts(value, &nodes)).unwrap_or_default(),
        publisher: text("publisher"),
        published: text("datePublished"),
        url: text("url").or_else(|| article.get("mainEntityOfPage").and_then(id_of)),
    }
}

/// The nodes of a JSON value: the value itself and the nodes in its `@graph`; for a list, the nodes of its items.
fn nodes(root: &Value) -> Vec<&Value> {
    match root {
        Value::Array(items) => items.iter().flat_map(nodes).collect(),
        Value::Object(map) => {
            let graph = map.get("@graph").and_then(Value::as_array).into_iter().flatten();
            std::iter::once(root).chain(graph).collect()
        }
        _ => Vec::new(),
    }
}

fn is_article(node: &Value) -> bool {
    let is_known = |value: &Value| value.as_str().is_some_and(|name| ARTICLES.contains(&name));
    match node.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is_known),
        Some(one) => is_known(one),
        None => false,
    }
}

/// The texts of a JSON value: a string itself; for an object its `name`, or the `name` of the node to which its
/// `@id` refers; for a list, the texts of its items.
fn texts(value: &Value, nodes: &[&Value]) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => {
            items.iter().filter(|item| !item.is_array()).flat_map(|item| texts(item, nodes)).collect()
        }
        Value::Object(map) => {
            let own = map.get("name").and_then(Value::as_str);
            let id = map.get("@id").and_then(Value::as_str);
            let meant =
                || nodes.iter().find(|node| id.is_some() && node.get("@id").and_then(Value::as_str) == id);
            let name = own.or_else(|| meant()?.get("name")?.as_str());
            name.map(str::to_owned).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn id_of(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get("@id")?.as_str()).map(str::to_owned)
}
