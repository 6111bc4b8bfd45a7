//! Is a first book one that works, and does making it leave alone what is there?

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::site::{
    Run, TODAY, claimbook, compare_with_file, copy, files_below, program, repository, run, with_slashes,
};

fn init<const N: usize>(folder: &TempDir, more: [&str; N]) -> Run {
    claimbook(folder.path(), ["init", "book"].into_iter().chain(more))
}

fn empty() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

#[test]
fn a_first_book_builds_without_a_warning() {
    let folder = empty();
    let run = init(&folder, []).exits(0).says(["claimbook build --root book", "claimbook serve --root book"]);
    let book = folder.path().join("book");
    let files = files_below(&book);
    let listed = with_slashes(&run.stdout);
    let listed: Vec<&str> = listed.lines().collect();
    let made: Vec<String> = files.keys().map(|path| format!("book/{path}")).collect();
    assert_eq!(listed, made);
    for day in [TODAY, "2049-12-31"] {
        let run = claimbook(&book, ["build", "--strict", "--today", day]).exits(0);
        assert!(run.stderr.contains("0 errors, 0 warnings"), "{}", run.stderr);
    }
}

#[test]
fn a_first_book_shows_what_a_book_can_hold() {
    let folder = empty();
    init(&folder, []).exits(0);
    let book = folder.path().join("book");
    claimbook(&book, ["build", "--today", TODAY]).exits(0);
    let text = fs::read_to_string(book.join("public/data/claims.json")).expect("the claims");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    let claims = data["claims"].as_array().expect("a list");
    let kinds = |kind: &str| claims.iter().filter(|claim| claim["kind"] == kind).count();
    let relations = |kind: &str| {
        let all = claims.iter().filter_map(|claim| claim["relations"].as_array()).flatten();
        all.filter(|relation| relation["type"] == kind).count()
    };
    assert_eq!(claims.len(), 6);
    assert_eq!(["measurement", "forecast"].map(kinds), [2, 1]);
    assert_eq!(["contradicts", "depends-on"].map(relations), [2, 1]);
    let metric = fs::read_to_string(book.join("public/metrics/training-time/index.html")).expect("a metric");
    assert!(metric.contains("<svg"));
    assert!(!book.join("public/snapshots").exists());
}

#[test]
fn quotations_of_the_first_book_stand_in_its_snapshots() {
    let book = repository().join("src/init/book");
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let snapshot = fs::read_to_string(book.join("snapshots/weekly-report-45.txt")).expect("a snapshot");
    let report = fs::read_to_string(book.join("content/articles/the-weekly-report.md")).expect("a write-up");
    let quotes: Vec<&str> = report.lines().filter_map(|line| line.strip_prefix("> > ")).collect();
    assert_eq!(quotes.len(), 3);
    for quote in quotes {
        assert!(fold(&snapshot).contains(&fold(quote)), "{quote}");
    }
}

#[test]
fn quotations_of_the_first_book_are_verified() {
    let folder = empty();
    init(&folder, []).exits(0);
    let book = folder.path().join("book");
    claimbook(&book, ["verify", "--check", "--today", TODAY])
        .exits(0)
        .says(["3 verified, 0 seen, 0 drifted"]);
    claimbook(&book, ["build", "--today", TODAY]).exits(0);
    let page = fs::read_to_string(book.join("public/claims/training-4-days/index.html")).expect("a page");
    assert!(page.contains("Verified word for word"), "{page}");
}

#[test]
fn title_and_address_are_those_asked_for() {
    let folder = empty();
    let title = "Ünser \"Book\" \\ <b>";
    init(&folder, ["--title", title, "--base-url", "https://example.com/b/"]).exits(0);
    let book = folder.path().join("book");
    claimbook(&book, ["build", "--strict", "--today", TODAY]).exits(0);
    let home = fs::read_to_string(book.join("public/index.html")).expect("a home page");
    assert!(home.contains("Ünser &quot;Book&quot; \\ &lt;b&gt;") && home.contains("https://example.com/b/"));
    for wrong in [["--base-url", "example.com"], ["--title", " "], ["--title", "a\nb"]] {
        let folder = empty();
        init(&folder, wrong).exits(2);
        assert!(files_below(folder.path()).is_empty());
    }
}

#[test]
fn what_is_there_stays_as_it_is() {
    let folder = empty();
    let book = folder.path().join("book");
    fs::create_dir(&book).expect("a folder");
    for file in ["README.md", ".gitignore"] {
        fs::write(book.join(file), "Mine.").expect("a file");
    }
    init(&folder, []).exits(0).says(["README.md was there already and stays as it is", "/snapshots/"]);
    assert_eq!(fs::read_to_string(book.join("README.md")).expect("a file"), "Mine.");
    let before = files_below(&book);
    init(&folder, []).exits(2).says([
        "site.toml",
        "nothing was written",
        "choose another folder, or move these files; an `init` that was interrupted leaves some, too",
    ]);
    assert_eq!(files_below(&book), before);
    let other = empty();
    fs::create_dir(other.path().join("book")).expect("a folder");
    fs::write(other.path().join("book/site.toml"), "Mine.").expect("a file");
    init(&other, []).exits(2).says(["already there: site.toml"]);
    assert_eq!(files_below(other.path()).len(), 1);
    init(&other, ["--repository", "https://github.com/name"])
        .exits(2)
        .says(["is not a repository on GitHub"]);
    let address = "https://github.com/name/book";
    claimbook(other.path(), ["init", address]).exits(2).says([&format!("init book --repository {address}")]);
    fs::write(empty().path().join("book"), "A file.").expect("a file");
}

#[test]
fn a_book_can_begin_in_the_folder_one_is_in() {
    let folder = empty();
    claimbook(folder.path(), ["init", "."]).exits(0).says(["claimbook build --root ."]);
    claimbook(folder.path(), ["check", "--strict", "--today", TODAY]).exits(0);
    let file = empty();
    fs::write(file.path().join("book"), "A file.").expect("a file");
    init(&file, []).exits(2).says(["book"]);
}

#[test]
fn the_settings_explain_every_key() {
    let folder = empty();
    init(&folder, []).exits(0);
    let settings = fs::read_to_string(folder.path().join("book/site.toml")).expect("site.toml");
    let run = claimbook(folder.path(), ["schema", "site"]).exits(0);
    let schema: Value = serde_json::from_str(&run.stdout).expect("JSON");
    for key in schema["properties"].as_object().expect("properties").keys() {
        let line = settings.lines().position(|line| {
            let line = line.trim_start_matches("# ");
            line.starts_with(&format!("{key} =")) || line.starts_with(&format!("[{key}]"))
        });
        let line = line.unwrap_or_else(|| panic!("`{key}` is not in site.toml"));
        let above = settings.lines().nth(line - 1).unwrap_or_default();
        assert!(above.starts_with("# "), "`{key}` is not explained");
    }
}

#[test]
fn with_the_address_of_its_repository_a_book_knows_where_its_pages_are() {
    let folder = empty();
    init(&folder, ["--repository", "https://github.com/Somebody/book"]).exits(0);
    let settings = fs::read_to_string(folder.path().join("book/site.toml")).expect("site.toml");
    assert!(settings.contains("\nbase_url = \"https://somebody.github.io/book/\"\n"), "{settings}");
    assert!(settings.contains("\nrepository = \"https://github.com/Somebody/book\"\n"), "{settings}");
    claimbook(&folder.path().join("book"), ["check", "--strict", "--today", TODAY]).exits(0);
    init(&empty(), ["--repository", "somebody/book"]).exits(2).says(["--repository https://github.com"]);
}

/// Runs Git in a folder, without the settings of this machine.
fn git(folder: &std::path::Path, arguments: &[&str]) {
    let mut command = std::process::Command::new("git");
    command.current_dir(folder).args(["-c", "user.name=T", "-c", "user.email=t@example.org"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    run(&mut command).exits(0);
}

/// A copy of the demo book in a repository of its own.
fn copy_of_demo() -> TempDir {
    let folder = empty();
    copy(&repository().join("content"), &folder.path().join("content"));
    for file in ["site.toml", "claims.lock", "README.md"] {
        fs::copy(repository().join(file), folder.path().join(file)).expect("a file of the demo book");
    }
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "the demo book"]);
    folder
}

#[test]
fn a_copy_of_the_demo_book_becomes_a_new_book() {
    let folder = copy_of_demo();
    let run = claimbook(folder.path(), ["init", ".", "--replace-demo", "--title", "Ours"]).exits(0);
    assert!(run.stdout.contains("removing content/pages/guide.md\n"), "{}", run.stdout);
    let left: Vec<String> = files_below(&folder.path().join("content")).into_keys().collect();
    let new = empty();
    init(&new, []).exits(0);
    let expected: Vec<String> = files_below(&new.path().join("book/content")).into_keys().collect();
    assert_eq!(left, expected);
    let readme = |folder: &std::path::Path| fs::read(folder.join("README.md")).expect("README.md");
    assert_eq!(readme(folder.path()), readme(repository()), "what is not of the book stays");
    claimbook(folder.path(), ["check", "--today", TODAY]).exits(0);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "our book"]);
    let again = claimbook(folder.path(), ["init", ".", "--replace-demo"]).exits(2);
    again.says(["has no file of the demo book of this version"]);
}

#[test]
fn only_untouched_files_of_the_demo_book_are_removed() {
    let folder = copy_of_demo();
    let before = files_below(folder.path());
    let ours = folder.path().join("content/pages/guide.md");
    fs::write(&ours, "---\ntitle: Ours\n---\n\nOur own page.\n").expect("a page");
    claimbook(folder.path(), ["init", ".", "--replace-demo"]).exits(2).says(["commit them first"]);
    claimbook(folder.path(), ["init", "."]).exits(2).says(["nothing was written"]);
    assert_eq!(files_below(folder.path()).len(), before.len());
    git(folder.path(), &["commit", "--quiet", "--all", "--message", "our page"]);
    let run = claimbook(folder.path(), ["init", ".", "--replace-demo"]).exits(0);
    assert!(
        run.stdout.contains("keeping content/pages/guide.md, because it was changed\n"),
        "{}",
        run.stdout
    );
    assert!(ours.is_file());
    let outside = empty();
    copy(&repository().join("content"), &outside.path().join("content"));
    let refused = claimbook(outside.path(), ["init", ".", "--replace-demo"]).exits(2);
    refused.says(["Git knows no repository"]);
}

#[test]
fn the_demo_book_is_known() {
    let content = files_below(&repository().join("content"));
    let content = content.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes));
    let others = ["claims.lock", "site.toml"]
        .map(|path| (path.to_owned(), fs::read(repository().join(path)).expect("a file of the demo book")));
    let mut files: Vec<(String, Vec<u8>)> = content.chain(others).collect();
    files.sort();
    let line = |(path, bytes): &(String, Vec<u8>)| format!("{}  {path}\n", claimbook::digest::digest(bytes));
    let list: String = files.iter().map(line).collect();
    compare_with_file(&list, &repository().join("src/init/demo.sha256"));
}

#[test]
fn an_issue_becomes_a_draft() {
    let folder = empty();
    init(&folder, []).exits(0);
    let book = folder.path().join("book");
    let issue = "### Statement\n\nTraining takes 2 days.\n\n### Kind\n\nstatement\n\n### Speaker\n\nExample Lab\n\n\
                 ### Date\n\n2026-11\n\n### Source\n\nhttps://example.org/report-46\n\n### Words of the source\n\n\
                 _No response_\n\n### Deadline\n\n_No response_\n";
    fs::write(folder.path().join("issue.md"), issue).expect("an issue");
    let run = claimbook(&book, ["new", "from-issue", "../issue.md"]).exits(0);
    assert_eq!(run.stdout, "content/claims/training-takes-2-days.md\n");
    claimbook(&book, ["check", "--drafts", "--today", TODAY]).exits(0);
    let mut piped = program(&book);
    piped.args(["new", "from-issue", "-", "--id", "again"]);
    piped.stdin(fs::File::open(folder.path().join("issue.md")).expect("the issue"));
    assert_eq!(self::run(&mut piped).exits(0).stdout, "content/claims/again.md\n");
    claimbook(&book, ["new", "from-issue", "site.toml"]).exits(2).says(["no heading `### Statement`"]);
}

#[test]
fn the_doctor_knows_what_goes_wrong() {
    let folder = empty();
    init(&folder, []).exits(0);
    let book = folder.path().join("book");
    git(&book, &["init", "--quiet", "--initial-branch", "main"]);
    git(&book, &["remote", "add", "upstream", "git@github.com:Somebody/book.git"]);
    let doctor = || claimbook(&book, ["doctor"]);
    let subjects = |run: &Run, judgement: &str| -> Vec<String> {
        let lines = run.stdout.lines().filter_map(|line| line.strip_prefix(judgement));
        lines.map(|line| line.trim_start().split("  ").next().unwrap_or_default().to_owned()).collect()
    };
    let run = doctor().exits(1);
    assert_eq!(subjects(&run, "problem"), ["base address"], "{}", run.stdout);
    assert_eq!(subjects(&run, "advice"), ["repository", "size"], "{}", run.stdout);
    let settings = fs::read_to_string(book.join("site.toml")).expect("site.toml");
    let settings = settings.replace("https://example.org/", "https://somebody.github.io/book/").replace(
        "# repository = \"https://github.com/example/book\"",
        "repository = \"https://github.com/Somebody/book\"",
    );
    fs::write(book.join("site.toml"), settings).expect("site.toml");
    claimbook(&book, ["build"]).exits(0);
    let run = doctor().exits(0);
    assert_eq!(subjects(&run, "good").len(), 10, "{}", run.stdout);
    fs::write(book.join(".github/requirements.txt"), "claimbook==9.9.9\n").expect("requirements");
    git(&book, &["add", "--force", "snapshots"]);
    let run = doctor().exits(1);
    assert_eq!(subjects(&run, "problem"), ["version", "snapshots"], "{}", run.stdout);
    fs::write(book.join("content/articles/broken.md"), "[a](claim:gone)\n").expect("a write-up");
    let run = doctor().exits(1);
    assert_eq!(subjects(&run, "problem"), ["book"], "{}", run.stdout);
}

#[test]
fn reports_for_the_repository_name_the_folder_of_the_book_in_it() {
    let folder = empty();
    init(&folder, []).exits(0);
    let book = folder.path().join("book");
    git(folder.path(), &["init", "--quiet"]);
    fs::write(book.join("content/articles/broken.md"), "[a](claim:gone)\n").expect("a write-up");
    let check = |format: &str| claimbook(&book, ["check", "--format", format]).exits(1).stdout;
    assert!(check("github").starts_with("::error file=book/content/articles/broken.md,line=1,"));
    assert!(check("sarif").contains("\"uri\": \"book/content/articles/broken.md\""));
    assert!(check("json").contains("\"file\": \"content/articles/broken.md\""));
}

#[test]
fn a_lock_with_line_ends_of_windows_is_current() {
    let folder = empty();
    init(&folder, []).exits(0);
    let lock = folder.path().join("book/claims.lock");
    let text = fs::read_to_string(&lock).expect("claims.lock");
    fs::write(&lock, text.replace('\n', "\r\n")).expect("claims.lock");
    claimbook(&folder.path().join("book"), ["verify", "--check"]).exits(0);
}

#[test]
fn copies_of_sources_are_not_published() {
    let folder = empty();
    init(&folder, []).exits(0);
    let ignored = fs::read_to_string(folder.path().join("book/.gitignore")).expect(".gitignore");
    assert!(["/public/", "/snapshots/"].iter().all(|line| ignored.lines().any(|other| other == *line)));
    let workflow =
        fs::read_to_string(folder.path().join("book/.github/workflows/pages.yml")).expect("a workflow");
    for part in
        ["contents: read", "pages: write", "id-token: write", "group: pages", "steps.pages.outputs.base_url"]
    {
        assert!(workflow.contains(part), "{part}");
    }
    let (build, deploy) = workflow.split_once("\n  deploy:\n").expect("a job that deploys");
    assert!(!build.contains(": write"), "the job that reads the content may write:\n{build}");
    assert!(!deploy.contains(" run: "), "the job that may publish runs commands:\n{deploy}");
    let unpinned: Vec<&str> = workflow
        .lines()
        .filter_map(|line| Some(line.split_once("uses: ")?.1))
        .filter(|action| {
            let commit = action.split_once('@').map_or("", |(_, version)| version).split(' ').next();
            commit.is_none_or(|commit| commit.len() != 40)
        })
        .collect();
    assert_eq!(unpinned, Vec::<&str>::new(), "actions are named by commit, since tags can move");
}
