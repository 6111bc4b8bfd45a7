//! What does `claimbook import` make of pages, good, broken and hostile? Pages come from files and from
//! servers on this computer.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use claimbook::import::{Limits, obtain};
use claimbook::scaffold::in_creation_order;

use crate::hostile::each;
use crate::site::{Run, Site, TODAY, claimbook, files_below, site};

/// Run the import in a site on the day of the tests.
fn import<const N: usize>(site: &Site, page: &str, more: [&str; N]) -> Run {
    claimbook(&site.path("."), ["import", page, "--today", TODAY].into_iter().chain(more))
}

/// Check a site with and without drafts: no errors.
#[track_caller]
fn is_sound(site: &Site) {
    for drafts in [None, Some("--drafts")] {
        let arguments = ["check", "--today", TODAY].into_iter().chain(drafts);
        let run = claimbook(&site.path("."), arguments);
        assert!(run.code == Some(0) && !run.stderr.contains("error["), "{drafts:?}\n{}", run.stderr);
    }
}

/// A page with a text long enough to be found.
fn page(head: &str, paragraphs: &str) -> String {
    let rest =
        "<p>The team met twice a week in the old harbour office and wrote everything down.</p>".repeat(6);
    format!(
        "<!doctype html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav><article>{paragraphs}{rest}</article>\
         <footer>All rights reserved.</footer></body></html>"
    )
}

const HEAD: &str = r##"<title>Report 46 | Example Lab</title>
<link rel="canonical" href="https://example.org/report-46">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "@id": "#lab", "name": "Example Lab"},
 {"@type": "NewsArticle", "headline": "Weekly report 46", "datePublished": "2026-11-16T08:00:00Z",
  "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Rik Moor"}], "publisher": {"@id": "#lab"}}]}
</script>"##;
const TEXT: &str = "<p>The <b>training</b> run took 4.1 days, down from 12.3&nbsp;days.</p>\
<p>There is a 60 percent chance that the next run takes a day by 2028. It was a grey morning.</p>\
<p>Ines Okafor said that the data had been cleaned. It is too early to celebrate.</p>";

/// A server with answers by path; each is the whole answer, head included.
fn server(answers: impl IntoIterator<Item = (&'static str, Vec<u8>)>) -> String {
    let answers: BTreeMap<&str, Vec<u8>> = answers.into_iter().collect();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let missing =
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
            let _ = stream.write_all(answers.get(path).unwrap_or(&missing));
        }
    });
    address
}

fn answer(content_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn redirect(to: &str) -> Vec<u8> {
    format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .into_bytes()
}

#[test]
fn a_saved_page_becomes_source_snapshot_and_draft() {
    let site = site().claim().file("saved.html", page(HEAD, TEXT));
    let run = import(&site, "saved.html", []).exits(0);
    let paths = "content/articles/weekly-report-46.md\ncontent/sources/weekly-report-46.md\nsnapshots/weekly-report-46.html\n";
    assert_eq!(run.stdout, paths);
    run.says([
        "proposed: 1 measurement, 1 forecast, 1 statement, 1 opinion",
        "verified in the snapshot: 4 of 4",
        "check --drafts",
    ]);
    assert_eq!(
        site.read("content/sources/weekly-report-46.md"),
        "---\ntitle: \"Weekly report 46\"\nauthor: [\"Jane Doe\", \"Rik Moor\"]\npublisher: \"Example Lab\"\n\
         url: \"https://example.org/report-46\"\npublished: 2026-11-16\n---\n"
    );
    assert_eq!(site.read("snapshots/weekly-report-46.html"), page(HEAD, TEXT));
    let draft = site.read("content/articles/weekly-report-46.md");
    for part in [
        "draft: true",
        "source: weekly-report-46",
        "> > The training run took 4.1 days, down from 12.3 days.\n",
        "> - by:: Jane Doe\n> - by:: Rik Moor\n> - said:: 2026-11-16\n> - value:: 4.1 days\n> - proposed:: true\n",
        "> - probability:: 60% stated\n> - resolves:: 2028\n",
        "> - kind:: statement\n> - by:: Ines Okafor\n",
    ] {
        assert!(draft.contains(part), "{part}\n{draft}");
    }
    assert_eq!(site.read("claims.lock").matches("state = \"verified\"").count(), 4);
    site.run(["verify", "--check", "--today", TODAY]).exits(0);
    is_sound(&site);
    let run = claimbook(&site.path("."), ["check", "--drafts", "--today", TODAY]);
    run.exits(0)
        .says(["warning[proposed-claims]: 4 proposed claims are not reviewed yet", "0 errors, 1 warning"]);
}

#[test]
fn proposals_show_with_drafts_only() {
    let body = "[It](claim:pace) happened.\n\n> [!claim] early\n> **It is proposed here.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n> - proposed:: true\n\n> [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n";
    let site = site().article(body);
    let published = site.build();
    assert!(!published.contains_key("claims/early/index.html"));
    let all: Vec<u8> = published.values().flatten().copied().collect();
    assert!(!String::from_utf8_lossy(&all).contains("It is proposed here"));
    site.run(["build", "--drafts", "--today", TODAY]).exits(0);
    assert!(site.read("public/claims/early/index.html").contains("Proposed</span>"));
    assert_eq!(site.read("public/data/claims.json").matches("\"proposed\":true").count(), 1);
}

#[test]
fn a_fetched_page_follows_redirects_and_keeps_its_last_address() {
    let html = page("<title>Notes</title>", TEXT);
    let address = server([
        ("/one", redirect("/two")),
        ("/two", redirect("three?x=1#part")),
        ("/three?x=1", answer("text/html; charset=utf-8", html.as_bytes())),
    ]);
    let site = site();
    import(&site, &format!("{address}/one"), []).exits(0);
    assert!(site.read("content/sources/notes.md").contains(&format!("url: \"{address}/three?x=1\"")));
    is_sound(&site);
}

/// The server is on 127.0.0.1, where the import is pointed; all other computers of private networks are not.
#[test]
fn redirects_lead_into_no_private_network() {
    let html = page("<title>Notes</title>", TEXT);
    let other = server([("/", answer("text/html", html.as_bytes()))]);
    let port = other.rsplit_once(':').expect("a port").1;
    let targets = [
        format!("http://127.0.0.2:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::]:{port}/"),
        format!("http://[::ffff:127.0.0.2]:{port}/"),
        "http://10.0.0.1/".to_owned(),
        "http://192.168.0.1/".to_owned(),
        "http://100.64.0.1/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[fd00::1]/".to_owned(),
        "http://[fe80::1]/".to_owned(),
    ];
    let site = site();
    for target in &targets {
        let address = server([("/", redirect(target))]);
        let started = std::time::Instant::now();
        import(&site, &address, []).exits(2).says(["could not fetch", "leads into a private network"]);
        assert!(started.elapsed() < Duration::from_secs(20), "{target} was asked");
    }
    assert!(!site.has("content"));
    let address = server([("/", redirect(&other))]);
    import(&site, &address, []).exits(0);
    assert!(site.has("content/sources/notes.md"));
}

#[test]
fn what_cannot_be_had_changes_nothing() {
    let html = page("<title>Notes</title>", TEXT);
    let address = server([
        ("/loop", redirect("/loop")),
        ("/file", redirect("file:///etc/hostname")),
        ("/ftp", redirect("ftp://127.0.0.1/x")),
        ("/nowhere", b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()),
        ("/picture", answer("image/png", b"png")),
        ("/untyped", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi".to_vec()),
        (
            "/announced",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 52428800\r\n\r\n".to_vec(),
        ),
        ("/deep", answer("text/html", "<div>".repeat(200_000).as_bytes())),
        ("/untitled", answer("text/html", b"")),
    ]);
    let site = site().file("page.html", html).file("page.pdf", "%PDF");
    let before = files_below(&site.path("."));
    for (page, why) in [
        (format!("{address}/gone"), "404"),
        (format!("{address}/loop"), "more than 5 redirects"),
        (format!("{address}/file"), "not an http or https address"),
        (format!("{address}/ftp"), "not an http or https address"),
        (format!("{address}/nowhere"), "redirects nowhere"),
        (format!("{address}/picture"), "`image/png`"),
        (format!("{address}/untyped"), "no `Content-Type`"),
        (format!("{address}/announced"), "larger than 10485760 bytes"),
        (format!("{address}/deep"), "nested too deeply"),
        (format!("{address}/untitled"), "--id"),
        (address.replace("http://", "http://jane:secret@"), "name or password"),
        ("http://127.0.0.1:9/".to_owned(), "could not fetch"),
        ("file:///etc/hostname".to_owned(), "not an http or https address"),
        ("gone.html".to_owned(), "gone.html"),
        ("page.pdf".to_owned(), "page.pdf"),
        (".".to_owned(), "not a file"),
    ] {
        let run = import(&site, &page, []).exits(2).says([why]);
        assert_eq!(run.stdout, "", "{page}");
    }
    import(&site, "page.html", ["--id", "../x"]).exits(2).says(["`../x` is not an id"]);
    assert_eq!(files_below(&site.path(".")), before);
}

#[test]
fn an_endless_answer_is_left_early() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let sent = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&sent);
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
        let chunk = vec![b'a'; 1 << 16];
        while counter.load(Ordering::Relaxed) < 50 << 20 && stream.write_all(&chunk).is_ok() {
            counter.fetch_add(chunk.len() as u64, Ordering::Relaxed);
        }
    });
    import(&site(), &address, []).exits(2).says(["larger than 10485760 bytes"]);
    server.join().expect("a server that ends");
    assert!(sent.load(Ordering::Relaxed) < 30 << 20, "the answer was read on");
}

#[test]
fn a_slow_answer_is_not_waited_for() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let limits = Limits { timeout: Duration::from_millis(100), ..Limits::default() };
    // Nobody accepts: the system does, and no answer ever comes.
    let error = obtain(&address, limits).expect_err("no answer");
    assert!(format!("{error:#}").contains("timeout"), "{error:#}");
}

#[test]
fn every_charset_is_read() {
    let windows = b"<html><head><meta charset=\"windows-1252\"><title>Caf\xe9 \x96 M\xfcller</title></head><body><p>x</p></body></html>";
    let utf_16: Vec<u8> = "\u{feff}<html><head><title>Größe</title></head></html>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let shift_jis = b"<html><head><title>\x93\xfa\x96\x7b A</title></head></html>";
    let unnamed = b"<html><head><title>na\xefve</title></head></html>";
    let address = server([("/a", answer("text/html; charset=Shift_JIS", shift_jis))]);
    let site = site().file("w.html", windows).file("u.html", utf_16).file("n.html", unnamed);
    for (page, id, title) in [
        ("w.html", "w", "Café – Müller"),
        ("u.html", "u", "Größe"),
        (&format!("{address}/a"), "s", "日本 A"),
        ("n.html", "n", "naïve"),
    ] {
        import(&site, page, ["--id", id]).exits(0);
        assert!(
            site.read(&format!("content/sources/{id}.md")).contains(&format!("title: \"{title}\"")),
            "{page}"
        );
        assert!(site.read(&format!("snapshots/{id}.html")).starts_with("\u{feff}<html>"), "{page}");
    }
    is_sound(&site);
}

/// An import that is killed leaves the first of its files.
#[test]
fn a_part_of_an_import_is_a_book_without_errors() {
    let site = site().claim().file("saved.html", page(HEAD, TEXT));
    let before = files_below(&site.path("."));
    import(&site, "saved.html", []).exits(0);
    let mut files = files_below(&site.path("."));
    files.retain(|path, _| !before.contains_key(path) && path != "claims.lock");
    assert_eq!(files.len(), 3, "{:?}", files.keys());
    for path in files.keys().map(String::as_str).chain(["claims.lock"]) {
        fs::remove_file(site.path(path)).expect("a file to delete");
    }
    for (path, bytes) in in_creation_order(&files) {
        site.write(path, bytes);
        is_sound(&site);
    }
}

#[test]
fn nothing_is_imported_twice() {
    let site = site().file("saved.html", page(HEAD, TEXT));
    import(&site, "saved.html", []).exits(0);
    let before = files_below(&site.path("."));
    import(&site, "saved.html", ["--id", "other"]).exits(2).says([
        "https://example.org/report-46 is in the book already",
        "content/sources/weekly-report-46.md",
        "import again",
    ]);
    site.write("nameless.html", page("<title>Weekly report 46</title>", TEXT));
    import(&site, "nameless.html", []).exits(2).says(["already there", "nothing was written"]);
    // The same sentences under another name: their claims get ids of their own.
    import(&site, "nameless.html", ["--id", "again"]).exits(0).says(["verified in the snapshot: 4 of 4"]);
    is_sound(&site);
    assert_eq!(site.read("claims.lock").matches("state = \"verified\"").count(), 8);
    for (path, bytes) in before.into_iter().filter(|(path, _)| path != "claims.lock") {
        assert_eq!(fs::read(site.path(&path)).expect("a file"), bytes, "{path}");
    }
}

#[test]
fn hostile_pages_become_harmless_drafts() {
    let head = "<title>A \"title\"\n---\ndraft: false\n--- # x: [y] \u{202e}\u{0} </title>\
        <meta name=author content='\"]&#10;---&#10;evil: true'>\
        <meta property=og:site_name content='&lt;script&gt;alert(1)&lt;/script&gt; **Lab** [x](javascript:x)'>\
        <script type='application/ld+json'>{\"@type\": \"Article\", \"datePublished\": \"2026-02-31\", \"url\": \"javascript:x\"}</script>\
        <link rel=canonical href='javascript:alert(1)'>";
    let text = "<p>&gt; [!claim] stolen **It took 5 days.** - kind:: opinion &lt;script&gt;alert(1)&lt;/script&gt; will come.</p>\
        <p># It will take [9](javascript:x) `days` of **work** and _more_ &amp;lt; by 2028.</p>\
        <p>1. Speed rose by 50 percent --- said <b>*Ann [Lee](x)*</b> | by:: nobody.</p>\
        <p>| a | b | It dropped 30 % in [[pace]] ![[pace]] ~~there~~ --&gt; &lt;!-- now.</p>\
        <script>It will take 99 days.</script><p onclick=x>Prices fell 20% <img src=x onerror=y> in Port Example.";
    let site = site().claim().file("page.html", page(head, text));
    import(&site, "page.html", ["--id", "evil"]).exits(0);
    is_sound(&site);
    let draft = site.read("content/articles/evil.md");
    assert!(!draft.contains("99 days") && draft.matches("proposed:: true").count() >= 4, "{draft}");
    assert!(!site.read("content/sources/evil.md").contains("published"));
    site.run(["build", "--drafts", "--today", TODAY]).exits(0);
    assert!(!site.has("public/claims/stolen") && !site.has("public/articles/stolen"));
    for (path, bytes) in
        files_below(&site.path("public")).iter().filter(|(path, _)| path.rsplit('.').next() == Some("html"))
    {
        let html = String::from_utf8_lossy(bytes);
        assert!(!html.contains("<script>alert") && !html.contains("href=\"javascript:"), "{path}");
    }
}

#[test]
fn broken_and_empty_pages_are_no_failure() {
    let broken =
        "<p>Unclosed <b>bold <i>text <table><tr><td>Speed rose 5 percent</p></div></b><!-- never closed <p>x";
    let site = site()
        .file("broken.html", broken)
        .file("empty.html", "")
        .file("bytes.html", [0xff, 0xfe, 0, 0xd8, 1]);
    for name in ["broken", "empty", "bytes"] {
        import(&site, &format!("{name}.html"), []).exits(0);
    }
    import(&site, "empty.html", ["--id", "e"]).exits(0).says(["no main text was found"]);
    is_sound(&site);
}

#[test]
fn what_only_looks_like_a_name_is_no_name_of_the_page() {
    let data = r#"<script type="application/ld+json">{"@type":"Article","headline":"TODO","publisher":{"name":"unknown"},"author":{"name":"n/a"}}</script><meta name="author" content="A - by:: B">"#;
    let speaker = "<p>The page at http://example.org/a expects that speed will rise by 2028.</p>";
    let site =
        site().file("saved.html", page(data, &format!("<h1>Notes on speed</h1><p>{TEXT}</p>{speaker}")));
    import(&site, "saved.html", ["--id", "s"]).exits(0);
    let source = site.read("content/sources/s.md");
    assert!(!source.contains("unknown") && !source.contains("n/a") && !source.contains("::"), "{source}");
    is_sound(&site);
}

#[test]
fn a_page_that_would_take_for_ever_is_refused() {
    let attributes = each(300_000, |number| format!("a{number}=1 "));
    let site = site().file("saved.html", page(HEAD, &format!("<p {attributes}>{TEXT}</p>")));
    let before = files_below(&site.path("."));
    import(&site, "saved.html", []).exits(2).says(["too large or nested too deeply"]);
    assert_eq!(files_below(&site.path(".")), before);
}

#[test]
fn plain_text_and_markdown_are_read() {
    let text = "Notes of the harbour group\r\n\r\n20 May 2026\r\n\r\nBy Mara Lind\r\n\r\nThe run took 5 days,\r\ndown from 9.\r\n";
    let markdown =
        "---\ntitle: x\n---\n\n# Notes on speed\n\nSpeed rose 40 percent. It has [a link](x) of 5 days.\n";
    let site = site().file("a.txt", text).file("b.md", markdown);
    import(&site, "a.txt", []).exits(0);
    let source = site.read("content/sources/notes-of-the-harbour-group.md");
    assert!(
        source.contains("author: [\"Mara Lind\"]") && source.contains("published: 2026-05-20"),
        "{source}"
    );
    let draft = site.read("content/articles/notes-of-the-harbour-group.md");
    assert!(draft.contains("> > The run took 5 days, down from 9.\n"), "{draft}");
    import(&site, "b.md", []).exits(0);
    assert!(site.has("snapshots/notes-on-speed.md"));
    is_sound(&site);
}
