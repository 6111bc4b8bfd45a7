//! Does the theme have every class that the program writes, so that raw HTML of authors cannot use it?

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use claimbook::source::Sources;
use claimbook::templates::ThemeClasses;
use walkdir::WalkDir;

use crate::html::Page;
use crate::site::{repository, site};

#[test]
fn every_class_of_the_program_is_the_themes() {
    let theme = ThemeClasses::new(&Sources::from_texts([("site.toml", "")]));
    let mut found = BTreeSet::new();
    for entry in WalkDir::new(repository().join("src")).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "rs")
            && path.file_name().is_some_and(|name| name != "templates.rs")
        {
            let text = fs::read_to_string(path).expect("a source file");
            let code = text.split("\n#[cfg(test)]").next().unwrap_or_default();
            for (_, list) in code
                .match_indices("class=\\\"")
                .filter_map(|(at, name)| Some((at, code.get(at + name.len()..)?)))
            {
                let list = list.split(['"', '\\']).next().unwrap_or_default();
                // What is put in by a format string is seen in the pages below.
                let literal = list.split_whitespace().filter(|class| !class.contains(['{', '}']));
                found.extend(literal.map(str::to_owned));
            }
        }
    }
    assert!(found.contains("plot") && found.contains("ref") && found.len() > 12, "{found:?}");
    let built = site().claim().file("content/metrics/pace.md", "---\ntitle: Pace\nunit: days\n---\n").build();
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "html");
    for (_, bytes) in built.iter().filter(|(path, _)| is_page(path)) {
        let page = Page::parse(bytes);
        let lists = page.values("class");
        found.extend(lists.into_iter().flat_map(str::split_whitespace).map(str::to_owned));
    }
    assert!(found.contains("claim") && found.contains("s-unreviewed"), "{found:?}");
    found.retain(|class| !theme.contains(class));
    assert!(found.is_empty(), "no file of the theme has {found:?}, so authors could use them");
}
