//! What must be true for any text. Each function takes one text, feeds it to a part of the program, and panics where
//! something is wrong. The fuzz targets call them with what libFuzzer thinks of, `tests/suite/properties.rs` with what
//! proptest makes.

use std::collections::BTreeMap;
use std::sync::Arc;

use claimbook::config::{BaseUrl, Overrides};
use claimbook::date::PartialDate;
use claimbook::diagnostic::{Diagnostic, Format, render};
#[cfg(feature = "import")]
use claimbook::import::{ExistingContent, ImportedPage, PageFormat};
use claimbook::markdown::html::{self, Addresses, Piece};
use claimbook::markdown::{parse, uncleaned_html};
use claimbook::output::OutputFile;
use claimbook::pipeline::Session;
use claimbook::pipeline::{Analysis, Edition, analyse, plan};
use claimbook::quote::{Lock, Normalised};
use claimbook::source::{SourceFile, Sources};
use claimbook::templates::ThemeClasses;
use scraper::{ElementRef, Html, Node, Selector};

const SETTINGS: &str =
    "title = \"Book\"\nbase_url = \"https://example.org/a/\"\n[build]\nsearch = false\npreviews = false\n";

/// A file of each kind, in which the text is front matter.
const FILES: [&str; 7] = [
    "content/_index.md",
    "content/articles/a.md",
    "content/claims/a.md",
    "content/metrics/a.md",
    "content/pages/a.md",
    "content/sources/a.md",
    "content/speakers/a.md",
];

/// What divides a text into two.
const DIVIDER: &str = "\n====\n";

/// Front matter of every kind of file, in YAML and TOML.
pub fn front_matter(text: &str) {
    for path in FILES {
        for fence in ["---", "+++"] {
            parses(path, &format!("{fence}\n{text}\n{fence}\n\nWords.\n"));
        }
    }
}

/// A claim in a callout, first as a whole and then each line as a fact.
pub fn claims(text: &str) {
    let quoted = text.lines().fold(String::new(), |quoted, line| quoted + "> " + line + "\n");
    parses("content/articles/a.md", &format!("---\ntitle: A\n---\n\n> [!claim] a\n{quoted}"));
    let facts = text.lines().fold(String::new(), |facts, line| facts + "> - " + line + "\n");
    let claim = format!("> [!claim] a\n> **It happened.**\n>\n> - kind:: measurement\n{facts}");
    checks(&[("content/articles/a.md", &format!("---\ntitle: A\n---\n\n[It](claim:a).\n\n{claim}"))]);
}

/// Markdown to HTML: the HTML is clean, stays clean when it is parsed again, stays where it is put, and has all words of
/// the text.
pub fn markdown(text: &str) {
    // These texts do not have the words that are shown: what they say cannot be shown, is replaced by something else,
    // or is in an element in which tags are words.
    const OTHERS: [&str; 12] = [
        "[!claim]",
        "[[",
        "%%",
        "](",
        "<plaintext",
        "<xmp",
        "<iframe",
        "<noembed",
        "<noframes",
        "<noscript",
        "<textarea",
        "<title",
    ];
    // A file with U+0000 is refused before it is parsed. Browsers drop the character in text and replace it elsewhere.
    let text = &text.replace('\0', "\u{fffd}");
    let Some((author, html, has_errors)) = cleaned(text) else { return };
    let lower = text.to_ascii_lowercase();
    // In drawings and formulas, these elements are like others and show their content, and a section of CDATA is text.
    let is_foreign = lower.contains("<math") || lower.contains("<svg");
    let of_foreign = ["<script", "<style", "<template", "<![cdata["];
    let reads_otherwise = is_foreign && of_foreign.iter().any(|name| lower.contains(name));
    if !reads_otherwise && !has_errors && !OTHERS.iter().any(|other| lower.contains(other)) {
        check_words(&author, &html);
    }
}

/// The HTML that the author wrote, what became of it, and whether there are errors.
fn cleaned(text: &str) -> Option<(String, String, bool)> {
    let page = format!("---\ntitle: A\n---\n\n{text}");
    let analysis = checks(&[("content/pages/a.md", &page)]);
    let (_, document) = analysis.book.documents().next()?;
    let body = analysis.sources.slice(document.body);
    let base_url = &analysis.config.as_ref().expect("good settings").base_url;
    let html = rendered(document, body, base_url);
    check_twice(&html);
    check_inside(&html);
    let has_errors = analysis.diagnostics.iter().any(|problem| problem.severity.word() == "error");
    Some((uncleaned_html(body), html, has_errors))
}

fn rendered(document: &claimbook::document::Document, body: &str, base_url: &BaseUrl) -> String {
    let of = |_: &_| Some("/a/x/".to_owned());
    let theme = &ThemeClasses::default();
    let pieces =
        html::render(document, body, &document.path, &Addresses { address_of: &of, base_url, theme });
    let words = |piece: &Piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Mention { words, .. } => words.clone(),
        Piece::Embed { .. }
        | Piece::Chart { .. }
        | Piece::Callout(_)
        | Piece::BlockEnd { .. }
        | Piece::Footnote(_)
        | Piece::FootnoteEnd => String::new(),
    };
    pieces.iter().map(words).collect()
}

/// Words and a source: found words are where they are said to be.
pub fn quotations(text: &str) {
    let (source, words) = text.split_once(DIVIDER).unwrap_or((text, text));
    let (page, quote) = (Normalised::new(source), Normalised::new(words));
    assert!(
        Normalised::new(page.as_str()).has_same_words(&page),
        "normalising twice is not normalising once"
    );
    if let Some(passage) = page.find(&quote) {
        let exact = &passage.selector.exact;
        let there: String =
            page.as_str().chars().skip(passage.start).take(passage.end - passage.start).collect();
        assert!(there == *exact, "{passage:?} is not where it is said to be");
        assert!(Normalised::new(exact).has_same_words(&quote), "other words were found: {passage:?}");
    } else {
        let (found, _) = page.longest_matching_start(&quote);
        assert!(found <= words.split_whitespace().count(), "{found} words of {words:?}");
    }
}

/// The draft that is made from a page of somebody else has no errors.
#[cfg(feature = "import")]
pub fn import(text: &str) {
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    for form in [PageFormat::Html, PageFormat::Markdown, PageFormat::Text] {
        let page =
            ImportedPage { bytes: text.as_bytes().to_vec(), form, address: None, charset: None, stem: None };
        let Ok(import) = claimbook::import::import(&page, &ExistingContent::default(), today, Some("page"))
        else {
            continue;
        };
        let texts = import.files.iter().filter(|(path, _)| path.starts_with("content/"));
        let texts =
            texts.map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.clone()).expect("UTF-8")));
        let texts = texts.chain([("site.toml".to_owned(), SETTINGS.to_owned())]);
        let sources = Arc::new(Sources::from_texts(texts));
        let analysis = analyse(&sources, &[], &Overrides { drafts: true, ..overrides() });
        check_problems(&analysis.diagnostics, &sources);
        let (problems, _) = plan(&analysis);
        let errors = problems.iter().filter(|problem| problem.severity.word() == "error");
        let errors: Vec<&Diagnostic> = errors.collect();
        assert!(
            errors.is_empty(),
            "a draft with errors: {}",
            render(&problems, &sources, Format::Human { color: false })
        );
    }
}

/// A lock: what was read of it can be written and read again.
pub fn lock(text: &str) {
    let read = |text: &str| {
        let source = SourceFile::new("claims.lock", text);
        let sources = Sources::from_texts([("claims.lock", text)]);
        let id = sources.find("claims.lock").expect("the only file");
        let (lock, problems) = Lock::read(id, &source);
        check_problems(&problems, &sources);
        (lock, problems)
    };
    let (lock, _) = read(text);
    let (again, problems) = read(&lock.to_text());
    assert!(problems.is_empty(), "what was written cannot be read: {problems:?}\n{}", lock.to_text());
    assert!(again == lock, "another lock was written than was read");
}

/// Settings.
pub fn settings(text: &str) {
    let sources = Arc::new(Sources::from_texts([
        ("site.toml", text),
        ("content/articles/a.md", "---\ntitle: A\n---\n\nWords.\n"),
    ]));
    let (problems, edition) = plan(&analyse(&sources, &[], &overrides()));
    check_problems(&problems, &sources);
    if let Some(edition) = edition {
        for (path, bytes) in files(&edition) {
            check_file(&path, &bytes);
        }
    }
}

/// A book of several files, each below a line `=== path`. A path that comes again changes its file. An
/// incremental build equals a clean one, and every file of the site can be read.
pub fn book(text: &str) {
    let mut texts: BTreeMap<String, String> = BTreeMap::from([("site.toml".to_owned(), SETTINGS.to_owned())]);
    let mut session: Option<Session> = None;
    let mut files_of_text = Vec::new();
    for part in text.split("=== ").skip(1).take(8) {
        let (path, content) = part.split_once('\n').unwrap_or((part, ""));
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_/.".contains(letter);
        if (1..40).contains(&path.len()) && path.chars().all(is_plain) {
            files_of_text.push((format!("content/{path}.md"), content.to_owned()));
        }
    }
    for (number, (path, content)) in files_of_text.iter().enumerate() {
        let is_change = texts.insert(path.clone(), content.clone()).is_some();
        if !is_change && number + 1 < files_of_text.len() && session.is_none() {
            continue;
        }
        // A file with the same text is the same file, as when a site is read again.
        let sources = Arc::new(match &session {
            Some(session) => session.analysis().sources.with_file(path, content),
            None => Sources::from_texts(texts.clone()),
        });
        let anew = Session::new(&sources, Vec::new(), overrides());
        check_problems(anew.diagnostics(), &sources);
        if let Some(session) = &mut session {
            session.update(&sources, Vec::new());
            check_equal(&anew, session);
        }
        session = session.or(Some(anew));
    }
}

fn check_equal(anew: &Session, again: &Session) {
    let (problems, problems_again) = (anew.diagnostics(), again.diagnostics());
    assert!(problems == problems_again, "other problems:\n{problems:?}\n{problems_again:?}");
    assert_eq!(anew.edition().is_some(), again.edition().is_some());
    if let (Some(edition), Some(edition_again)) = (anew.edition(), again.edition()) {
        let (anew, again) = (files(edition), files(edition_again));
        assert!(anew.keys().eq(again.keys()), "other files");
        for (path, bytes) in &anew {
            assert!(again.get(path) == Some(bytes), "{path} is another one");
            check_file(path, bytes);
        }
    }
}

pub fn overrides() -> Overrides {
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    Overrides { base_url: None, repository: None, today, drafts: false, review: false }
}

/// Parse one file; every place that comes of it is one.
fn parses(path: &str, text: &str) {
    let sources = Sources::from_texts([(path, text)]);
    let id = sources.find(path).expect("the only file");
    let parsed = parse(id, sources.file(id));
    check_problems(&parsed.problems, &sources);
    if let Some(document) = &parsed.document {
        check_spans(&format!("{document:?}"), sources.file(id));
    }
}

/// Analyse files as a book.
fn checks(files: &[(&str, &str)]) -> Analysis {
    let sources = Arc::new(Sources::from_texts(files.iter().copied().chain([("site.toml", SETTINGS)])));
    for &(path, text) in files {
        parses(path, text);
    }
    let analysis = analyse(&sources, &[], &overrides());
    check_problems(&analysis.diagnostics, &sources);
    analysis
}

/// Problems can be shown in every form, and lie within their files.
pub fn check_problems(problems: &[Diagnostic], sources: &Sources) {
    for problem in problems {
        let others = problem.secondary.iter().map(|label| label.span);
        for span in problem.place.span().into_iter().chain(others) {
            let text = sources.file(span.file).text();
            assert!(text.get(span.range()).is_some(), "{span:?} is no place: {}", problem.message);
        }
    }
    let report = render(problems, sources, Format::Human { color: false });
    let control = report.chars().find(|letter| letter.is_control() && *letter != '\n');
    assert!(control.is_none(), "{control:?} reaches the terminal: {report:?}");
    let report = render(problems, sources, Format::Json);
    serde_json::from_str::<serde_json::Value>(&report).expect("a report in JSON");
    let report = render(problems, sources, Format::Github);
    let is_command =
        |line: &str| ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start));
    assert!(report.lines().all(|line| !line.starts_with("::") || is_command(line)), "a command: {report}");
}

/// Every `Span` that a value shows of itself lies on boundaries of characters.
fn check_spans(shown: &str, source: &SourceFile) {
    for part in shown.split("Span { file: FileId(").skip(1) {
        let number = |key: &str| -> Option<usize> {
            let digits = part.split_once(key)?.1;
            digits.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
        };
        let (Some(start), Some(end)) = (number("start: "), number("end: ")) else { continue };
        assert!(source.text().get(start..end).is_some(), "{start}..{end} is no place");
    }
}

/// The files of a site by their paths, without pictures, which take long and whose words are in their pages, too.
pub fn files(edition: &Edition) -> BTreeMap<String, Vec<u8>> {
    let made = edition.tree.files().filter_map(|(path, file)| {
        let mut bytes = Vec::new();
        match file {
            OutputFile::Render(render) => render(&edition.publication, &mut bytes).expect("it renders"),
            OutputFile::Stream(write) => write(&edition.publication, &mut bytes).expect("it is written"),
            _ => return None,
        }
        Some((path.as_str().to_owned(), bytes))
    });
    made.collect()
}

/// A file of a site is what its name says.
pub fn check_file(path: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    match path.rsplit('.').next() {
        Some("html") => {
            let page = Html::parse_document(text);
            let dangers = dangers(&page);
            assert!(dangers.is_empty(), "{path}: {dangers:?}");
        }
        Some("json") => {
            serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        Some("jsonl") => {
            for line in text.lines() {
                serde_json::from_str::<serde_json::Value>(line)
                    .unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
        Some("xml" | "svg" | "atom") => {
            let mut reader = quick_xml::Reader::from_str(text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{path}: {error}"),
                }
            }
        }
        Some("ics") => {
            assert!(
                text.replace("\r\n", "").find(['\r', '\n']).is_none(),
                "{path}: a line that ends otherwise"
            );
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{path}: a line of more than 75 bytes");
        }
        _ => {}
    }
}

/// HTML is clean, and when a parser writes it and reads it again, it is still clean: what hides in one reading shows in
/// the next.
fn check_twice(html: &str) {
    let mut html = html.to_owned();
    for turn in 0..3 {
        let page = Html::parse_document(&html);
        let dangers = dangers(&page);
        assert!(dangers.is_empty(), "in reading {turn}: {dangers:?}\n{html}");
        html = page.html();
    }
}

/// A text stays in the element of the page that it is put into: all elements around it have one child each.
fn check_inside(html: &str) {
    let page =
        Html::parse_document(&format!("<body><main><article><div>{html}</div></article></main></body>"));
    for name in ["body", "main", "article"] {
        let selector = Selector::parse(name).expect("a selector");
        let children = page.select(&selector).next().map_or(0, |element| element.children().count());
        assert!(children == 1, "{children} children of {name}\n{html}");
    }
}

/// All words of one HTML are in the text of another at least as often. The content of scripts, styles and templates is
/// not text. Tags part the words of the author, but not those of the other: a browser joins the words around a tag that
/// it ignores, and so does claimbook where it removes one.
fn check_words(author: &str, ours: &str) {
    let text = visible(ours);
    let parted = author.replace('<', " <").replace('>', "> ");
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    let parted = visible(&parted);
    for word in parted.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    for (word, count) in words {
        let have = text.matches(&word).count();
        assert!(
            have >= count,
            "`{word}` is there {have} times and not {count}\nauthor: {author}\nours: {ours}"
        );
    }
}

/// The text that readers of an HTML see.
fn visible(html: &str) -> String {
    let page = Html::parse_document(html);
    let mut visible = String::new();
    for node in page.tree.nodes() {
        let Node::Text(text) = node.value() else { continue };
        let is_no_text = |name: &str| matches!(name, "script" | "style" | "template");
        let mut above = node
            .ancestors()
            .filter_map(|above| above.value().as_element().map(|element| element.name().to_owned()));
        if !above.any(|name| is_no_text(&name)) {
            visible.push_str(text);
        }
    }
    visible
}

/// What could run a script, load something from elsewhere or send something there. The site's own scripts and blocks of
/// data are fine.
fn dangers(page: &Html) -> Vec<String> {
    page.root_element().descendent_elements().flat_map(dangers_of).collect()
}

fn dangers_of(element: ElementRef<'_>) -> Vec<String> {
    const ADDRESSES: [&str; 14] = [
        "href",
        "src",
        "action",
        "formaction",
        "poster",
        "data",
        "background",
        "cite",
        "longdesc",
        "srcset",
        "ping",
        "manifest",
        "profile",
        "codebase",
    ];
    let value = element.value();
    let name = value.name();
    let mut dangers = Vec::new();
    let is_data = value.attr("type").is_some_and(|kind| kind.contains("json"));
    let is_banned = ["iframe", "object", "embed", "applet", "base", "style", "frame", "frameset", "portal"]
        .contains(&name);
    let is_moving = ["animate", "set", "animatetransform", "animatemotion", "foreignobject"]
        .contains(&name.to_lowercase().as_str());
    let is_own =
        value.attr("src").is_some_and(|address| address.starts_with('/') && !address.starts_with("//"));
    if is_banned || is_moving || (name == "script" && !is_data && !is_own) {
        dangers.push(format!("<{name}> {}", element.html()));
    }
    for (attribute, text) in value.attrs() {
        let attribute = attribute.to_lowercase();
        let plain: String = text.chars().filter(|letter| *letter > ' ').collect::<String>().to_lowercase();
        let is_address = ADDRESSES.contains(&attribute.trim_start_matches("xlink:"));
        let runs = is_address
            && ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme));
        let loads = matches!(
            attribute.as_str(),
            "src" | "srcset" | "data" | "poster" | "background" | "action" | "formaction" | "ping"
        );
        if attribute.starts_with("on")
            || runs
            || (loads && plain.contains("//"))
            || matches!(attribute.as_str(), "style" | "srcdoc" | "formaction")
        {
            dangers.push(format!("<{name} {attribute}=\"{text}\">"));
        }
    }
    dangers
}
