//! Property: building into a folder that holds an earlier build writes, byte for byte, what building into an
//! empty folder writes. Sequences of changes are random.

use std::fs;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;

use super::edit::{self, Edit, edit};
use crate::site::{Run, Site, copy, files_below, repository, site};

const DAYS: [&str; 3] = ["2026-11-22", "2027-01-01", "2028-02-29"];

/// Places in `site.toml`, and what is written there instead.
const SETTINGS: [(&str, &str); 5] = [
    ("title = \"Book\"", "title = \"Another book\""),
    ("https://example.org/a/b/", "https://example.org/"),
    ("search = ", "addresses = \"files\"\nsearch = "),
    ("[build]", "[lints]\nunsourced-claims = \"allow\"\n\n[build]"),
    ("title = \"Book\"", "title = Book"),
];

/// One step of a sequence. An `Index` chooses among what exists when the step is taken.
#[derive(Debug, Clone)]
enum Change {
    /// A line of a content file is edited: one of those in the file that the edit suits.
    Line(Index, Index, Edit),
    /// A write-up is added, or written again.
    Added(u8),
    /// A write-up with a claim is added, or written again.
    ClaimAdded(u8),
    /// A content file is deleted.
    Removed(Index),
    /// A content file gets another name.
    Moved(Index),
    /// A template of the site is written (`Some`) or deleted.
    Template(Option<u8>),
    /// A static file is written (`Some`) or deleted; the first of two names lies where the search index does.
    Static(bool, Option<u8>),
    /// A setting is changed.
    Setting(usize),
    /// The day of the build is another.
    Day(usize),
    /// Somebody overwrites a file of the output.
    OutputChanged(Index),
    /// Somebody deletes a file of the output.
    OutputRemoved(Index),
    /// All content and settings become what they were first.
    Reset,
}

fn line() -> impl Strategy<Value = Change> {
    (any::<Index>(), any::<Index>(), edit()).prop_map(|(file, line, edit)| Change::Line(file, line, edit))
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        16 => line(),
        1 => (0..3_u8).prop_map(Change::Added),
        1 => (0..3_u8).prop_map(Change::ClaimAdded),
        1 => any::<Index>().prop_map(Change::Removed),
        1 => any::<Index>().prop_map(Change::Moved),
        1 => prop::option::of(0..3_u8).prop_map(Change::Template),
        2 => (any::<bool>(), prop::option::of(0..3_u8)).prop_map(|(first, text)| Change::Static(first, text)),
        1 => (0..SETTINGS.len()).prop_map(Change::Setting),
        1 => (0..DAYS.len()).prop_map(Change::Day),
        2 => any::<Index>().prop_map(Change::OutputChanged),
        1 => any::<Index>().prop_map(Change::OutputRemoved),
        3 => Just(Change::Reset),
    ]
}

/// A site that is built after each change.
struct Session {
    site: Site,
    settings: String,
    today: &'static str,
    builds: usize,
}

impl Session {
    /// The book that `claimbook init` writes. `build` are its settings of the build.
    fn new(build: &str) -> Self {
        let settings =
            format!("title = \"Book\"\nbase_url = \"https://example.org/a/b/\"\n\n[build]\n{build}");
        let session = Self { site: site(), settings, today: DAYS[0], builds: 0 };
        session.reset();
        session
    }

    fn reset(&self) {
        let content = self.site.path("content");
        if content.exists() {
            fs::remove_dir_all(&content).expect("a folder to delete");
        }
        copy(&repository().join("src/init/book/content"), &content);
        self.site.write("site.toml", &self.settings);
    }

    /// The path of a content file.
    fn content(&self, file: Index) -> Option<String> {
        let files: Vec<String> = files_below(&self.site.path("content")).into_keys().collect();
        (!files.is_empty()).then(|| format!("content/{}", file.get(&files)))
    }

    fn edit(&self, (file, line): (Index, Index), edit: &Edit) {
        let Some(path) = self.content(file) else { return };
        if let Some(text) = edit.apply(&self.site.read(&path), line) {
            self.site.write(&path, text);
        }
    }

    /// The path of a file of the last build.
    fn output(&self, file: Index) -> Option<String> {
        let mut files: Vec<String> = files_below(&self.site.path("public")).into_keys().collect();
        files.retain(|path| !path.starts_with(".claimbook"));
        (!files.is_empty()).then(|| format!("public/{}", file.get(&files)))
    }

    fn write_or_remove(&self, path: &str, text: Option<String>) {
        match text {
            Some(text) => self.site.write(path, text),
            None => drop(fs::remove_file(self.site.path(path))),
        }
    }

    fn apply(&mut self, change: &Change) {
        match *change {
            Change::Line(file, line, ref edit) => self.edit((file, line), edit),
            Change::Added(number) => {
                self.site.write(&format!("content/articles/new-{number}.md"), "---\ntitle: New\n---\n\nText.\n");
            }
            Change::ClaimAdded(number) => self.site.write(
                &format!("content/articles/claim-{number}.md"),
                format!(
                    "---\ntitle: A claim\n---\n\n[It](claim:new-{number}) happened.\n\n> [!claim] new-{number}\n> **It happened.**\n>\n> - kind:: statement\n> - by:: J. Doe\n"
                ),
            ),
            Change::Removed(file) => {
                if let Some(path) = self.content(file) {
                    fs::remove_file(self.site.path(&path)).expect("a file to delete");
                }
            }
            Change::Moved(file) => {
                if let Some(path) = self.content(file) {
                    fs::create_dir_all(self.site.path("content/pages")).expect("a folder");
                    fs::rename(self.site.path(&path), self.site.path("content/pages/moved.md"))
                        .expect("a file to move");
                }
            }
            Change::Template(text) => {
                self.write_or_remove("templates/404.html", text.map(|text| format!("<p>{text}</p>")));
            }
            Change::Static(is_first, text) => {
                let path = if is_first { "static/a.txt" } else { "static/img/b.txt" };
                self.write_or_remove(path, text.map(|text| text.to_string()));
            }
            Change::Setting(number) => {
                let (old, new) = SETTINGS[number];
                self.site.write("site.toml", self.settings.replacen(old, new, 1));
            }
            Change::Day(number) => self.today = DAYS[number],
            Change::OutputChanged(file) => {
                if let Some(path) = self.output(file) {
                    self.site.write(&path, "overwritten");
                }
            }
            Change::OutputRemoved(file) => {
                if let Some(path) = self.output(file) {
                    fs::remove_file(self.site.path(&path)).expect("a file to delete");
                }
            }
            Change::Reset => self.reset(),
        }
    }

    /// Build into the folder of the last build and into an empty one: both must report and write the same.
    fn build(&mut self) -> TestCaseResult {
        let again = self.site.run(["build", "--today", self.today]);
        let anew = self.site.run(["build", "--today", self.today, "--output", "clean"]);
        prop_assert_eq!(again.code, anew.code, "{}", again.stderr);
        let problems = |run: &Run| run.stderr.lines().take_while(|line| !line.contains(" files in ")).count();
        prop_assert_eq!(problems(&again), problems(&anew), "{}\n{}", &again.stderr, &anew.stderr);
        if anew.code != Some(0) {
            return Ok(());
        }
        self.builds += 1;
        let (again, anew) = (files_below(&self.site.path("public")), files_below(&self.site.path("clean")));
        fs::remove_dir_all(self.site.path("clean")).expect("a folder to delete");
        let is_other = |path: &&String| again.get(*path) != anew.get(*path);
        let others: Vec<&String> = again.keys().chain(anew.keys()).filter(is_other).collect();
        prop_assert!(others.is_empty(), "not as in a clean build: {others:?}");
        Ok(())
    }
}

/// Check the property for a number of sequences of changes, of a book whose `[build]` settings are `build`.
/// Returns how many builds succeeded.
#[track_caller]
fn check(build: &str, cases: u32, changes: impl Strategy<Value = Vec<Change>>) -> usize {
    let builds = std::cell::Cell::new(0);
    edit::check(cases, &changes, |changes| {
        let mut session = Session::new(build);
        session.build()?;
        for change in &changes {
            session.apply(change);
            session.build()?;
        }
        builds.set(builds.get() + session.builds);
        Ok(())
    });
    builds.get()
}

/// Many changes of a book whose builds are fast.
#[test]
fn what_is_kept_on_the_disk_is_right() {
    let changes = prop::collection::vec(change(), 1..=10);
    let builds = check("search = false\npreviews = false\n", 8, changes);
    assert!(builds > 20, "{builds} builds without errors");
}

/// Search index and pictures take most of a build's time, so there are fewer of these.
#[test]
fn search_and_pictures_are_right_after_changes() {
    let changes = prop::collection::vec(prop_oneof![3 => line(), 1 => change()], 2..=4);
    let builds = check("search = true\npreviews = \"all\"\n", 3, changes);
    assert!(builds > 5, "{builds} builds without errors");
}

/// The entry of the index names the build of all its files.
#[test]
fn search_is_right_after_a_sentence_more() {
    let mut session = Session::new("previews = false\n");
    let article = "content/articles/a-second-look.md";
    for sentence in ["", "And it went on.", "And on.", "And on and on."] {
        let text = session.site.read(article);
        session.site.write(article, format!("{text}\n{sentence}\n"));
        session.build().unwrap_or_else(|error| panic!("after {sentence:?}: {error}"));
    }
}

/// The entry of the search index is that of an older index, and the record lists it as a file that nobody has touched.
/// Version 0.1 wrote such folders.
#[test]
fn a_search_index_that_an_older_version_broke_is_repaired() {
    let mut session = Session::new("previews = false\n");
    session.build().expect("a first build");
    let entry = "public/search-index/index.json";
    let old = session.site.read(entry);
    let article = "content/articles/a-second-look.md";
    session.site.write(article, session.site.read(article) + "\nAnd it went on.\n");
    session.build().expect("a second build");
    let new = session.site.read(entry);
    assert!(new != old && new.len() == old.len(), "the same length, so that the record can be kept");
    let time = fs::metadata(session.site.path(entry)).and_then(|file| file.modified()).expect("a time");
    session.site.write(entry, &old);
    fs::File::options()
        .write(true)
        .open(session.site.path(entry))
        .and_then(|file| file.set_modified(time))
        .expect("a time that is set");
    session.site.write(article, session.site.read(article) + "\nAnd on.\n");
    session.build().expect("the next build repairs it");
}
