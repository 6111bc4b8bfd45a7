//! How long does each stage take on the demo book? Run by hand: `cargo bench`.

use std::path::Path;
use std::sync::Arc;

use claimbook::config::Overrides;
use claimbook::date::PartialDate;
use claimbook::graph::link;
use claimbook::markdown::parse;
use claimbook::output::{CommitOptions, OutputFile, commit};
use claimbook::pipeline::{self, Edition};
use claimbook::source::{Sources, load};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn demo() -> Arc<Sources> {
    Arc::new(load(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the demo book is there").0)
}

fn overrides() -> Overrides {
    let today = PartialDate::parse("2026-11-22").expect("a day").first_day();
    Overrides { base_url: None, repository: None, today, drafts: false, review: false }
}

#[divan::bench]
fn load_from_disk() -> Arc<Sources> {
    demo()
}

#[divan::bench]
fn parse_every_file(bencher: Bencher<'_, '_>) {
    let sources = demo();
    bencher.bench(|| {
        for (id, file) in sources.iter().filter(|(_, file)| file.path().starts_with("content/")) {
            black_box(parse(id, file));
        }
    });
}

#[divan::bench]
fn analyse(bencher: Bencher<'_, '_>) {
    let sources = demo();
    bencher.bench(|| pipeline::analyse(&sources, &[], &overrides()));
}

#[divan::bench]
fn render_every_page(bencher: Bencher<'_, '_>) {
    let sources = demo();
    let analysis = pipeline::analyse(&sources, &[], &overrides());
    let Edition { publication, tree, .. } = pipeline::plan(&analysis).1.expect("the demo book has no errors");
    bencher.bench(|| {
        let mut room = Vec::new();
        for (_, file) in tree.files() {
            if let OutputFile::Render(render) = file {
                room.clear();
                render(&publication, &mut room).expect("the demo book renders");
                black_box(&room);
            }
        }
    });
}

#[divan::bench]
fn link_every_document(bencher: Bencher<'_, '_>) {
    let sources = demo();
    let parsed = sources.iter().filter(|(_, file)| file.path().starts_with("content/"));
    let documents: Vec<_> = parsed.filter_map(|(id, file)| parse(id, file).document).collect();
    bencher.bench(|| link(documents.clone(), overrides().today));
}

#[divan::bench]
fn commit_to_a_new_folder(bencher: Bencher<'_, '_>) {
    let Edition { publication, tree, .. } = pipeline::plan(&pipeline::analyse(&demo(), &[], &overrides()))
        .1
        .expect("the demo book has no errors");
    let folder = || tempfile::tempdir().expect("a folder");
    let write = |folder: &tempfile::TempDir| {
        let options = CommitOptions { lock: None, unchanged_stamp: &|_| None, on_file_done: &|| () };
        commit(&[&*tree], &publication, folder.path(), options)
            .map(|(summary, _)| summary)
            .expect("the demo book is written")
    };
    bencher.with_inputs(folder).bench_local_refs(|folder| write(folder));
}
