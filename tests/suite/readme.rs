//! Do the examples of README.md work as printed?

use crate::site::{TODAY, repository, site};

/// The code blocks of README.md in a language.
fn examples(language: &str) -> Vec<String> {
    let path = repository().join("README.md");
    let text = std::fs::read_to_string(path).expect("README.md");
    let fence = format!("```{language}\n");
    text.split(&fence)
        .skip(1)
        .map(|block| block.split("\n```").next().unwrap_or_default().to_owned() + "\n")
        .collect()
}

#[test]
fn the_write_up_and_the_settings_of_the_readme_are_clean() {
    let (write_ups, settings) = (examples("markdown"), examples("toml"));
    assert_eq!((write_ups.len(), settings.len()), (1, 1));
    let site =
        site().file("site.toml", &settings[0]).file("content/articles/the-weekly-report.md", &write_ups[0]);
    site.run(["check", "--strict", "--today", TODAY]).exits(0);
    let built = site.build();
    assert!(built.contains_key("claims/training-4-days/index.html"));
}
