//! Writes Atom feeds (RFC 4287).

use anyhow::Result;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::config::Config;
use crate::date::PartialDate;
use crate::page::{Feed, FeedEntry};

/// Returns a feed as Atom. Ids of entries are `tag:` URIs (RFC 4151), which stay the same when titles and texts
/// change.
pub(crate) fn atom(feed: &Feed, config: &Config) -> Result<Vec<u8>> {
    let base = &config.base_url;
    let newest = feed.entries.iter().map(|entry| entry.updated.last_day()).max();
    let updated = newest.map_or_else(|| config.today.into(), PartialDate::from);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = writer
        .create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .with_attribute(("xml:lang", config.language.as_str()));
    root.write_inner_content(|writer| {
        text(writer, "id", &base.absolute(&feed.path))?;
        text(writer, "title", &feed.title)?;
        text(writer, "updated", &time(updated))?;
        link(writer, "self", "application/atom+xml", &base.absolute(&feed.path))?;
        link(writer, "alternate", "text/html", &base.absolute(&feed.page))?;
        let author = if config.author.is_empty() { &config.title } else { &config.author };
        authors(writer, std::slice::from_ref(author))?;
        feed.entries.iter().try_for_each(|feed_entry| entry(writer, feed_entry, config))
    })?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

type Xml = Writer<Vec<u8>>;
type FeedXml = std::io::Result<()>;

fn entry(writer: &mut Xml, entry: &FeedEntry, config: &Config) -> FeedXml {
    let base = &config.base_url;
    let address = base.absolute(&entry.path);
    writer.create_element("entry").write_inner_content(|writer| {
        let host = base.host().split(':').next().unwrap_or_default();
        text(
            writer,
            "id",
            &format!(
                "tag:{host},{}:{}",
                entry.published.year(),
                format_args!("{}/{}", base.path(), entry.key)
            ),
        )?;
        text(writer, "title", &entry.title)?;
        text(writer, "published", &time(entry.published))?;
        text(writer, "updated", &time(entry.updated))?;
        link(writer, "alternate", "text/html", &address)?;
        authors(writer, &entry.authors)?;
        if !entry.summary.is_empty() {
            text(writer, "summary", &entry.summary)?;
        }
        if entry.content.is_empty() {
            return Ok(());
        }
        let content = BytesText::new(&printable(&entry.content)).into_owned();
        writer.create_element("content").with_attribute(("type", "html")).write_text_content(content)?;
        Ok(())
    })?;
    Ok(())
}

fn text(writer: &mut Xml, name: &str, content: &str) -> FeedXml {
    writer.create_element(name).write_text_content(BytesText::new(&printable(content)))?;
    Ok(())
}

fn link(writer: &mut Xml, relation: &str, media_type: &str, address: &str) -> FeedXml {
    writer
        .create_element("link")
        .with_attribute(("rel", relation))
        .with_attribute(("type", media_type))
        .with_attribute(("href", address))
        .write_empty()?;
    Ok(())
}

fn authors(writer: &mut Xml, names: &[String]) -> FeedXml {
    for name in names {
        writer.create_element("author").write_inner_content(|writer| text(writer, "name", name))?;
    }
    Ok(())
}

/// Returns a date in the format of RFC 3339: midnight UTC of the first day of the date.
fn time(date: PartialDate) -> String {
    format!("{}T00:00:00Z", date.first_day())
}

/// Removes control characters (except tab and line feed), U+FFFE and U+FFFF, because XML 1.0 does not allow most
/// of them.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control() || matches!(character, '\t' | '\n'))
        .filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}'))
        .collect()
}
