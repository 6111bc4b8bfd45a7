//! Filters for templates that write small pieces of markup: status marks, dates, names. Each page contains dozens
//! of these. A filter costs a fraction of a component, because Tera creates a new scope for each call of a
//! component.

use tera::value::Key;
use tera::{Error, Kwargs, Map, State, StringInput, Tera, TeraResult, Value, escape_html};

use crate::chart::{draw_meter, draw_shares};
use crate::config::BaseUrl;
use crate::date::PartialDate;
use crate::html::escape;
use crate::texts::TEXTS;

/// Registers the filters of the theme. Must be called before templates are added.
pub(super) fn register(tera: &mut Tera, base_url: BaseUrl) {
    tera.register_filter("address", move |path: &str, _: Kwargs, _: &State<'_>| base_url.address(path));
    tera.register_filter("glyph", |name: &str, _: Kwargs, _: &State<'_>| {
        let mut html = Html::new();
        html.markup("<i class=\"g g-").text(name)?.markup("\"></i>");
        html.done()
    });
    tera.register_filter("status", |mark: &Map, _: Kwargs, _: &State<'_>| {
        let glyph = text(mark, "glyph")?;
        let mut html = Html::new();
        html.markup("<span class=\"st s-").text(glyph)?.markup("\">");
        html.text(text(mark, "word")?)?.markup("</span>");
        html.done()
    });
    tera.register_filter("kind", |kind: &Map, _: Kwargs, _: &State<'_>| {
        let mut html = Html::new();
        html.markup("<span class=\"kind g-").text(text(kind, "key")?)?.markup("\">");
        html.text(text(kind, "word")?)?.markup("</span>");
        html.done()
    });
    tera.register_filter("meter", |probability: &str, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&draw_meter(&escape(probability)))
    });
    tera.register_filter("words", |date: &str, _: Kwargs, _: &State<'_>| Ok(self::date(date)?.words()));
    tera.register_filter("day", |date: &str, _: Kwargs, _: &State<'_>| {
        let mut html = Html::new();
        html.markup("<time datetime=\"").text(date)?.markup("\">");
        html.markup(&self::date(date)?.words()).markup("</time>");
        html.done()
    });
    tera.register_filter("status_bar", |counts: &[Value], _: Kwargs, _: &State<'_>| status_bar(counts));
    tera.register_filter("names", |links: &[Value], _: Kwargs, _: &State<'_>| names(links));
    tera.register_filter("numbers", |text: &str, _: Kwargs, _: &State<'_>| unbroken_numbers(text));
    tera.register_filter("bdi", |name: &str, _: Kwargs, _: &State<'_>| {
        let mut html = Html::new();
        html.markup("<bdi>").text(name)?.markup("</bdi>");
        html.done()
    });
    tera.register_filter("link", |text: StringInput<'_>, arguments: Kwargs, state: &State<'_>| {
        let mut html = Html::new();
        html.markup("<a href=\"").text(arguments.must_get("url")?)?.markup("\">");
        html.markup(&text.rendered(state)?).markup("</a>");
        html.done()
    });
}

/// Returns numbers of claims by status as a bar, and as words below it. A word is a link if there is a list of its
/// claims.
fn status_bar(counts: &[Value]) -> TeraResult<Value> {
    let parts = counts.iter().map(|part| {
        let part = part.as_map()?;
        let count = part.get(&Key::Str("count"))?.as_u64()?;
        let mark = part.get(&Key::Str("mark"))?.as_map()?;
        Some((mark, count, part.get(&Key::Str("url")).and_then(Value::as_str)))
    });
    let parts: Option<Vec<_>> = parts.collect();
    let parts = parts.ok_or_else(|| {
        Error::message("this filter needs a list of numbers by status, such as the `counts` of a write-up")
    })?;
    let shares: TeraResult<Vec<(&str, u64)>> =
        parts.iter().map(|(mark, count, _)| Ok((text(mark, "glyph")?, *count))).collect();
    let mut html = Html::new();
    html.markup(&draw_shares(&shares?)).markup("<ul class=\"tally\">");
    for (mark, count, url) in &parts {
        html.markup("<li class=\"st s-").text(text(mark, "glyph")?)?.markup("\">");
        let words = format!("<b>{count}</b> {}", escape(&text(mark, "word")?.to_lowercase()));
        match url {
            Some(url) => html.markup("<a href=\"").text(url)?.markup("\">").markup(&words).markup("</a>"),
            None => html.markup("<span>").markup(&words).markup("</span>"),
        };
        html.markup("</li>");
    }
    html.markup("</ul>").done()
}

/// Returns text in which no line ends inside a number with its word, such as `51.91-fold`. A browser breaks lines
/// after hyphens.
fn unbroken_numbers(text: &str) -> TeraResult<Value> {
    let mut html = Html::new();
    for (position, word) in text.split(' ').enumerate() {
        html.markup(if position > 0 { " " } else { "" });
        let is_number = word.starts_with(|first: char| first.is_ascii_digit()) && word.contains(['-', '–']);
        if is_number && word.len() <= 24 {
            html.markup("<span class=\"nb\">").text(word)?.markup("</span>");
        } else {
            html.text(word)?;
        }
    }
    html.done()
}

/// Returns links as a list in words: `A`, `A and B`, or `A, B and C`.
fn names(links: &[Value]) -> TeraResult<Value> {
    let mut html = Html::new();
    for (number, link) in links.iter().enumerate() {
        let link = link.as_map().ok_or_else(|| {
            Error::message("this filter needs a list of links, such as the speakers of a claim")
        })?;
        html.markup(match number {
            0 => "",
            _ if number + 1 == links.len() => TEXTS.list.and(),
            _ => ", ",
        });
        html.markup("<a href=\"").text(text(link, "url")?)?.markup("\">");
        html.text(text(link, "text")?)?.markup("</a>");
    }
    html.done()
}

fn date(text: &str) -> TeraResult<PartialDate> {
    PartialDate::parse(text).ok_or_else(|| {
        Error::message(format!("this filter needs a date such as `2026-05-20`, and this is `{text}`"))
    })
}

fn text<'m>(map: &'m Map, key: &'static str) -> TeraResult<&'m str> {
    let value = map.get(&Key::Str(key)).and_then(Value::as_str);
    value.ok_or_else(|| {
        Error::message(format!("this filter needs a value with `{key}`, and this one has none"))
    })
}

/// A piece of HTML that is being written.
pub(super) struct Html(Vec<u8>);

impl Html {
    /// Allocates enough bytes for most pieces.
    pub(super) fn new() -> Self {
        Self(Vec::with_capacity(192))
    }

    pub(super) fn markup(&mut self, markup: &str) -> &mut Self {
        self.0.extend_from_slice(markup.as_bytes());
        self
    }

    pub(super) fn text(&mut self, text: &str) -> TeraResult<&mut Self> {
        escape_html(text, &mut self.0)?;
        Ok(self)
    }

    pub(super) fn done(&self) -> TeraResult<Value> {
        let html = std::str::from_utf8(&self.0).map_err(|_| Error::message("this is no UTF-8"))?;
        Ok(Value::safe_string(html))
    }
}
