//! Does an author see what a build would write, at once and whatever happens to the files?

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::site::{Site, TODAY, program, site};

/// Nothing that is waited for takes longer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A running server, ended with the test.
struct Server {
    child: Child,
    /// `127.0.0.1:1234`
    host: String,
    /// The path of the site, with a slash at its end.
    base: String,
    said: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
struct Page {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Page {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body without the script that reloads.
    fn as_built(&self) -> Vec<u8> {
        const START: &str = "<script src=\"/__claimbook/live.js\" data-version=\"";
        let Ok(text) = String::from_utf8(self.body.clone()) else { return self.body.clone() };
        let Some((before, rest)) = text.split_once(START) else { return text.into_bytes() };
        let (_, after) = rest.split_once("</script>").expect("the end of the script");
        format!("{before}{after}").into_bytes()
    }
}

fn serve(folder: &Path) -> Server {
    let mut child = program(folder)
        .args(["serve", "--port", "0", "--today", TODAY])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let said = lines(child.stderr.take().expect("what it says"));
    let mut server = Server { child, host: String::new(), base: String::new(), said };
    let address = server.hears("serving http://");
    let address =
        address.split("http://").nth(1).and_then(|rest| rest.split(',').next()).expect("an address");
    let (host, base) = address.split_once('/').expect("a path");
    (server.host, server.base) = (host.to_owned(), format!("/{base}"));
    server
}

fn lines(from: ChildStderr) -> Receiver<String> {
    let (tell, said) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let _ = tell.send(line);
        }
    });
    said
}

impl Server {
    /// Wait for a line with these words.
    #[track_caller]
    fn hears(&self, words: &str) -> String {
        let started = Instant::now();
        while let Some(left) = TIMEOUT.checked_sub(started.elapsed()) {
            match self.said.recv_timeout(left) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => assert!(!line.contains("panicked"), "{line}"),
                Err(_) => break,
            }
        }
        panic!("it never said `{words}`");
    }

    fn ask(&self, method: &str, path: &str, headers: &str) -> Page {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(TIMEOUT)).expect("a limit");
        write!(stream, "{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").expect("a request");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("the end of a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Page { status, head, body: bytes.split_off(end + 4) }
    }

    /// A file of the site, by its path below the base.
    fn get(&self, path: &str) -> Page {
        self.ask("GET", &format!("{}{path}", self.base), &format!("Host: {}\r\n", self.host))
    }

    /// The news after the first ones.
    fn news(&self, after: u64) -> Value {
        let path = format!("/__claimbook/news?after={after}");
        let page = self.ask("GET", &path, &format!("Host: {}\r\n", self.host));
        serde_json::from_slice(&page.body).unwrap_or_else(|error| panic!("{error}: {}", page.text()))
    }

    /// Wait until a page holds these words.
    #[track_caller]
    fn shows(&self, path: &str, words: &str) {
        let started = Instant::now();
        while !self.get(path).text().contains(words) {
            assert!(started.elapsed() < TIMEOUT, "{path} never showed `{words}`");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn served(site: &Site) -> Server {
    let server = serve(&site.path(""));
    server.hears("ready in");
    server
}

#[test]
fn what_is_served_is_what_a_build_writes() {
    let site = site().claim().file("static/logo.txt", "a file").file(
        "site.toml",
        "title = \"Book\"\nbase_url = \"https://example.org/a/b/\"\n\n[build]\npreviews = \"all\"\n",
    );
    let built = site.build();
    let server = served(&site);
    assert_eq!(server.base, "/a/b/");
    for (path, bytes) in built.iter().filter(|(path, _)| !path.starts_with(".claimbook")) {
        let page = server.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.as_built() == *bytes, "{path} differs: {}", page.text());
        if let Some(address) = path.strip_suffix("index.html") {
            assert!(server.get(address).as_built() == *bytes, "{address} differs");
        }
    }
    let lost = server.get("nowhere/");
    assert_eq!((lost.status, lost.as_built()), (404, built["404.html"].clone()));
    assert_eq!(server.get("claims").status, 302);
}

#[test]
fn pages_that_are_files_are_served_as_a_build_writes_them() {
    let site = site().claim().file("static/plain/index.html", "<p>plain</p>").file(
        "site.toml",
        "title = \"Book\"\nbase_url = \"https://example.org/a/b/\"\n\n[build]\npreviews = false\naddresses = \"files\"\n",
    );
    let built = site.build();
    let server = served(&site);
    for (path, bytes) in built.iter().filter(|(path, _)| !path.starts_with(".claimbook")) {
        let page = server.get(path);
        assert!(page.status == 200 && page.as_built() == *bytes, "{path} differs: {}", page.text());
    }
    for (path, target) in [
        ("claims", "/a/b/claims.html"),
        ("claims/", "/a/b/claims.html"),
        ("claims/pace", "/a/b/claims/pace.html"),
        ("claims/pace/", "/a/b/claims/pace.html"),
        ("plain", "/a/b/plain/"),
    ] {
        let page = server.get(path);
        let place = format!("location: {target}\r\n");
        assert!(page.status == 302 && format!("{}\r\n", page.head).contains(&place), "{path}: {}", page.head);
    }
    assert!(server.get("").as_built() == built["index.html"]);
    for path in ["nowhere", "nowhere/", "claims/pace//", "claims/pace.html/"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_change_shows_in_every_page_it_touches() {
    let site = site().claim();
    let server = served(&site);
    site.write(
        "content/articles/a.md",
        site.read("content/articles/a.md").replace("It happened", "It was seen"),
    );
    server.shows("claims/pace/", "It was seen");
    server.shows("feed.xml", "Book");
    assert_eq!(server.news(1)["change"], "pages");
    site.write("content/articles/b.md", "---\ntitle: Second\n---\n\nSee [it](claim:pace).\n");
    server.shows("articles/b/", "Second");
    server.shows("claims/pace/", "Second");
    fs::remove_file(site.path("content/articles/b.md")).expect("a file to delete");
    server.hears("ready in");
    let started = Instant::now();
    while server.get("articles/b/").status != 404 {
        assert!(started.elapsed() < TIMEOUT);
        std::thread::sleep(Duration::from_millis(5));
    }
    for (path, bytes) in site.build().iter().filter(|(path, _)| !path.starts_with(".claimbook")) {
        assert!(server.get(path).as_built() == *bytes, "{path} differs after changes");
    }
}

#[test]
fn errors_leave_the_last_good_pages_and_are_told() {
    let site = site().claim();
    let good = site.read("content/articles/a.md");
    let server = served(&site);
    for (path, bad, mended) in [
        ("content/articles/a.md", good.replace("kind:: statement", "kind:: guess"), good.clone()),
        ("site.toml", "title = [".to_owned(), site.read("site.toml")),
        // Nobody asks for a page with this mistake.
        (
            "templates/speaker.html",
            "{{ page.no_such_thing }}".to_owned(),
            "<p>a speaker</p></body>".to_owned(),
        ),
        ("templates/claim.html", "{% if %}".to_owned(), "<p>own template</p></body>".to_owned()),
    ] {
        let before = server.news(0)["version"].as_u64().expect("a number");
        site.write(path, bad);
        server.hears("the last good pages stay");
        let news = server.news(before);
        assert_eq!(news["change"], "problems", "{path}");
        let problem = &news["problems"]["diagnostics"][0];
        assert_eq!(
            (&problem["severity"], problem["file"].as_str()),
            (&"error".into(), Some(path)),
            "{problem}"
        );
        assert!(server.get("claims/pace/").text().contains("It happened"), "{path}");
        site.write(path, mended);
        server.hears("ready in");
        assert_eq!(
            server.news(before)["problems"]["diagnostics"].as_array().map(Vec::len),
            Some(0),
            "{path}"
        );
    }
    server.shows("claims/pace/", "own template");
}

#[test]
fn a_book_that_begins_with_errors_is_served_when_it_is_mended() {
    let site = site().article("[gone](claim:gone)\n");
    let server = serve(&site.path(""));
    server.hears("the last good pages stay");
    let page = server.get("");
    assert_eq!(page.status, 503);
    assert!(
        page.text().contains("unknown claim `gone`") && page.text().contains("live.js"),
        "{}",
        page.text()
    );
    site.write("content/articles/a.md", "---\ntitle: Mended\n---\n\nText.\n");
    server.shows("articles/a/", "Mended");
}

#[test]
fn habits_of_editors_do_no_harm() {
    let site = site().claim();
    let text = site.read("content/articles/a.md");
    let server = served(&site);
    // A new file is written and takes the place of the old one.
    site.write("content/articles/.a.md.tmp", text.replace("It happened", "First save"));
    fs::rename(site.path("content/articles/.a.md.tmp"), site.path("content/articles/a.md"))
        .expect("a rename");
    server.shows("claims/pace/", "First save");
    // The old file is moved away and a new one written, with files of the editor's own beside.
    fs::rename(site.path("content/articles/a.md"), site.path("content/articles/a.md~")).expect("a rename");
    site.write("content/articles/.a.md.swp", "b0VIM");
    site.write("content/articles/a.md", text.replace("It happened", "Second save"));
    server.shows("claims/pace/", "Second save");
    // A storm.
    for number in 0..200 {
        site.write("content/articles/a.md", text.replace("It happened", &format!("Save number {number}")));
    }
    server.shows("claims/pace/", "Save number 199");
    // The folder goes and comes back.
    fs::remove_dir_all(site.path("content")).expect("a folder to delete");
    server.hears("the last good pages stay");
    assert!(server.get("claims/pace/").text().contains("Save number 199"));
    site.write("content/articles/a.md", text.replace("It happened", "Back again"));
    server.shows("claims/pace/", "Back again");
    site.write("content/articles/a.md", text.replace("It happened", "And still watched"));
    server.shows("claims/pace/", "And still watched");
    // The settings go and come back.
    let settings = site.read("site.toml");
    fs::remove_file(site.path("site.toml")).expect("a file to delete");
    server.hears("no site.toml");
    assert_eq!(server.get("claims/pace/").status, 200);
    site.write("site.toml", settings.replace("Book", "Renamed"));
    server.shows("", "Renamed");
}

#[test]
fn a_failure_is_not_forgotten_when_another_file_changes() {
    let site = site().claim();
    let server = served(&site);
    let settings = site.read("site.toml");
    fs::remove_file(site.path("site.toml")).expect("a file to delete");
    server.hears("no site.toml");
    let text = site.read("content/articles/a.md");
    site.write("content/articles/a.md", text.replace("It happened", "Written meanwhile"));
    server.hears("no site.toml");
    assert!(!server.get("claims/pace/").text().contains("Written meanwhile"));
    site.write("site.toml", settings);
    server.shows("claims/pace/", "Written meanwhile");
}

#[test]
fn files_with_odd_names_are_watched() {
    let site = site().claim();
    let server = served(&site);
    site.write("content/articles/#notes.md", "---\ntitle: Notes\n---\n\nFirst words.\n");
    server.shows("articles/notes/", "First words");
    site.write("content/articles/#notes.md", "---\ntitle: Notes\n---\n\nOther words.\n");
    server.shows("articles/notes/", "Other words");
}

#[test]
fn a_mistake_in_a_template_is_found_when_the_first_page_uses_it() {
    let site = site().claim();
    site.write("templates/metric.html", "{{ page.no_such_thing.at_all }}\n");
    let server = served(&site);
    server.shows("claims/pace/", "It happened");
    let text = site.read("content/articles/a.md");
    let metric = "\n> [!claim] fast\n> **It was fast.**\n>\n> - kind:: measurement\n> - by:: Jane Doe\n> - metric:: Speed\n\
                  > - subject:: it\n> - value:: 5 m\n> - said:: 2026-01\n";
    site.write("content/articles/a.md", text + metric);
    server.hears("templates/metric.html");
}

#[test]
fn only_its_own_pages_are_answered() {
    let site = site().claim();
    let server = served(&site);
    let host = format!("Host: {}\r\n", server.host);
    let port = server.host.rsplit(':').next().expect("a port");
    let status = |method: &str, path: &str, headers: &str| server.ask(method, path, headers).status;
    assert_eq!(status("GET", "/", &format!("Host: localhost:{port}\r\n")), 200);
    assert_eq!(status("GET", "/", "Host: evil.example\r\n"), 403);
    assert_eq!(status("GET", "/", &format!("{host}Origin: https://evil.example\r\n")), 403);
    assert_eq!(status("GET", "/", &format!("{host}Origin: http://{}\r\n", server.host)), 200);
    assert_eq!(status("POST", "/", &host), 405);
    for path in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/..%2fsite.toml",
        "/content/articles/a.md",
        "/%00",
        "/.claimbook-manifest.json",
    ] {
        assert_eq!(status("GET", path, &host), 404, "{path}");
    }
    let page = server.ask("HEAD", "/", &host);
    assert!(page.body.is_empty() && page.head.contains("no-store"), "{}", page.head);
    #[cfg(unix)]
    {
        site.write("static/note.txt", "mine");
        server.shows("note.txt", "mine");
        fs::remove_file(site.path("static/note.txt")).expect("a file to delete");
        std::os::unix::fs::symlink("/etc/hostname", site.path("static/note.txt")).expect("a link");
        let page = server.get("note.txt");
        assert!(page.status != 200, "{}", page.text());
    }
}

#[test]
fn requests_that_can_be_understood_in_two_ways_are_refused() {
    let site = site().claim();
    let server = served(&site);
    let host = format!("Host: {}\r\n", server.host);
    let port = server.host.rsplit_once(':').expect("a port").1;
    let both = "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n";
    let swapped = "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n";
    for (path, headers) in [
        ("/", format!("{host}{host}")),
        ("/", format!("{host}Host: evil.example\r\n")),
        ("/", format!("{host}{both}")),
        ("/", format!("{host}{swapped}")),
    ] {
        let page = server.ask("GET", path, &headers);
        assert_eq!(page.status, 400, "{headers}");
        assert!(page.head.to_lowercase().contains("connection: close"), "{headers}: {}", page.head);
    }
    // The host in the address of a request counts, not the other one (RFC 9112, section 3.2.2).
    assert_eq!(server.ask("GET", "http://evil.example/", &host).status, 403);
    assert_eq!(server.ask("GET", &format!("http://{}/", server.host), &host).status, 200);
    for name in ["LOCALHOST", "LocalHost", "localhost"] {
        let headers = format!("Host: {name}:{port}\r\nOrigin: http://{name}:{port}\r\n");
        assert_eq!(server.ask("GET", "/", &headers).status, 200, "{name}");
    }
    let two_origins = format!("{host}Origin: http://localhost:{port}\r\nOrigin: https://evil.example\r\n");
    assert_eq!(server.ask("GET", "/", &two_origins).status, 403);
}

/// A connection that two servers could understand in two ways is not used again: what follows may be a request that
/// somebody hid in the body of another.
#[test]
fn a_connection_with_an_ambiguous_request_is_closed() {
    let site = site().claim();
    let server = served(&site);
    let mut stream = TcpStream::connect(&server.host).expect("a connection");
    stream.set_read_timeout(Some(TIMEOUT)).expect("a limit");
    let host = &server.host;
    // In one piece, since the server may close the connection after a part.
    let requests = format!(
        "GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: {host}\r\n\r\n"
    );
    stream.write_all(requests.as_bytes()).expect("two requests");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let answers = String::from_utf8_lossy(&bytes);
    assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{answers}");
    assert!(answers.starts_with("HTTP/1.1 400 "), "{answers}");
}

#[test]
fn no_answer_is_taken_for_another_type() {
    let site = site().claim();
    let server = served(&site);
    let host = format!("Host: {}\r\n", server.host);
    for (method, path, headers) in [
        ("GET", "/", host.as_str()),
        ("GET", "/gone", &host),
        ("GET", "/claims", &host),
        ("GET", "/__claimbook/live.js", &host),
        ("GET", "/__claimbook/gone", &host),
        ("POST", "/", &host),
        ("GET", "/", "Host: evil.example\r\n"),
        ("GET", "/", &format!("{host}{host}")),
    ] {
        let head = server.ask(method, path, headers).head.to_lowercase();
        assert!(head.contains("x-content-type-options: nosniff"), "{method} {path}: {head}");
    }
}

/// A page that was loaded after the last change knows of no news: it asks for what is wrong now.
#[test]
fn a_page_that_was_just_loaded_can_ask_for_problems() {
    let site = site().claim();
    let server = served(&site);
    let problems = || -> Vec<Value> {
        let headers = format!("Host: {}\r\n", server.host);
        let page = server.ask("GET", "/__claimbook/problems.json", &headers);
        let report: Value = serde_json::from_slice(&page.body).expect("a report");
        report["diagnostics"].as_array().expect("a list").clone()
    };
    assert_eq!(problems(), Vec::<Value>::new());
    let text = site.read("content/articles/a.md");
    site.write("content/articles/a.md", text.replace("[It](claim:pace)", "It"));
    server.hears("1 warning");
    let [problem] = &problems()[..] else { panic!("{:?}", problems()) };
    assert_eq!((&problem["severity"], &problem["code"]), (&"warning".into(), &"unmentioned-claims".into()));
}
