//! Which file of `src/` uses which other one? No two files use each other, neither by what they import nor by the
//! methods of one type that both have.
//!
//! A file uses another if it names something of it, also where a module above passes it on with `pub use`, or if it
//! calls a method that the other gives to a type they share. A module may call its own parts by their path (`part::f()`),
//! and parts may use what is in their module: that is not counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::{Source, sources};

type Path = Vec<String>;

/// The path of a file's module: `page/parts/mod.rs` is `page::parts`.
fn module(source: &Source) -> Path {
    let path = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The paths in a tree of imports: `a::{b, c::d}` are `a::b` and `a::c::d`.
fn paths(tree: &str) -> Vec<Path> {
    let tree = tree.trim();
    let Some((head, body)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return if path.is_empty() { vec![] } else { vec![segments(path)] };
    };
    let body = body.trim_end().strip_suffix('}').unwrap_or(body);
    let mut depth = 0_usize;
    let parts = body.split(|letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    });
    let within = parts.flat_map(paths);
    within.map(|path| segments(head).into_iter().chain(path).collect()).collect()
}

fn segments(path: &str) -> Path {
    path.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// All imports of a file, and whether each is passed on.
fn imports(code: &str) -> Vec<(bool, Path)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let before = code.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default().trim();
        if !line.is_empty() && !line.starts_with("pub") {
            continue;
        }
        let tree = code.get(at + 4..).unwrap_or_default().split(';').next().unwrap_or_default();
        found.extend(paths(tree).into_iter().map(|path| (!line.is_empty(), path)));
    }
    found
}

/// A path from the root of the crate; `None` for another crate.
fn absolute(path: &[String], own: &[String], modules: &BTreeMap<Path, usize>) -> Option<Path> {
    let first = path.first()?;
    match first.as_str() {
        "crate" => Some(path.get(1..)?.to_vec()),
        "super" => {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let base = own.get(..own.len().checked_sub(ups)?)?;
            Some(base.iter().chain(path.get(ups..)?).cloned().collect())
        }
        _ => {
            let child: Path = own.iter().chain([first]).cloned().collect();
            modules.contains_key(&child).then(|| own.iter().chain(path).cloned().collect())
        }
    }
}

/// The files that each file uses, by their numbers.
fn uses(sources: &[Source]) -> Vec<BTreeSet<usize>> {
    let modules: BTreeMap<Path, usize> =
        sources.iter().enumerate().map(|(number, source)| (module(source), number)).collect();
    let longest = |path: &[String]| -> (Path, Path) {
        let length =
            (0..=path.len()).rev().find(|&length| modules.contains_key(&path[..length])).unwrap_or(0);
        (path[..length].to_vec(), path[length..].to_vec())
    };
    // What each module passes on, and the module that has it.
    let mut passed_on: BTreeMap<(Path, String), Path> = BTreeMap::new();
    for source in sources {
        let own = module(source);
        for (is_passed_on, path) in imports(&source.code) {
            let target = absolute(&path, &own, &modules).filter(|_| is_passed_on);
            if let (Some(target), Some(name)) = (target, path.last()) {
                passed_on.insert((own.clone(), name.clone()), longest(&target).0);
            }
        }
    }
    let file_of = |path: &[String]| -> Option<usize> {
        let (mut at, rest) = longest(path);
        let name = rest.first()?;
        for _ in 0..8 {
            match passed_on.get(&(at.clone(), name.clone())) {
                Some(next) if *next != at => at.clone_from(next),
                _ => break,
            }
        }
        modules.get(&at).copied()
    };
    let methods = methods_of(sources);
    sources
        .iter()
        .enumerate()
        .map(|(number, source)| {
            let own = module(source);
            let named = imports(&source.code).into_iter().filter(|(is_passed_on, _)| !is_passed_on);
            let named = named.filter_map(|(_, path)| file_of(&absolute(&path, &own, &modules)?));
            let called = methods.iter().filter(|(_, owners)| !owners.contains(&number));
            let called =
                called.filter(|((of, name), _)| has_methods(source, of) && calls(&source.code, name));
            let called = called.flat_map(|(_, owners)| owners.iter().copied());
            let root = modules.get(&Vec::new()).copied();
            named.chain(called).filter(|&other| other != number && Some(other) != root).collect()
        })
        .collect()
}

/// Whether a method of this name is called on `self`, or on a site or plan.
fn calls(code: &str, method: &str) -> bool {
    ["self.", "site.", "Self::", "Site::", "plan."].iter().any(|on| code.contains(&format!("{on}{method}(")))
}

fn is_impl_of(line: &str, of: &str) -> bool {
    line.starts_with("impl") && (line.contains(&format!(" {of}<")) || line.contains(&format!(" {of} {{")))
}

/// Whether a file gives methods to a type.
fn has_methods(source: &Source, of: &str) -> bool {
    source.code.lines().any(|line| is_impl_of(line, of))
}

/// Types to which several files give methods.
fn shared_types(sources: &[Source]) -> BTreeSet<String> {
    let mut files: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let heads = source.code.lines().filter(|line| line.starts_with("impl") && !line.contains(" for "));
        for head in heads {
            let name = head.trim_end_matches(" {").rsplit(' ').next().unwrap_or_default();
            let name = name.split('<').next().unwrap_or_default();
            files.entry(name.to_owned()).or_default().insert(&source.path);
        }
    }
    files.into_iter().filter(|(_, files)| files.len() > 1).map(|(name, _)| name).collect()
}

/// The files that give a method of this name to one of the shared types. Names that several files use are left out,
/// since text does not show which one is meant.
fn methods_of(sources: &[Source]) -> BTreeMap<(String, String), BTreeSet<usize>> {
    let shared = shared_types(sources);
    assert!(shared.len() > 4, "types with methods in several files: {shared:?}");
    let mut methods: BTreeMap<(String, String), BTreeSet<usize>> = BTreeMap::new();
    for (number, source) in sources.iter().enumerate() {
        let mut of = None;
        for line in source.code.lines() {
            if line.starts_with("impl") {
                of = shared.iter().find(|name| is_impl_of(line, name));
            } else if line == "}" {
                of = None;
            }
            let is_member = line.starts_with("    ") && !line.starts_with("     ");
            let name =
                line.split_once("fn ").map(|(_, rest)| rest.split(['(', '<']).next().unwrap_or_default());
            if let Some((of, name)) = of.zip(name).filter(|_| is_member) {
                methods.entry((of.clone(), name.to_owned())).or_default().insert(number);
            }
        }
    }
    methods.retain(|_, owners| owners.len() == 1);
    methods
}

#[test]
fn no_files_use_each_other() {
    let sources = sources();
    let uses = uses(&sources);
    assert!(uses.iter().map(BTreeSet::len).sum::<usize>() > 400, "the imports are not understood");
    // Remove files that use nothing that is left, until none goes: those in circles stay.
    let mut left: BTreeSet<usize> = (0..sources.len()).collect();
    loop {
        let done: Vec<usize> =
            left.iter().copied().filter(|&file| uses[file].intersection(&left).next().is_none()).collect();
        if done.is_empty() {
            break;
        }
        left.retain(|file| !done.contains(file));
    }
    // Files that only use a circle are no part of it.
    loop {
        let outside: Vec<usize> = left
            .iter()
            .copied()
            .filter(|file| !left.iter().any(|other| other != file && uses[*other].contains(file)))
            .collect();
        if outside.is_empty() {
            break;
        }
        left.retain(|file| !outside.contains(file));
    }
    let circles: Vec<String> = left
        .iter()
        .map(|&file| {
            let names = uses[file].intersection(&left).map(|&other| sources[other].path.as_str());
            format!("src/{} uses {}", sources[file].path, names.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert!(circles.is_empty(), "circles among\n{}", circles.join("\n"));
}

#[test]
fn trees_of_imports_are_understood() {
    let check = |tree: &str, expected: &[&str]| {
        let found: Vec<String> = paths(tree).iter().map(|path| path.join("::")).collect();
        assert_eq!(found, expected, "{tree}");
    };
    check("crate::a::B", &["crate::a::B"]);
    check(
        "crate::a::{self, B as C, d::{E, F}}",
        &["crate::a::self", "crate::a::B", "crate::a::d::E", "crate::a::d::F"],
    );
    check("super::x", &["super::x"]);
}
