//! Limits what a template of the site may do for one page: bytes written, steps taken, depth of includes.
//!
//! Tera limits the length of a range (100,000) and the nesting of tags (40) and of components (20), and refuses
//! templates that include each other in a cycle. It has no hook for loops, so the text of a template is changed
//! before it is parsed: each loop calls the function [`STEP`], and each component and include calls the function
//! [`CALL`]; both count steps. Built-in templates are not changed, so that they have no extra cost. The work
//! within one expression is not limited: list comprehensions over variables, and texts that grow with `~` or with
//! filters.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Error as IoError, Write};
use std::ops::Range;

use tera::{Error, Kwargs, State, Tera, TeraResult};

/// Maximum number of bytes of a page. The largest page of a book of 10,000 write-ups has less than one MiB.
const MAX_BYTES: u64 = 64 << 20;

/// Maximum number of steps of a page. One iteration of a loop is one step.
const MAX_STEPS: u64 = 2_000_000;

/// Number of steps that one component or include counts as. It takes about as long as this many iterations of a
/// loop.
const STEPS_OF_CALL: u64 = 10;

/// Length of a chain of templates, each of which includes or extends the next one, that is reported as too deep.
/// Tera visits such a chain by recursion, on a stack of 2 MiB.
const MAX_NESTING: usize = 50;

/// Name of the function that counts one step. The name is long, so that it does not conflict with a name in a
/// template of the site.
const STEP: &str = "claimbook_counts_a_step";
/// Name of the function that counts a component or an include.
const CALL: &str = "claimbook_counts_a_call";

/// Why a template can be cut at its tags.
const ON_BOUNDARIES: &str = "tags begin and end with ASCII characters";

/// Bytes and steps that the current page has used so far.
#[derive(Clone, Copy, Default)]
struct PageUsage {
    bytes: u64,
    steps: u64,
}

thread_local! {
    // Tera cannot pass mutable state to a function. One thread renders a page from beginning to end, and no page
    // is rendered within another.
    static USED: Cell<PageUsage> = const { Cell::new(PageUsage { bytes: 0, steps: 0 }) };
}

/// Renders a page or a part of pages with a template of the site, within the limits.
pub(super) fn render(
    out: &mut Vec<u8>,
    render: impl FnOnce(PageWriter<'_>) -> TeraResult<()>,
) -> TeraResult<()> {
    USED.set(PageUsage::default());
    render(PageWriter(out))
}

/// Renders a part of pages within the limits, and returns it as text.
pub(super) fn render_part(part: impl FnOnce(PageWriter<'_>) -> TeraResult<()>) -> TeraResult<String> {
    let mut out = Vec::new();
    render(&mut out, part)?;
    Ok(String::from_utf8(out)?)
}

/// Registers the functions that count. Must be called before templates are added.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(STEP, |_: Kwargs, _: &State<'_>| count(1).map(|()| ""));
    tera.register_function(CALL, |_: Kwargs, _: &State<'_>| count(STEPS_OF_CALL).map(|()| ""));
}

fn count(steps: u64) -> TeraResult<()> {
    let mut used = USED.get();
    used.steps += steps;
    USED.set(used);
    if used.steps > MAX_STEPS {
        return Err(Error::message(
            "this page takes more than 2,000,000 steps of loops, components and includes",
        ));
    }
    match too_long() {
        Some(message) => Err(Error::message(message)),
        None => Ok(()),
    }
}

/// Returns a message if the current page has too many bytes.
pub(super) fn too_long() -> Option<String> {
    (USED.get().bytes > MAX_BYTES).then(|| format!("this page is larger than {} MiB", MAX_BYTES >> 20))
}

/// A writer that refuses more than twice the maximum number of bytes of a page. Before that, a loop that writes
/// too much can report its own place.
pub(super) struct PageWriter<'a>(&'a mut Vec<u8>);

impl Write for PageWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut used = USED.get();
        used.bytes += bytes.len() as u64;
        USED.set(used);
        if used.bytes > 2 * MAX_BYTES {
            return Err(IoError::other("the page is too long"));
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A template with calls that count its steps, and the data to find the author's text for a range of the changed
/// text.
pub(super) struct InstrumentedTemplate {
    pub(super) text: String,
    /// Inserted calls, in the order of the text.
    insertions: Vec<Insertion>,
    /// Names of the templates that this one includes or extends, each with the range of the tag.
    pub(super) uses: Vec<(String, Range<usize>)>,
}

/// A call that was inserted into a template.
struct Insertion {
    /// Byte offset of the call in the changed text.
    at: usize,
    /// Length of the call in bytes.
    length: usize,
    /// Range of the tag that the call counts, in the author's text.
    tag: Range<usize>,
}

impl InstrumentedTemplate {
    /// Inserts a call at each loop, component and include of the author's text.
    pub(super) fn new(author: &str) -> Self {
        let mut counted =
            Self { text: String::with_capacity(author.len()), insertions: Vec::new(), uses: Vec::new() };
        let mut copied = 0;
        for tag in tags(author) {
            let text = author.get(tag.clone()).expect(ON_BOUNDARIES);
            let inner = text.trim_start_matches("{%").trim_end_matches("%}");
            let word = inner.trim_start_matches('-').split_whitespace().next().unwrap_or_default();
            // The call is between the tag and the white space that a `-` in the tag removes, so the call gets the
            // `-`, too.
            let (at, before, after) = match word {
                "for" | "component" => (tag.end, "", if inner.ends_with('-') { "-" } else { "" }),
                "include" => (tag.start, if inner.starts_with('-') { "-" } else { "" }, ""),
                _ => (tag.end, "", ""),
            };
            if let ("include" | "extends", Some(name)) = (word, quoted(inner)) {
                counted.uses.push((name.to_owned(), tag.clone()));
            }
            if !matches!(word, "for" | "component" | "include") {
                continue;
            }
            counted.text.push_str(author.get(copied..at).expect(ON_BOUNDARIES));
            copied = at;
            let function = if word == "for" { STEP } else { CALL };
            let call = format!("{{{{{before} {function}() {after}}}}}");
            counted.insertions.push(Insertion { at: counted.text.len(), length: call.len(), tag });
            counted.text.push_str(&call);
        }
        counted.text.push_str(author.get(copied..).expect(ON_BOUNDARIES));
        counted
    }

    /// Returns the range of the author's text for a range of the changed text. A range that begins in a call
    /// becomes the range of the tag that the call counts.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let mut added = 0;
        for insertion in &self.insertions {
            if range.start < insertion.at {
                break;
            }
            if range.start < insertion.at + insertion.length {
                return insertion.tag.clone();
            }
            added += insertion.length;
        }
        let until =
            self.insertions.iter().take_while(|insertion| insertion.at + insertion.length <= range.end);
        let added_until: usize = until.map(|insertion| insertion.length).sum();
        range.start - added..range.end.saturating_sub(added_until).max(range.start - added)
    }
}

/// Returns the text between the first pair of quotation marks.
fn quoted(tag: &str) -> Option<&str> {
    let at = tag.find(['"', '\'', '`'])?;
    let mut parts = tag.get(at..)?.splitn(3, tag.get(at..)?.chars().next()?);
    parts.nth(1)
}

/// Returns the ranges of all tags `{% … %}`, as Tera reads them. A tag in a comment, in a `raw` block or in
/// quotation marks does not count. If something is not closed, the rest is left to Tera, which reports the error.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('{')).map(|found| at + found) {
        let rest = text.get(start..).expect(ON_BOUNDARIES);
        let end = match rest.as_bytes().get(1) {
            Some(b'#') => rest.find("#}").map(|end| end + 2),
            Some(b'{') => end_of(rest, "}}"),
            Some(b'%') => end_of(rest, "%}"),
            _ => Some(1),
        };
        let Some(end) = end else { break };
        at = start + end;
        if !rest.starts_with("{%") {
            continue;
        }
        tags.push(start..at);
        let inner = rest.get(2..end - 2).expect(ON_BOUNDARIES);
        if inner.trim_matches(['-', ' ', '\t', '\n', '\r']) == "raw" {
            let Some(closed) = end_of_raw(text.get(at..).expect(ON_BOUNDARIES)) else { break };
            at += closed;
        }
    }
    tags
}

/// Returns where a tag ends. An end mark inside quotation marks does not count.
fn end_of(tag: &str, end: &str) -> Option<usize> {
    let bytes = tag.as_bytes();
    let mut at = 2;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at += 1;
                while *bytes.get(at)? != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            _ if bytes[at..].starts_with(end.as_bytes()) => return Some(at + end.len()),
            _ => at += 1,
        }
    }
    None
}

/// Returns where the first `{% endraw %}` begins.
fn end_of_raw(text: &str) -> Option<usize> {
    text.match_indices("{%").map(|(at, _)| at).find(|at| {
        let rest = text.get(at + 2..).expect(ON_BOUNDARIES);
        let inner = rest.split_once("%}").map_or(rest, |(inner, _)| inner);
        inner.trim_matches(['-', ' ', '\t', '\n', '\r']) == "endraw"
    })
}

/// Returns a template that begins a chain of [`MAX_NESTING`] tags, each of which leads to the next template, and the
/// range of the first of these tags. Circles are not returned, because Tera reports them.
pub(super) fn too_deep(templates: &BTreeMap<String, InstrumentedTemplate>) -> Option<(&str, Range<usize>)> {
    let uses = |name: &str| templates.get(name).map_or(&[][..], |template| &template.uses);
    // After n rounds, `deep` contains the templates that begin a chain of n tags, and `before` contains those of
    // the round before.
    let mut deep: Vec<&str> = templates.keys().map(String::as_str).collect();
    let mut before = Vec::new();
    for _ in 0..MAX_NESTING {
        let has_deep =
            |name: &&str| uses(name).iter().any(|(used, _)| deep.binary_search(&used.as_str()).is_ok());
        let deeper = deep.iter().copied().filter(has_deep).collect();
        before = std::mem::replace(&mut deep, deeper);
    }
    let next = |name: &str| uses(name).iter().find(|(used, _)| before.binary_search(&used.as_str()).is_ok());
    deep.iter().find_map(|&start| {
        let mut seen = vec![start];
        while let Some((name, _)) = seen.last().and_then(|name| next(name)) {
            if seen.contains(&name.as_str()) {
                return None;
            }
            seen.push(name);
        }
        next(start).map(|(_, place)| (start, place.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(author: &str, changed: &str) {
        let counted = InstrumentedTemplate::new(author);
        assert_eq!(counted.text.replace(STEP, "S").replace(CALL, "C"), changed);
    }

    #[test]
    fn what_repeats_is_counted() {
        check("{% for a in b %}x{% endfor %}", "{% for a in b %}{{ S() }}x{% endfor %}");
        check("{%- for a in b -%} x", "{%- for a in b -%}{{ S() -}} x");
        check("y {%- include \"a\" %}", "y {{- C() }}{%- include \"a\" %}");
        check("{% component c(a) %}x", "{% component c(a) %}{{ C() }}x");
        check("{% if a %}{{ b }}{% endif %}", "{% if a %}{{ b }}{% endif %}");
    }

    #[test]
    fn what_only_looks_like_a_tag_is_not_counted() {
        for text in [
            "{# {% for a in b %} #}",
            "{% raw %}{% for a in b %}{% endraw %}",
            "{{ \"{% for a in b %}\" }}",
            "{% if a == '%}{% for a in b %}' %}x",
            "{% for a in \"",
            "{# {% for a in b %}",
            "{ % for é {",
        ] {
            assert_eq!(InstrumentedTemplate::new(text).text, text);
        }
        check("{% if a == \"%}\" %}{% for a in b %}", "{% if a == \"%}\" %}{% for a in b %}{{ S() }}");
    }

    /// Tries every text of five pieces of template syntax: removing the inserted calls gives the author's text again,
    /// and ranges of tags are on boundaries of characters.
    #[test]
    fn any_text_can_be_read_as_a_template() {
        const PIECES: [&str; 9] = ["{%", "%}", "{{", "#", "\"", "\\", "é", " raw ", " for "];
        for number in 0..PIECES.len().pow(5) {
            let digits = (0..5).scan(number, |rest, _| {
                let digit = *rest % PIECES.len();
                *rest /= PIECES.len();
                Some(digit)
            });
            let author: String = digits.map(|digit| PIECES[digit]).collect();
            let counted = InstrumentedTemplate::new(&author);
            let mut without_calls = counted.text.clone();
            for Insertion { at, length, tag } in counted.insertions.iter().rev() {
                without_calls.replace_range(*at..at + length, "");
                assert!(author.get(tag.clone()).is_some(), "{author}");
            }
            assert_eq!(without_calls, author);
        }
    }

    #[test]
    fn places_are_those_of_the_author() {
        let author = "{% for é in b %}{% include 'x' %}{{ c }}";
        let counted = InstrumentedTemplate::new(author);
        for word in ["for", "include", "c }"] {
            let at = counted.text.find(word).expect("a word of the template");
            let place = counted.place(&(at..at + word.len()));
            assert_eq!(author.get(place), Some(word));
        }
        let call = counted.text.find("{{ claimbook").expect("a call");
        assert_eq!(author.get(counted.place(&(call + 3..call + 9))), Some("{% for é in b %}"));
        assert_eq!(counted.place(&(0..counted.text.len())), 0..author.len());
    }

    #[test]
    fn long_chains_are_found_and_circles_are_not() {
        let chain = |length: usize, last: &str| -> BTreeMap<String, InstrumentedTemplate> {
            let text = |number: usize| format!("{{% include \"{:03}\" %}}", number + 1);
            let one = |number: usize| (format!("{number:03}"), InstrumentedTemplate::new(&text(number)));
            let end = (format!("{length:03}"), InstrumentedTemplate::new(last));
            (0..length).map(one).chain([end]).collect()
        };
        assert_eq!(too_deep(&chain(MAX_NESTING - 1, "")), None);
        assert_eq!(too_deep(&chain(MAX_NESTING, "")), Some(("000", 0..19)));
        assert_eq!(too_deep(&chain(MAX_NESTING / 2, "{% include \"000\" %}")), None);
    }
}
