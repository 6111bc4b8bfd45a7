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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, claim};

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).expect("a date")
    }

    #[test]
    fn a_feed_is_atom_with_permanent_ids() {
        let settings =
            "title = \"The <book>\"\nbase_url = \"https://example.org:8080/b/\"\nlanguage = \"de\"\n";
        let example = Example::new(&[("site.toml", settings)]);
        let entry = FeedEntry {
            key: "articles/a/".to_owned(),
            title: "A & \u{7}B".to_owned(),
            path: "articles/a/".to_owned(),
            published: date("2025-03"),
            updated: date("2026-01-02"),
            summary: String::new(),
            content: "<p>Text</p>".to_owned(),
            authors: vec!["Jane Doe".to_owned()],
        };
        let feed = Feed {
            title: "The <book>".to_owned(),
            path: "feed.xml".to_owned(),
            page: String::new(),
            entries: vec![entry],
        };
        let text = String::from_utf8(atom(&feed, &example.config).expect("XML")).expect("UTF-8");
        let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">
 <id>https://example.org:8080/b/feed.xml</id>
 <title>The &lt;book&gt;</title>
 <updated>2026-01-02T00:00:00Z</updated>
 <link rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org:8080/b/feed.xml\"/>
 <link rel=\"alternate\" type=\"text/html\" href=\"https://example.org:8080/b/\"/>
 <author>
  <name>The &lt;book&gt;</name>
 </author>
 <entry>
  <id>tag:example.org,2025:/b/articles/a/</id>
  <title>A &amp; B</title>
  <published>2025-03-01T00:00:00Z</published>
  <updated>2026-01-02T00:00:00Z</updated>
  <link rel=\"alternate\" type=\"text/html\" href=\"https://example.org:8080/b/articles/a/\"/>
  <author>
   <name>Jane Doe</name>
  </author>
  <content type=\"html\">&lt;p&gt;Text&lt;/p&gt;</content>
 </entry>
</feed>
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_feed_without_entries_is_of_the_day() {
        let example = Example::of_article(&claim("pace", ""));
        let text = atom(&example.site().verdict_feed(), &example.config).expect("XML");
        let text = String::from_utf8(text).expect("UTF-8");
        assert!(
            text.contains("<updated>2026-11-22T00:00:00Z</updated>") && !text.contains("<entry>"),
            "{text}"
        );
    }
}
