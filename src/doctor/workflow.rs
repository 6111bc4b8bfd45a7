//! Examines what publishes a book: the workflow, and the file that names the version of claimbook for it.

use crate::data::{Node, Value, read_yaml};
use crate::diagnostic::Place;
use crate::init::project;
use crate::source::Sources;

use super::{Finding, Surroundings, VERSION};

/// Examines `.github/workflows/pages.yml`. The first thing that is wrong counts.
pub(super) fn workflow(around: &Surroundings) -> Finding {
    const SUBJECT: &str = "workflow";
    const HELP: &str = "copy `.github/` of a new book, which `claimbook init` makes in another folder";
    let Some(text) = &around.workflow else {
        return Finding::advice(SUBJECT, "there is no .github/workflows/pages.yml to publish the book", HELP);
    };
    if around.is_below_repository {
        return Finding::problem(
            SUBJECT,
            "the book is in a folder of its repository, where GitHub does not look for workflows",
            "move `.github/` to the top of the repository, and give claimbook the book's folder with `--root`",
        );
    }
    if text.contains("cargo install") {
        return Finding::problem(SUBJECT, "pages.yml is of claimbook 0.1 and compiles the program", HELP);
    }
    let workflow = match read(text) {
        Ok(workflow) => workflow,
        Err(message) => return Finding::problem(SUBJECT, format!("pages.yml {message}"), HELP),
    };
    let origin = get(&workflow, "env").and_then(|variables| get(variables, "CLAIMBOOK")).and_then(scalar);
    if let Some(origin) = origin.filter(|origin| *origin != project()) {
        return Finding::problem(
            SUBJECT,
            format!("pages.yml takes only packages that {origin} made, and this program is of {}", project()),
            format!("write `CLAIMBOOK: \"{}\"` below its `env`", project()),
        );
    }
    let events = get(&workflow, "on");
    let push = events.and_then(|events| get(events, "push"));
    if push.is_none() && !events.is_some_and(|events| texts(events).contains(&"push"))
        || !text.contains("actions/deploy-pages")
    {
        return Finding::problem(SUBJECT, "pages.yml does not publish the book at a push", HELP);
    }
    let branches = push.and_then(|push| get(push, "branches")).map(texts);
    if let (Some(branches), Some(branch)) = (branches, &around.branch)
        // Patterns with `*` and `!` are left to GitHub.
        && !branches.iter().any(|pattern| pattern.contains(['*', '!']) || pattern == branch)
    {
        return Finding::advice(
            SUBJECT,
            format!("pages.yml publishes `{}`, and this branch is `{branch}`", branches.join("`, `")),
            format!("if the book is to be published from here, write `branches: [{branch}]` in it"),
        );
    }
    let times = match events.and_then(|events| get(events, "schedule")).map(|schedule| &schedule.value) {
        Some(Value::List(times)) => times.as_slice(),
        _ => &[],
    };
    if !times.iter().filter_map(|time| get(time, "cron")).filter_map(scalar).any(is_daily) {
        let message = "pages.yml does not build the book every day, so forecasts become overdue late";
        return Finding::advice(
            SUBJECT,
            message,
            "write `schedule: [{ cron: \"17 3 * * *\" }]` below its `on`",
        );
    }
    Finding::good(SUBJECT, "pages.yml publishes the book at every push and every night")
}

/// Whether a time of a workflow comes every day: its fields are minute, hour, day, month and weekday.
fn is_daily(cron: &str) -> bool {
    let fields: Vec<&str> = cron.split_whitespace().collect();
    fields.len() == 5 && fields[2..].iter().all(|field| *field == "*")
}

/// Reads YAML. The error completes a sentence that begins with the name of the file.
fn read(text: &str) -> Result<Node, String> {
    let sources = Sources::from_texts([("pages.yml", text)]);
    let file = sources.find("pages.yml").expect("it was put there");
    read_yaml(file, text, 0).map_err(|problem| match problem.place {
        Place::Text(span) => {
            format!(
                "cannot be read at line {}: {}",
                sources.file(file).position(span.start).line,
                problem.message
            )
        }
        _ => format!("cannot be read: {}", problem.message),
    })
}

fn get<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
}

fn scalar(node: &Node) -> Option<&str> {
    if let Value::Scalar(text) = &node.value { Some(text) } else { None }
}

/// Returns the texts in a list. GitHub also accepts a single text where a list is expected.
fn texts(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::List(nodes) => nodes.iter().filter_map(scalar).collect(),
        _ => scalar(node).into_iter().collect(),
    }
}

/// Examines `.github/requirements.txt`.
pub(super) fn version(around: &Surroundings) -> Finding {
    const SUBJECT: &str = "version";
    match around.requirements.as_deref().and_then(pinned) {
        Some(VERSION) => Finding::good(SUBJECT, format!("claimbook {VERSION} here and in the workflow")),
        Some(theirs) => Finding::problem(
            SUBJECT,
            format!("the workflow publishes with claimbook {theirs}, and this is {VERSION}"),
            format!("write `claimbook=={VERSION}` in .github/requirements.txt, or install {theirs}"),
        ),
        None => {
            let message =
                "no line `claimbook==…` in .github/requirements.txt says which version publishes the book";
            let help = format!(
                "write `claimbook=={VERSION}` there, so that a new version changes nothing by itself"
            );
            match &around.workflow {
                Some(workflow) if workflow.contains("requirements.txt") => {
                    Finding::problem(SUBJECT, message, help)
                }
                Some(_) => Finding::advice(SUBJECT, message, help),
                None => Finding::good(SUBJECT, format!("claimbook {VERSION}")),
            }
        }
    }
}

/// The version of claimbook that a list of requirements names
/// (<https://pip.pypa.io/en/stable/reference/requirements-file-format/>).
fn pinned(requirements: &str) -> Option<&str> {
    requirements.lines().find_map(|line| {
        let line = line.split(['#', ';']).next()?.split(" --").next()?;
        let (name, version) = line.split_once("==")?;
        name.trim().eq_ignore_ascii_case("claimbook").then(|| version.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Judgement;

    const PAGES: &str = include_str!("../init/book/.github/workflows/pages.yml");

    #[test]
    fn a_workflow_publishes_this_branch_every_day_from_the_top_of_the_repository() {
        let ours = PAGES.replace("OWNER/NAME", project());
        let judge = |workflow: &str, branch: &str, is_below_repository: bool| {
            let workflow = Some(workflow.to_owned());
            let branch = Some(branch.to_owned());
            super::workflow(&Surroundings {
                branch,
                is_below_repository,
                workflow,
                ..Surroundings::default()
            })
        };
        for (workflow, branch, is_below, judgement, words) in [
            (ours.as_str(), "main", false, Judgement::Good, "every night"),
            (&ours, "main", true, Judgement::Problem, "in a folder of its repository"),
            (&ours, "master", false, Judgement::Advice, "publishes `main`, and this branch is `master`"),
            (&ours.replace("[main]", "[\"release/**\"]"), "release/1", false, Judgement::Good, "every night"),
            (&ours.replace("17 3 * * *", "0 0 1 1 *"), "main", false, Judgement::Advice, "every day"),
            (&ours.replace("jobs:", "jobs: ["), "main", false, Judgement::Problem, "cannot be read at line "),
            (PAGES, "main", false, Judgement::Problem, "only packages that OWNER/NAME made"),
            ("", "main", false, Judgement::Problem, "does not publish the book at a push"),
            (&ours.replace('\n', "\n# "), "main", false, Judgement::Problem, "at a push"),
            ("on: [push]\njobs: actions/deploy-pages", "main", false, Judgement::Advice, "every day"),
        ] {
            let finding = judge(workflow, branch, is_below);
            assert_eq!(finding.judgement, judgement, "{finding:?}");
            assert!(finding.message.contains(words), "{finding:?}");
        }
    }

    #[test]
    fn the_version_is_read_as_pip_reads_it() {
        for (requirements, version) in [
            ("claimbook==0.1.0\n", Some("0.1.0")),
            ("# claimbook==1\r\nother==1\r\nClaimbook == 0.1.0 # ours\r\n", Some("0.1.0")),
            ("claimbook==0.1.0 --hash=sha256:abc", Some("0.1.0")),
            ("claimbook==0.1.0 ; python_version > '3'", Some("0.1.0")),
            ("claimbook>=0.1.0", None),
            ("", None),
        ] {
            assert_eq!(pinned(requirements), version, "{requirements}");
        }
    }
}
