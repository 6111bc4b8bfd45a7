//! Reports a site that is nearly as large as GitHub Pages allows, or larger.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind, Severity};

/// Name, default level and documentation of the lint `large-sites`.
pub(super) const RULE: Rule = Rule {
    name: "large-sites",
    kind: RuleKind::Lint(Level::Warn),
    summary: "the site is nearly as large as GitHub Pages allows, or larger",
    explanation: "GitHub Pages takes sites of up to 1 GB and refuses larger ones. A build reports a site from \
900 MB on, so that there is time to act. It has written the site by then, so that the site is there even where the \
lint is denied, and `check` does not know the size. Pictures in `static/` and `content/` are often larger than they need \
to be, and without preview images a large site is about a tenth smaller. If the site is published elsewhere, allow the \
lint.

    [build]
    previews = false

    [lints]
    large-sites = \"allow\"",
};

/// The size of a site that GitHub Pages takes, in bytes. [GitHub](https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits)
/// says 1 GB.
const LIMIT: u64 = 1_000_000_000;
/// The size in bytes from which a site is reported.
const NEAR: u64 = LIMIT / 10 * 9;

/// Returns the problem of a site that was built, if it is large. `size` is the size of all files in bytes, and `largest` is
/// the largest file with its size.
pub(super) fn check(config: &Config, size: u64, largest: Option<(&str, u64)>) -> Option<Diagnostic> {
    let level = config.lints.level_of(&RULE);
    if size < NEAR || level == Level::Allow {
        return None;
    }
    let megabytes = size / 1_000_000;
    let message = format!("the site has {megabytes} MB; GitHub Pages takes at most {} MB", LIMIT / 1_000_000);
    let help = match largest {
        Some((path, bytes)) if bytes > size / 10 => {
            format!(
                "`{path}` alone has {} MB; the site can do without it, or it can be smaller",
                bytes / 1_000_000
            )
        }
        _ => "`claimbook explain large-sites` says what makes a site smaller".to_owned(),
    };
    let mut problem = Diagnostic::for_path(&RULE, "site.toml", message).help(help);
    if level == Level::Deny {
        problem.severity = Severity::Error;
    }
    Some(problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::Example;

    #[test]
    fn a_site_is_reported_before_it_is_too_large() {
        let example = Example::of_article("No claim.");
        let report = |size| check(&example.config, size, None).map(|problem| problem.message);
        assert_eq!(report(899_999_999), None);
        let near = "the site has 900 MB; GitHub Pages takes at most 1000 MB";
        assert_eq!(report(900_000_000).as_deref(), Some(near));
        assert!(report(5_000_000_000).is_some());
        let large = check(&example.config, 950_000_000, Some(("video.mp4", 700_000_000))).expect("a problem");
        assert!(format!("{large:?}").contains("`video.mp4` alone has 700 MB"), "{large:?}");
    }

    #[test]
    fn a_book_may_allow_large_sites_or_deny_them() {
        let mut example = Example::of_article("No claim.");
        let mut severity = |level| {
            example.config.lints.set(RULE.name, level);
            check(&example.config, 950_000_000, None).map(|problem| problem.severity)
        };
        assert_eq!(severity(Level::Allow), None);
        assert_eq!(severity(Level::Warn), Some(Severity::Warning));
        assert_eq!(severity(Level::Deny), Some(Severity::Error));
    }
}
