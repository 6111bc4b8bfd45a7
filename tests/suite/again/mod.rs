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
use claimbook::pipeline::{Analysis, Edition, analyse, analyse_again, plan, plan_again};
use claimbook::source::{LoadProblem, Sources, load};
use proptest::prelude::*;
use proptest::sample::Index;

use self::edit::{Edit, edit};

use crate::site::{repository, site};

/// One step of a sequence. An `Index` chooses among what exists when the step is taken.
#[derive(Debug, Clone)]
enum Change {
    /// A line of a file is edited: one of those in the file that the edit suits.
    Line(Index, Index, Edit),
    /// A write-up is added, or written again.
    Added(u8),
    /// Back to the first texts, so that errors do not pile up.
    Reset,
}

fn change() -> impl Strategy<Value = Change> {
    let line = (any::<Index>(), any::<Index>(), edit());
    prop_oneof![
        8 => line.prop_map(|(file, line, edit)| Change::Line(file, line, edit)),
        1 => (0..3_u8).prop_map(Change::Added),
        3 => Just(Change::Reset),
    ]
}

impl Change {
    fn apply(&self, sources: &Sources, first: &Sources) -> Sources {
        match self {
            Self::Line(file, line, edit) => {
                let files: Vec<_> = sources.iter().map(|(_, file)| (file.path(), file.text())).collect();
                let (path, text) = file.get(&files);
                edit.apply(text, *line).map_or_else(|| sources.clone(), |text| sources.with(path, &text))
            }
            Self::Added(number) => {
                sources.with(&format!("content/articles/new-{number}.md"), "---\ntitle: New\n---\n")
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
    let book = load(&repository().join("src/init/book")).expect("the first book").0.with(
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
    book.with("claims.lock", &reading)
}

/// What was tried, to see that it was worth trying.
#[derive(Default)]
struct Counts {
    of_words: Cell<u32>,
    shown_elsewhere: Cell<u32>,
    with_errors: Cell<u32>,
}

fn count(counter: &Cell<u32>, is_one: bool) {
    counter.set(counter.get() + u32::from(is_one));
}

fn overrides() -> Overrides {
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    Overrides { base_url: None, today, drafts: false }
}

/// Analyse and plan sources with the results for earlier ones, and without: both must give the same. Returns the
/// former.
fn check_next(
    sources: &Arc<Sources>,
    (earlier, edition): (&Analysis, Option<&Edition>),
    counts: &Counts,
) -> Result<(Analysis, Option<Edition>), TestCaseError> {
    let next = analyse_again(sources, &[], &overrides(), Some(earlier));
    let has_links = next.book.shares_links_with(&earlier.book);
    count(&counts.of_words, has_links);
    count(&counts.shown_elsewhere, has_links && next.outlines(|_| true) != earlier.outlines(|_| true));
    let (problems, planned) = plan_again(&next, edition);
    let (expected_problems, expected) = plan(&analyse(sources, &[], &overrides()));
    let words = |problems: &[_]| render(problems, sources, Format::Json);
    prop_assert_eq!(words(&problems), words(&expected_problems));
    prop_assert_eq!(planned.is_some(), expected.is_some());
    count(&counts.with_errors, planned.is_none());
    if let (Some(planned), Some(expected)) = (&planned, &expected) {
        prop_assert_eq!(planned.tree.len(), expected.tree.len());
        for ((path, bytes), (other, others)) in files(planned).zip(files(expected)) {
            prop_assert!(path == other && bytes == others, "{path} differs");
        }
    }
    Ok((next, planned))
}

#[test]
fn what_is_kept_in_memory_is_right() {
    let first = Arc::new(book());
    let analysis = analyse(&first, &[], &overrides());
    let edition = plan(&analysis).1.expect("a book without errors");
    let mut pages = files(&edition).map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    assert!(
        pages.any(|page| page.contains("Seen in the source by ")),
        "no page says that a quotation was seen"
    );
    let counts = Counts::default();
    edit::check(25, &prop::collection::vec(change(), 4..=20), |changes| {
        let (mut sources, mut known, mut edition) = (Arc::clone(&first), None, Some(edition.clone()));
        for change in &changes {
            sources = Arc::new(change.apply(&sources, &first));
            let earlier = known.as_ref().unwrap_or(&analysis);
            let (next, planned) = check_next(&sources, (earlier, edition.as_ref()), &counts)?;
            (known, edition) = (Some(next), planned.or(edition));
        }
        Ok(())
    });
    let [of_words, shown_elsewhere, with_errors] =
        [&counts.of_words, &counts.shown_elsewhere, &counts.with_errors].map(Cell::get);
    assert!(of_words > 40 && with_errors > 20, "{of_words} changes of words, {with_errors} errors");
    assert!(shown_elsewhere > 20, "{shown_elsewhere} changes of words that other pages show");
}

/// A file that cannot be read may be no part of the sources, so that they are the same without it.
#[test]
fn a_file_that_could_not_be_read_is_forgotten_when_it_goes() {
    let overrides = overrides();
    let settings = "title = \"Book\"\nbase_url = \"https://example.org/\"\n";
    let sources = Arc::new(Sources::from_texts([("site.toml", settings)]));
    let path = "content/articles/link.md".to_owned();
    let unreadable = [LoadProblem::new(path, "this is a symbolic link", "copy the file")];
    let broken = analyse(&sources, &unreadable, &overrides);
    assert_eq!(broken.diagnostics.len(), 1);
    assert!(analyse_again(&sources, &[], &overrides, Some(&broken)).diagnostics.is_empty());
    let good = analyse(&sources, &[], &overrides);
    assert_eq!(analyse_again(&sources, &unreadable, &overrides, Some(&good)).diagnostics.len(), 1);
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
