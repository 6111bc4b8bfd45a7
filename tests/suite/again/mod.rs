//! Is what was kept from an earlier look at the site right? Texts are changed at random, and each time what
//! is made of earlier results must equal what is made of nothing.

mod edit;
mod on_disk;

use std::cell::Cell;
use std::fs;
use std::sync::Arc;

use claimbook::config::Overrides;
use claimbook::date::PartialDate;
use claimbook::diagnostic::{Format, render};
use claimbook::digest::digest;
use claimbook::output::OutputFile;
use claimbook::pipeline::Edition;
use claimbook::pipeline::{Change, Session};
use claimbook::source::{LoadProblem, Sources, load};
use proptest::prelude::*;
use proptest::sample::Index;

use self::edit::{Edit, edit};

use crate::site::{cases, repository, site};

/// One step of a sequence. An `Index` chooses among what exists when the step is taken.
#[derive(Debug, Clone)]
enum Step {
    /// A line of a file is edited: one of those in the file that the edit suits.
    Line(Index, Index, Edit),
    /// A write-up is added, or written again.
    Added(u8),
    /// Back to the first texts, so that errors do not pile up.
    Reset,
}

fn step() -> impl Strategy<Value = Step> {
    let line = (any::<Index>(), any::<Index>(), edit());
    prop_oneof![
        8 => line.prop_map(|(file, line, edit)| Step::Line(file, line, edit)),
        1 => (0..3_u8).prop_map(Step::Added),
        3 => Just(Step::Reset),
    ]
}

impl Step {
    fn apply(&self, sources: &Sources, first: &Sources) -> Sources {
        match self {
            Self::Line(file, line, edit) => {
                let files: Vec<_> = sources.iter().map(|(_, file)| (file.path(), file.text())).collect();
                let (path, text) = file.get(&files);
                edit.apply(text, *line).map_or_else(|| sources.clone(), |text| sources.with_file(path, &text))
            }
            Self::Added(number) => {
                sources.with_file(&format!("content/articles/new-{number}.md"), "---\ntitle: New\n---\n")
            }
            // These are new files with the first texts, as when they are read again.
            Self::Reset => Sources::from_texts(
                first.iter().map(|(_, file)| (file.path().to_owned(), file.text().to_owned())),
            ),
        }
    }
}

/// The first book, with a reading of a quotation, former addresses, and more mentions than one page shows, because
/// all of these are shown together with titles and statements.
fn book() -> Sources {
    let book = load(&repository().join("src/init/book")).expect("the first book").0.with_file(
        "content/articles/much-linked.md",
        &format!(
            "---\ntitle: Much linked\naliases: [2020/linked/]\n---\n\n{}\n\n> [!claim] linked\n> **Links lead to it.**\n>\n> > Links lead to it.\n>\n> - kind:: statement\n> - by:: Example Lab\n> - seen:: 2026-11-20 by J. Doe\n> - aliases:: linked-of-old\n",
            "[This](claim:linked) and [that](article:the-weekly-report).\n".repeat(60)
        ),
    );
    let lock =
        book.find("claims.lock").map(|file| book.file(file).text()).expect("the lock of the first book");
    let words = digest(b"Links lead to it.");
    let reading =
        format!("{lock}\n[seen.linked]\ndate = \"2026-11-20\"\nby = \"J. Doe\"\nwords = \"{words}\"\n");
    book.with_file("claims.lock", &reading)
}

/// How often each thing was tried, to see that the test tries them.
#[derive(Default)]
struct Counts {
    prose: Cell<u32>,
    wording: Cell<u32>,
    with_errors: Cell<u32>,
}

fn count(counter: &Cell<u32>, is_one: bool) {
    counter.set(counter.get() + u32::from(is_one));
}

fn overrides() -> Overrides {
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    Overrides { base_url: None, repository: None, today, drafts: false, review: false }
}

/// Updates a session with sources, and makes a new one of them: both must give the same.
fn check_update(session: &mut Session, sources: &Arc<Sources>, counts: &Counts) -> Result<(), TestCaseError> {
    let change = session.update(sources, Vec::new());
    count(&counts.prose, change == Change::Prose);
    count(&counts.wording, change == Change::Shown);
    let expected = Session::new(sources, Vec::new(), overrides());
    let words = |session: &Session| render(session.diagnostics(), sources, Format::Json);
    prop_assert_eq!(words(session), words(&expected));
    prop_assert_eq!(session.edition().is_some(), expected.edition().is_some());
    count(&counts.with_errors, session.edition().is_none());
    if let (Some(edition), Some(expected)) = (session.edition(), expected.edition()) {
        prop_assert_eq!(edition.tree.len(), expected.tree.len());
        for ((path, bytes), (other, others)) in files(edition).zip(files(expected)) {
            prop_assert!(path == other && bytes == others, "{path} differs after {change:?}");
        }
    }
    Ok(())
}

#[test]
fn what_is_kept_in_memory_is_right() {
    let first = Arc::new(book());
    let session = Session::new(&first, Vec::new(), overrides());
    let edition = session.edition().expect("a book without errors");
    let mut pages = files(edition).map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    assert!(
        pages.any(|page| page.contains("Seen in the source by ")),
        "no page says that a quotation was seen"
    );
    let counts = Counts::default();
    edit::check(cases(30, 150), &prop::collection::vec(step(), 4..=20), |steps| {
        let mut session = Session::new(&first, Vec::new(), overrides());
        let mut sources = Arc::clone(&first);
        for step in &steps {
            sources = Arc::new(step.apply(&sources, &first));
            check_update(&mut session, &sources, &counts)?;
        }
        Ok(())
    });
    let [prose, wording, with_errors] = [&counts.prose, &counts.wording, &counts.with_errors].map(Cell::get);
    assert!(prose > 20 && with_errors > 20, "{prose} changes of prose, {with_errors} errors");
    assert!(wording > 20, "{wording} changes of wording");
}

#[test]
fn the_smallest_change_that_covers_an_edit_is_found() {
    let texts = |article: &str| {
        Arc::new(Sources::from_texts([
            ("site.toml", "title = \"Book\"\nbase_url = \"https://example.org/\"\n".to_owned()),
            ("content/articles/a.md", article.to_owned()),
        ]))
    };
    let article = "---\ntitle: Pace\ndate: 2026-11-01\nsource:\n  title: Report\n  url: https://example.org/report\n---\n\n[It](claim:pace) grew.\n\n> [!claim] pace\n> **It grew.**\n>\n> - kind:: statement\n> - by:: J. Doe\n> - said:: 2026-10-01\n";
    let check = |from: &str, to: &str, expected: Change| {
        let sources = texts(article);
        let mut session = Session::new(&sources, Vec::new(), overrides());
        assert_eq!(session.diagnostics(), []);
        // `with` keeps the files that have not changed, as reading a site again does.
        let changed = Arc::new(sources.with_file("content/articles/a.md", &article.replacen(from, to, 1)));
        assert_eq!(session.update(&changed, Vec::new()), expected, "{from:?} to {to:?}");
    };
    check(") grew.", ") did grow.", Change::Prose);
    check("**It grew.**", "**It did grow.**", Change::Shown);
    check("title: Pace", "title: The pace", Change::Shown);
    check("kind:: statement", "kind:: opinion", Change::Everything);
    check("by:: J. Doe", "by:: J. Roe", Change::Everything);
    check("[!claim] pace", "[!claim] growth", Change::Everything);
    check(") grew.", ") grew. See [it](claim:pace).", Change::Everything);
    check("kind:: statement", "kind:: stetement", Change::Everything);
    let sources = texts(article);
    assert_eq!(Session::new(&sources, Vec::new(), overrides()).update(&sources, Vec::new()), Change::Nothing);
}

/// A file that cannot be read may be no part of the sources, so that they are the same without it.
#[test]
fn a_file_that_could_not_be_read_is_forgotten_when_it_goes() {
    let settings = "title = \"Book\"\nbase_url = \"https://example.org/\"\n";
    let sources = Arc::new(Sources::from_texts([("site.toml", settings)]));
    let path = "content/articles/link.md".to_owned();
    let unreadable = vec![LoadProblem::new(path, "this is a symbolic link", "copy the file")];
    let mut session = Session::new(&sources, unreadable.clone(), overrides());
    assert_eq!(session.diagnostics().len(), 1);
    assert_eq!(session.update(&sources, Vec::new()), Change::Everything);
    assert!(session.diagnostics().is_empty());
    assert_eq!(session.update(&sources, unreadable), Change::Everything);
    assert_eq!(session.diagnostics().len(), 1);
}

fn files(edition: &Edition) -> impl Iterator<Item = (String, Vec<u8>)> {
    edition.tree.files().filter_map(|(path, file)| match file {
        OutputFile::Render(render) => {
            let mut bytes = Vec::new();
            render(&edition.publication, &mut bytes).expect("it renders");
            Some((path.as_str().to_owned(), bytes))
        }
        OutputFile::Stream(write) => {
            let mut bytes = Vec::new();
            write(&edition.publication, &mut bytes).expect("it is written");
            Some((path.as_str().to_owned(), bytes))
        }
        // Making pixels takes its time; the words of a picture stand in its page.
        OutputFile::Renew(_) => Some((path.as_str().to_owned(), Vec::new())),
        _ => None,
    })
}

#[test]
fn an_unchanged_book_is_not_made_again() {
    let site = site().claim();
    site.run(["build"]).exits(0);
    let page = "public/claims/pace/index.html";
    let built = site.read(page);
    site.run(["build"]).exits(0).says(["0 new or changed"]);
    // A record that is broken, or of another program, counts for nothing.
    let record = fs::read_dir(site.path(".claimbook"))
        .expect("the folder of records")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.file_name().is_some_and(|name| name != ".gitignore"))
        .expect("a record");
    fs::write(&record, "{").expect("a record to break");
    site.write(page, "touched");
    site.run(["build"]).exits(0).says(["1 new or changed"]);
    assert_eq!(site.read(page), built);
    assert_eq!(site.read(".claimbook/.gitignore"), "*\n");
}

#[test]
fn a_change_of_words_makes_the_pages_that_show_them() {
    let site = site().claim();
    site.write("content/articles/b.md", "---\ntitle: Second\n---\n\nAs [it is said](claim:pace) often.\n");
    site.run(["build"]).exits(0);
    site.write("content/articles/b.md", "---\ntitle: Second\n---\n\nAs [it is said](claim:pace) at times.\n");
    site.run(["build"]).exits(0);
    assert!(site.read("public/claims/pace/index.html").contains("at times"));
    assert!(site.read("public/articles/b/index.html").contains("at times"));
}
