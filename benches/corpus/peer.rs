//! How is the book written for Hugo and for Zola? One page for each write-up and one for each claim, as
//! plain Markdown, with the configuration and the templates in the folders `hugo` and `zola` beside this
//! file.
//!
//! What the others are asked for is far less than what claimbook makes of the book: write-ups, claims with
//! backlinks and relations both ways, lists and tags of 50 a page, a feed, a site map. They get no speakers,
//! metrics, sources, questions, statuses, scores, charts, data files or feeds of tags, so that nobody can
//! say they were given work which does not suit them. Claims stand in the write-up with their statement and
//! quotation. Claimbook shows with each backlink the sentence that links; the others show the title.
//!
//! Hugo: ordinary links that nothing has to resolve, no shortcodes or render hooks, one index of mentions
//! and relations made once (`partialCached`), no redirects from `page/1/`, a feed for the home page only.
//! Zola: its own `page.backlinks`, which needs its `@/` links; a relation read backwards is one of these,
//! without its kind, for looking up the other page costs Zola a copy of that page. No search index, no
//! highlighting, no Sass, a feed of 20.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;
use include_dir::{Dir, include_dir};

use crate::book::{Book, Claim, Fact, Piece, WriteUp};

pub(crate) struct Peer {
    /// Configuration and templates.
    files: Dir<'static>,
    /// Address of a claim's page in Markdown.
    link: fn(&str) -> String,
    front_matter: FrontMatter,
    /// Every folder below a section must say that its pages belong to the section.
    folder_page: Option<fn(&str) -> &'static str>,
}

struct FrontMatter {
    write_up: fn(&WriteUp) -> String,
    claim: fn(&Claim, &str) -> String,
}

pub(crate) const HUGO: Peer = Peer {
    files: include_dir!("$CARGO_MANIFEST_DIR/benches/corpus/hugo"),
    link: |claim| format!("/{}/", claim_path(claim)),
    front_matter: FrontMatter { write_up: hugo_write_up, claim: hugo_claim },
    folder_page: None,
};

pub(crate) const ZOLA: Peer = Peer {
    files: include_dir!("$CARGO_MANIFEST_DIR/benches/corpus/zola"),
    link: |claim| format!("@/{}.md", claim_path(claim)),
    front_matter: FrontMatter { write_up: zola_write_up, claim: zola_claim },
    folder_page: Some(|section| match section {
        "claims" => "+++\ntransparent = true\nrender = false\npage_template = \"claim.html\"\n+++\n",
        _ => "+++\ntransparent = true\nrender = false\nsort_by = \"date\"\n+++\n",
    }),
};

/// Write the whole book for one of them.
#[expect(clippy::needless_pass_by_value, reason = "a constant, used up")]
pub(crate) fn write(mut book: Book, root: &Path, peer: Peer) -> Result<()> {
    fs::create_dir_all(root)?;
    peer.files.extract(root)?;
    // They have no pages here, but the numbers behind them are those of the same book.
    let _ = (book.metrics(), book.reports());
    for write_up in book.write_ups() {
        write_page(root, &peer, "articles", &write_up.path, &article(&peer, &write_up))?;
        for claim in write_up.passages.iter().filter_map(|passage| passage.claim.as_ref()) {
            let path = claim_path(&claim.id);
            let path = path.trim_start_matches("claims/");
            write_page(root, &peer, "claims", path, &claim_page(&peer, claim, &write_up))?;
        }
    }
    Ok(())
}

fn write_page(root: &Path, peer: &Peer, section: &str, path: &str, text: &str) -> Result<()> {
    let path = root.join("content").join(section).join(format!("{path}.md"));
    let folder = path.parent().unwrap_or(root);
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        if let Some(folder_page) = peer.folder_page {
            fs::write(folder.join("_index.md"), folder_page(section))?;
        }
    }
    Ok(fs::write(path, text)?)
}

/// The claims of a thousand write-ups share a folder, as these do.
fn claim_path(claim: &str) -> String {
    let write_up = claim.split('-').nth(1).and_then(|number| number.parse::<usize>().ok()).unwrap_or(0);
    format!("claims/{:02}/{claim}", write_up / 1000)
}

fn article(peer: &Peer, write_up: &WriteUp) -> String {
    let mut text = format!("+++\n{}+++\n", (peer.front_matter.write_up)(write_up));
    for passage in &write_up.passages {
        if let Some(heading) = &passage.heading {
            let _ = write!(text, "\n## {heading}\n");
        }
        text.push('\n');
        for piece in &passage.pieces {
            let _ = match piece {
                Piece::Text(words) => write!(text, "{words}"),
                Piece::Mention { words, claim } => write!(text, "[{words}]({})", (peer.link)(claim)),
            };
        }
        text.push('\n');
        if let Some(claim) = &passage.claim {
            let _ = write!(text, "\n> **[{}.]({})**\n", claim.statement, (peer.link)(&claim.id));
            if let Some(quotation) = &claim.quotation {
                let _ = write!(text, ">\n> > {quotation}\n");
            }
        }
    }
    text
}

fn claim_page(peer: &Peer, claim: &Claim, write_up: &WriteUp) -> String {
    let mut text = format!("+++\n{}+++\n\n", (peer.front_matter.claim)(claim, &write_up.path));
    if let Some(quotation) = &claim.quotation {
        let _ = write!(text, "> {quotation}\n\n");
    }
    for fact in &claim.facts {
        let _ = match fact {
            Fact::Value { key, value } => writeln!(text, "- {key}: {value}"),
            Fact::Relation { relation, claim, note } => {
                writeln!(text, "- {relation}: [that one]({}) — {note}", (peer.link)(claim))
            }
        };
    }
    text
}

fn hugo_write_up(write_up: &WriteUp) -> String {
    let mentions: BTreeSet<&str> = write_up
        .passages
        .iter()
        .flat_map(|passage| &passage.pieces)
        .filter_map(|piece| match piece {
            Piece::Mention { claim, .. } => Some(claim.as_str()),
            Piece::Text(_) => None,
        })
        .collect();
    format!(
        "title = {:?}\ndate = {}\nauthor = {:?}\ntags = {:?}\ndescription = {:?}\nmentions = {mentions:?}\n",
        write_up.title, write_up.date, write_up.author, write_up.tags, write_up.summary
    )
    // Rust prints a set in braces, TOML wants brackets.
    .replace("= {", "= [")
    .replace('}', "]")
}

fn hugo_claim(claim: &Claim, write_up: &str) -> String {
    let mut text = format!(
        "title = \"{}.\"\nclaim = {:?}\nwriteup = \"/articles/{write_up}\"\n",
        claim.statement, claim.id
    );
    for fact in &claim.facts {
        if let Fact::Relation { relation, claim, .. } = fact {
            let _ = writeln!(text, "[[relations]]\nkind = {relation:?}\nclaim = {claim:?}");
        }
    }
    text
}

fn zola_write_up(write_up: &WriteUp) -> String {
    format!(
        "title = {:?}\ndate = {}\nauthors = [{:?}]\ndescription = {:?}\n[taxonomies]\ntags = {:?}\n",
        write_up.title, write_up.date, write_up.author, write_up.summary, write_up.tags
    )
}

fn zola_claim(claim: &Claim, write_up: &str) -> String {
    format!("title = \"{}.\"\n[extra]\nwriteup = \"/articles/{write_up}/\"\n", claim.statement)
}
