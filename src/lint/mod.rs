//! Runs the lints, which report problems of a [`Book`] that an editor would fix. Each lint has a file of its own
//! with its documentation and its function, and an entry in the table `LINTS`.

mod broken_anchors;
mod conflicting_measurements;
mod conflicting_relations;
mod copied_statements;
mod cut_values;
mod drifted_quotes;
mod early_successors;
mod future_dates;
mod incomplete_measurements;
mod joined_names;
mod large_sites;
mod lost_cells;
mod mixed_units;
mod name_pairs;
mod near_miss_names;
mod one_sided_contradictions;
mod overdue_forecasts;
mod proposed_claims;
mod quotes_in_statements;
mod removed_html;
mod spelling_variants;
mod stray_facts;
mod unarchived_quotes;
mod unclosed_code;
mod unclosed_directions;
mod undated_forecasts;
mod underscored_files;
mod unexplained_verdicts;
mod unmatched_readings;
mod unmentioned_claims;
mod unordered_verdicts;
mod unparsed_links;
mod unread_files;
mod unsourced_claims;
mod unused_allows;
mod unused_definitions;
mod unused_templates;

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, Rule, RuleKind, Severity, rules};
use crate::document::{Claim, ClaimForm, WordingAccess};
use crate::graph::{Book, ClaimIndex};
use crate::name;
use crate::quote::{Lock, QuoteCheck};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::templates::ThemeClasses;

/// The data that lints can use.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The book to check.
    pub book: &'a Book,
    /// The settings of the site.
    pub config: &'a Config,
    /// The results of searching quotations in snapshots.
    pub lock: &'a Lock,
    /// The CSS classes of the theme, which authors cannot use.
    pub theme: &'a ThemeClasses,
    /// The files of the site.
    pub sources: &'a Sources,
    /// Permission to read the texts of the book.
    pub access: WordingAccess,
}

impl<'a> Context<'a> {
    /// Returns the state of the quotation of a claim according to `claims.lock`, or `None` if the claim has no
    /// quotation.
    fn check_quote(&self, index: ClaimIndex) -> Option<QuoteCheck<'a>> {
        self.book.check_quote(index, self.lock, self.access)
    }
}

/// A lint, with its documentation and its function.
struct Lint {
    rule: &'static Rule,
    check: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// All lints except [`large_sites`] and [`unused_allows`], sorted by name.
const LINTS: &[Lint] = &[
    Lint { rule: &broken_anchors::RULE, check: broken_anchors::check },
    Lint { rule: &conflicting_measurements::RULE, check: conflicting_measurements::check },
    Lint { rule: &conflicting_relations::RULE, check: conflicting_relations::check },
    Lint { rule: &copied_statements::RULE, check: copied_statements::check },
    Lint { rule: &cut_values::RULE, check: cut_values::check },
    Lint { rule: &drifted_quotes::RULE, check: drifted_quotes::check },
    Lint { rule: &early_successors::RULE, check: early_successors::check },
    Lint { rule: &future_dates::RULE, check: future_dates::check },
    Lint { rule: &incomplete_measurements::RULE, check: incomplete_measurements::check },
    Lint { rule: &joined_names::RULE, check: joined_names::check },
    Lint { rule: &lost_cells::RULE, check: lost_cells::check },
    Lint { rule: &mixed_units::RULE, check: mixed_units::check },
    Lint { rule: &near_miss_names::RULE, check: near_miss_names::check },
    Lint { rule: &one_sided_contradictions::RULE, check: one_sided_contradictions::check },
    Lint { rule: &overdue_forecasts::RULE, check: overdue_forecasts::check },
    Lint { rule: &proposed_claims::RULE, check: proposed_claims::check },
    Lint { rule: &quotes_in_statements::RULE, check: quotes_in_statements::check },
    Lint { rule: &removed_html::RULE, check: removed_html::check },
    Lint { rule: &spelling_variants::RULE, check: spelling_variants::check },
    Lint { rule: &stray_facts::RULE, check: stray_facts::check },
    Lint { rule: &unarchived_quotes::RULE, check: unarchived_quotes::check },
    Lint { rule: &unclosed_code::RULE, check: unclosed_code::check },
    Lint { rule: &unclosed_directions::RULE, check: unclosed_directions::check },
    Lint { rule: &undated_forecasts::RULE, check: undated_forecasts::check },
    Lint { rule: &underscored_files::RULE, check: underscored_files::check },
    Lint { rule: &unexplained_verdicts::RULE, check: unexplained_verdicts::check },
    Lint { rule: &unmatched_readings::RULE, check: unmatched_readings::check },
    Lint { rule: &unmentioned_claims::RULE, check: unmentioned_claims::check },
    Lint { rule: &unordered_verdicts::RULE, check: unordered_verdicts::check },
    Lint { rule: &unparsed_links::RULE, check: unparsed_links::check },
    Lint { rule: &unread_files::RULE, check: unread_files::check },
    Lint { rule: &unsourced_claims::RULE, check: unsourced_claims::check },
    Lint { rule: &unused_definitions::RULE, check: unused_definitions::check },
    Lint { rule: &unused_templates::RULE, check: unused_templates::check },
];

/// Whether a problem concerns the verification of a quotation.
pub fn is_about_quotes(problem: &Diagnostic) -> bool {
    [&drifted_quotes::RULE, &unarchived_quotes::RULE, &unmatched_readings::RULE].contains(&problem.rule)
}

/// Whether a problem depends on the day of the build. Such a warning never fails `--strict`, so a book that passes
/// on one day passes on the next one as well.
pub fn depends_on_build_date(problem: &Diagnostic) -> bool {
    [&future_dates::RULE, &overdue_forecasts::RULE].contains(&problem.rule)
}

/// Returns all errors and lints, sorted by name. The command `explain`, the configuration and the user guide use
/// this list.
pub fn all_rules() -> Vec<&'static Rule> {
    let mut all: Vec<&Rule> = rules::ERRORS.to_vec();
    all.extend(LINTS.iter().map(|lint| lint.rule));
    all.extend([&large_sites::RULE, &unused_allows::RULE]);
    all.sort_by_key(|rule| rule.name);
    all
}

/// Returns the problem of a site that was built, if it is nearly as large as its host allows. `None` if the configuration
/// allows that. `size` is the size of all files in bytes, and `largest` is the largest file with its size.
pub fn check_size(config: &Config, size: u64, largest: Option<(&str, u64)>) -> Option<Diagnostic> {
    large_sites::check(config, size, largest)
}

/// Runs the lints whose configured level is not `allow`, and removes the problems that are suppressed in the text.
pub fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let run_one = |lint: &Lint| {
        let mut found = Vec::new();
        if context.config.lints.level_of(lint.rule) != Level::Allow {
            (lint.check)(context, &mut found);
        }
        found
    };
    let mut found: Vec<Diagnostic> = LINTS.par_iter().flat_map_iter(run_one).collect();
    proposed_claims::remove_problems_in_proposed_claims(context, &mut found);
    remove_problems_in_broken_files(context, &mut found);
    let suppressions = Suppressions::new(context.book);
    let mut problems = unknown_lint_names(&suppressions);
    let mut used = vec![false; suppressions.list.len()];
    found.retain(|problem| !suppressions.suppresses(problem, &mut used));
    if context.config.lints.level_of(&unused_allows::RULE) != Level::Allow {
        let levels = &context.config.lints;
        let is_active = |name: &str| {
            LINTS.iter().any(|lint| lint.rule.name == name && levels.level_of(lint.rule) != Level::Allow)
        };
        let mut unused: Vec<Diagnostic> = std::iter::zip(&suppressions.list, &used)
            .filter(|(allow, used)| !**used && allow.is_fully_checked && is_active(&allow.name.value))
            .map(|(allow, _)| unused_allows::problem(allow.name))
            .collect();
        unused.retain(|problem| !suppressions.suppresses(problem, &mut used));
        found.append(&mut unused);
    }
    for problem in &mut found {
        if context.config.lints.level_of(problem.rule) == Level::Deny {
            problem.severity = Severity::Error;
        }
    }
    problems.append(&mut found);
    problems
}

/// Removes the problems of files whose front matter has errors. Such front matter could have named the source, the
/// date or the allowed lints that are missing.
fn remove_problems_in_broken_files(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let broken = context.book.documents().filter(|(_, document)| document.front_matter.is_broken);
    let files: BTreeSet<FileId> = broken.map(|(_, document)| document.file()).collect();
    found.retain(|problem| files.is_empty() || !problem.spans().any(|span| files.contains(&span.file)));
}

/// All suppressions of lints in the text. They are sorted by file, lint and position for binary search, because a
/// file may have as many of them as claims.
struct Suppressions<'a> {
    list: Vec<Suppression<'a>>,
}

/// A suppression: the name of a lint, and the range of text in which the lint is not reported.
struct Suppression<'a> {
    name: &'a Spanned<String>,
    scope: Span,
    /// Whether the front matter and the claims in the scope have no errors. Otherwise lints skip parts of the
    /// scope, so it is unknown whether the suppression is used.
    is_fully_checked: bool,
}

impl<'a> Suppression<'a> {
    fn key(&self) -> (FileId, &'a str, u32) {
        (self.scope.file, self.name.value.as_str(), self.scope.start)
    }
}

impl<'a> Suppressions<'a> {
    fn new(book: &'a Book) -> Self {
        let mut list = Vec::new();
        for (_, document) in book.documents() {
            let whole_file = Span { file: document.file(), start: 0, end: u32::MAX };
            let front_matter = &document.front_matter;
            let is_judged = !front_matter.is_broken && document.claims.iter().all(|claim| !claim.is_broken);
            list.extend(front_matter.allow.iter().map(|name| Suppression {
                name,
                scope: whole_file,
                is_fully_checked: is_judged,
            }));
            for claim in &document.claims {
                let scope = if claim.form == ClaimForm::File { whole_file } else { claim.span };
                let is_judged = !front_matter.is_broken && !claim.is_broken;
                list.extend(claim.allow.iter().map(|name| Suppression {
                    name,
                    scope,
                    is_fully_checked: is_judged,
                }));
            }
        }
        list.sort_by_key(Suppression::key);
        Self { list }
    }

    fn suppresses(&self, problem: &Diagnostic, used: &mut [bool]) -> bool {
        let Some(span) = problem.place.span() else { return false };
        let key = (span.file, problem.rule.name, span.start);
        // A scope is a whole file or a claim, and claims do not overlap. So only two kinds of suppressions can
        // cover the problem: those of the file, which begin at byte 0, and those of the last claim that begins
        // before the problem.
        let before = self.list.get(..self.list.partition_point(|allow| allow.key() <= key));
        let claim_start = before
            .and_then(<[_]>::last)
            .map_or(0, |allow| if allow.key() >= (key.0, key.1, 0) { allow.scope.start } else { 0 });
        let file_range = if claim_start > 0 { self.range_with_key((key.0, key.1, 0)) } else { 0..0 };
        let claim_range = self.range_with_key((key.0, key.1, claim_start));
        let mut is_suppressed = false;
        for index in file_range.chain(claim_range) {
            if span.end <= self.list[index].scope.end {
                used[index] = true;
                is_suppressed = true;
            }
        }
        is_suppressed
    }

    /// Returns the range of suppressions with this file, lint and start of the scope.
    fn range_with_key(&self, key: (FileId, &str, u32)) -> Range<usize> {
        self.list.partition_point(|allow| allow.key() < key)
            ..self.list.partition_point(|allow| allow.key() <= key)
    }
}

fn unknown_lint_names(suppressions: &Suppressions<'_>) -> Vec<Diagnostic> {
    let rules = all_rules();
    let lints = || rules.iter().filter(|rule| matches!(rule.kind, RuleKind::Lint(_))).map(|rule| rule.name);
    suppressions
        .list
        .iter()
        .filter(|allow| !lints().any(|lint| lint == allow.name.value))
        .map(|allow| {
            let name = &allow.name.value;
            Diagnostic::new(&rules::UNKNOWN_WORDS, allow.name.span, format!("unknown lint `{name}`"))
                .did_you_mean(name::nearest(name, lints()))
                .help("`claimbook explain` lists all of them; errors cannot be allowed")
        })
        .collect()
}

/// Returns the claims that have no errors.
fn valid_claims<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Claim> + use<'a> {
    valid_claims_with_index(context).map(|(_, claim)| claim)
}

/// Returns the claims that have no errors, each with its index.
fn valid_claims_with_index<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (ClaimIndex, &'a Claim)> + use<'a> {
    let book = context.book;
    book.all_claims().map(|index| (index, book.claim(index))).filter(|(_, claim)| !claim.is_broken)
}

/// Returns the names of the people who sign verdicts and readings of quotations, in the order of files and claims.
fn reviewer_names<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Spanned<String>> + use<'a> {
    let claims = context.book.documents().flat_map(|(_, document)| &document.claims);
    claims.filter(|claim| !claim.is_broken).flat_map(|claim| {
        let verdicts = claim.verdicts.iter().filter_map(|verdict| verdict.by.as_ref());
        verdicts.chain(claim.seen.iter().map(|seen| &seen.by))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    impl Example {
        pub(super) fn context(&self) -> Context<'_> {
            let Self { sources, config, book, lock, theme, .. } = self;
            Context { book, config, lock, theme, sources, access: WordingAccess::grant() }
        }

        /// The messages of a lint in this book, with the text at the place of each.
        fn reports(&self, rule: &Rule, problems: &[Diagnostic]) -> Vec<(String, String)> {
            let of_rule = problems.iter().filter(|problem| problem.rule == rule);
            let owned = |(message, place): (&str, &str)| (message.to_owned(), place.to_owned());
            self.found(of_rule).into_iter().map(owned).collect()
        }
    }

    /// Asserts what a lint reports in these files, which have no errors: each message, and the text at its place. A
    /// lint that is off by default is switched on.
    #[track_caller]
    pub(super) fn check(rule: &Rule, texts: &[(&str, &str)], expected: &[(&str, &str)]) {
        check_example(rule, Example::new(texts), expected);
    }

    /// Asserts what a lint reports in a write-up with a source.
    #[track_caller]
    pub(super) fn check_article(rule: &Rule, body: &str, expected: &[(&str, &str)]) {
        check(rule, &[("content/articles/a.md", &article(body))], expected);
    }

    /// Asserts what a lint reports in a book.
    #[track_caller]
    pub(super) fn check_example(rule: &Rule, mut example: Example, expected: &[(&str, &str)]) {
        if rule.kind == RuleKind::Lint(Level::Allow) {
            example.config.lints.set(rule.name, Level::Warn);
        }
        let found = example.reports(rule, &run(&example.context()));
        let found: Vec<(&str, &str)> =
            found.iter().map(|(message, place)| (message.as_str(), place.as_str())).collect();
        assert_eq!(found, expected);
    }

    /// Asserts that a lint finds something in these files and that an `allow` in them suppresses all of it.
    #[track_caller]
    pub(super) fn check_allowed(rule: &Rule, texts: &[(&str, &str)]) {
        let example = Example::new(texts);
        assert_ne!(example.without_suppressions(rule), [], "there is nothing to suppress");
        check_example(rule, example, &[]);
    }

    /// Asserts that a lint finds something in a write-up with a source, and that an `allow` in it suppresses all of
    /// it.
    #[track_caller]
    pub(super) fn check_allowed_article(rule: &Rule, body: &str) {
        check_allowed(rule, &[("content/articles/a.md", &article(body))]);
    }

    /// Asserts that a lint finds something in a book, and reports nothing if its level is `allow`.
    #[track_caller]
    pub(super) fn check_off(rule: &Rule, mut example: Example) {
        assert_ne!(example.without_suppressions(rule), [], "there is nothing to report");
        example.config.lints.set(rule.name, Level::Allow);
        assert_eq!(example.reports(rule, &run(&example.context())), []);
    }

    impl Example {
        fn without_suppressions(&self, rule: &Rule) -> Vec<(String, String)> {
            let lint = LINTS.iter().find(|lint| lint.rule == rule).expect("a lint of the table");
            let mut found = Vec::new();
            (lint.check)(&self.context(), &mut found);
            self.reports(rule, &found)
        }
    }

    #[test]
    fn levels_decide_whether_a_lint_runs_and_whether_it_is_an_error() {
        let body = article(&claim("pace", "kind:: forecast"));
        let mut example = Example::new(&[("content/articles/a.md", &body)]);
        let rule = &undated_forecasts::RULE;
        for (level, expected) in [
            (Level::Allow, None),
            (Level::Warn, Some(Severity::Warning)),
            (Level::Deny, Some(Severity::Error)),
        ] {
            example.config.lints.set(rule.name, level);
            let problems = run(&example.context());
            let found = problems.iter().find(|problem| problem.rule == rule);
            assert_eq!(found.map(|problem| problem.severity), expected, "{level:?}");
        }
    }

    #[test]
    fn a_suppression_covers_its_claim_or_its_file() {
        let rule = &undated_forecasts::RULE;
        let allowed = "kind:: forecast\nallow:: undated-forecasts";
        let body = [claim("one", allowed), claim("two", "kind:: forecast"), claim("three", allowed)].concat();
        check_article(rule, &body, &[("forecast `two` has no deadline", "two")]);
        let file = "---\ntitle: A\nallow: [undated-forecasts]\n---\n\n".to_owned() + &body;
        check_allowed(rule, &[("content/articles/a.md", &file)]);
        let other = article(&body);
        check(
            rule,
            &[
                ("content/articles/a.md", &file),
                ("content/articles/b.md", &other.replace("[!claim] ", "[!claim] b-")),
            ],
            &[("forecast `b-two` has no deadline", "b-two")],
        );
    }

    #[test]
    fn a_suppression_names_a_lint() {
        let body = claim("pace", "allow:: undated-forecast, unknown-claims");
        let example = Example::of_article(&body);
        let problems = run(&example.context());
        let unknown: Vec<&Diagnostic> =
            problems.iter().filter(|problem| problem.rule == &rules::UNKNOWN_WORDS).collect();
        let messages: Vec<&str> = unknown.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["unknown lint `undated-forecast`", "unknown lint `unknown-claims`"]);
        assert_eq!(unknown[0].help[0], "did you mean `undated-forecasts`?");
        assert!(problems.iter().all(|problem| problem.rule != &unused_allows::RULE), "one cause, one report");
    }

    #[test]
    fn claims_and_files_with_errors_are_spared() {
        let faulty = |text: &str| Example::faulty(&[("content/articles/a.md", text)]);
        let claims = claim("pace", "kind:: forecast\nsaid:: yesterday") + &claim("sound", "kind:: forecast");
        check_example(
            &undated_forecasts::RULE,
            faulty(&article(&claims)),
            &[("forecast `sound` has no deadline", "sound")],
        );
        let sound = claim("sound", "");
        let broken = faulty(&format!("---\ntitle: A\nsorce: report\n---\n\n{sound}"));
        check_example(&unsourced_claims::RULE, broken, &[]);
        let whole = faulty(&format!("---\ntitle: A\n---\n\n{sound}"));
        check_example(&unsourced_claims::RULE, whole, &[("claim `sound` has no source", "sound")]);
    }
}
