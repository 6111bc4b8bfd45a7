//! Is what was kept from an earlier look at the site right? Texts are changed at random, and each time what
//! is made of earlier results must equal what is made of nothing.

mod on_disk;

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use claimbook::config::Overrides;
use claimbook::date::PartialDate;
use claimbook::diagnostic::{Format, render};
use claimbook::digest::digest;
use claimbook::output::OutputFile;
use claimbook::pipeline::{Edition, analyse, analyse_again, plan, plan_again};
use claimbook::source::{LoadProblem, Sources, load};

use crate::site::{repository, site};

/// `SplitMix64` (Steele, Lea, Flood 2014): the same changes every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).expect("below a usize")
    }

    /// A text with one line changed: a word more, a line less, a line twice, a digit that is another one; words
    /// more in a title, a summary, a statement, a quotation or a reason.
    fn edit(&mut self, text: &str) -> String {
        if self.below(3) == 0 {
            return self.edit_words_that_others_show(text);
        }
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = self.below(lines.len());
        let Some(line) = lines.get(at).cloned() else { return "Words.\n".to_owned() };
        let of_prose = |line: &&String| {
            line.chars().next().is_some_and(char::is_alphabetic)
                && !line.contains(": ")
                && line.ends_with('.')
        };
        match self.below(10) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, line),
            2 => {
                if let Some(digit) = line.find(|letter: char| letter.is_ascii_digit()) {
                    lines[at].replace_range(digit..=digit, "7");
                }
            }
            3 => lines[at].push_str(" More."),
            // Most edits are of words in prose.
            _ => {
                let prose: Vec<usize> = (0..lines.len()).filter(|&line| of_prose(&&lines[line])).collect();
                if !prose.is_empty() {
                    let word =
                        ["And so on.", "See below.\n\nA paragraph more.", "Or [so](https://example.org/)."];
                    let line = &mut lines[prose[self.below(prose.len())]];
                    *line = format!("{line} {}", word[self.below(word.len())]);
                }
            }
        }
        lines.join("\n") + "\n"
    }

    fn edit_words_that_others_show(&mut self, text: &str) -> String {
        const STARTS: [&str; 9] = [
            "title: ",
            "summary: ",
            "name: ",
            "authors: [",
            "statement: ",
            "> **",
            "> > ",
            "criteria: ",
            "> - seen:: 2026-11-20 by ",
        ];
        // A picture cannot be made of letters that its font lacks; a lint finds quotation marks in statements.
        const WORDS: [&str; 4] = ["More words ", "題 ", "“Words” ", "A "];
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let found: Vec<(usize, usize)> = lines
            .iter()
            .enumerate()
            .filter_map(|(number, line)| {
                let start = STARTS.iter().find(|start| line.starts_with(**start)).map(|start| start.len());
                let reason = || line.starts_with("> - ").then(|| line.find(" — ").map(|at| at + 5)).flatten();
                Some((number, start.or_else(reason)?))
            })
            .collect();
        if !found.is_empty() {
            let (number, at) = found[self.below(found.len())];
            lines[number].insert_str(at, WORDS[self.below(WORDS.len())]);
        }
        lines.join("\n") + "\n"
    }
}

#[test]
fn what_is_kept_in_memory_is_right() {
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    let overrides = Overrides { base_url: None, today, drafts: false };
    let mut random = Random(1);
    let book = load(&repository().join("src/init/book")).expect("the first book").0.with(
        "content/articles/much-linked.md",
        // Former addresses, and more mentions than one page shows, are told with titles and statements.
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
    let book = book.with("claims.lock", &reading);
    let original: BTreeMap<String, String> =
        book.iter().map(|(_, file)| (file.path().to_owned(), file.text().to_owned())).collect();
    let mut sources = Arc::new(book);
    let mut analysis = analyse(&sources, &[], &overrides);
    let mut edition = plan(&analysis).1;
    let is_seen = |edition: &Edition| {
        files(edition).any(|(_, bytes)| String::from_utf8_lossy(&bytes).contains("Seen: "))
    };
    assert!(edition.as_ref().is_some_and(is_seen), "no page says that a quotation was seen");
    let (mut of_words, mut shown_elsewhere, mut with_errors) = (0, 0, 0);
    for round in 0..300 {
        let paths: Vec<String> = sources.iter().map(|(_, file)| file.path().to_owned()).collect();
        let path = &paths[random.below(paths.len())];
        sources = Arc::new(match random.below(12) {
            0 => sources
                .with(&format!("content/articles/new-{}.md", random.below(3)), "---\ntitle: New\n---\n"),
            // Back to where it began, so that errors do not pile up.
            1..=3 => Sources::from_texts(original.clone()),
            _ => {
                let text = sources.find(path).map(|id| sources.file(id).text()).unwrap_or_default();
                sources.with(path, &random.edit(text))
            }
        });
        let next = analyse_again(&sources, &[], &overrides, Some(&analysis));
        let has_links = next.book.has_links_of(&analysis.book);
        of_words += usize::from(has_links);
        shown_elsewhere += usize::from(has_links && next.outlines(|_| true) != analysis.outlines(|_| true));
        let (problems, planned) = plan_again(&next, edition.as_ref());
        let (expected_problems, expected) = plan(&analyse(&sources, &[], &overrides));
        let words = |problems: &[_]| render(problems, &sources, Format::Json);
        assert_eq!(words(&problems), words(&expected_problems), "round {round}, {path}");
        assert_eq!(planned.is_some(), expected.is_some());
        with_errors += usize::from(planned.is_none());
        if let (Some(planned), Some(expected)) = (&planned, &expected) {
            assert_eq!(planned.tree.len(), expected.tree.len(), "round {round}, {path}");
            for ((path, bytes), (other, others)) in files(planned).zip(files(expected)) {
                assert!(path == other && bytes == others, "round {round}: {path} differs");
            }
        }
        edition = planned.or(edition);
        analysis = next;
    }
    assert!(of_words > 40 && with_errors > 20, "{of_words} changes of words, {with_errors} errors");
    assert!(shown_elsewhere > 20, "{shown_elsewhere} changes of words that other pages show");
}

/// A file that cannot be read may be no part of the sources, so that they are the same without it.
#[test]
fn a_file_that_could_not_be_read_is_forgotten_when_it_goes() {
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    let overrides = Overrides { base_url: None, today, drafts: false };
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
