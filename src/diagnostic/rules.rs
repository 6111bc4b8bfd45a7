//! Defines the errors. Each lint has a file of its own in `lint/`.

use super::Rule;

/// All errors, sorted by name.
pub const ERRORS: &[&Rule] = &[
    &BAD_CONFIGURATIONS,
    &BAD_FRONT_MATTER,
    &BAD_LOCKS,
    &BAD_VALUES,
    &CIRCULAR_RELATIONS,
    &COLLIDING_ADDRESSES,
    &DEEP_NESTINGS,
    &DIRECTION_CONTROLS,
    &DUPLICATE_IDS,
    &DUPLICATE_KEYS,
    &IMPOSSIBLE_DATES,
    &INVALID_IDS,
    &LOOK_ALIKE_NAMES,
    &MALFORMED_CLAIMS,
    &MERGE_CONFLICTS,
    &MISFITTING_KEYS,
    &MISFITTING_VERDICTS,
    &MISPLACED_FILES,
    &MISSING_CONTENT,
    &MISSING_KEYS,
    &OVERLONG_TEXTS,
    &PLACEHOLDERS,
    &SELF_RELATIONS,
    &TEMPLATE_ERRORS,
    &UNCLOSED_HTML,
    &UNCOPIED_FILES,
    &UNKNOWN_CLAIMS,
    &UNKNOWN_KEYS,
    &UNKNOWN_LINKS,
    &UNKNOWN_WORDS,
    &UNREADABLE_FILES,
    &UNSAFE_LINKS,
];

/// `site.toml` is not valid TOML, or one of its values cannot be used.
pub const BAD_CONFIGURATIONS: Rule = Rule::error(
    "bad-configurations",
    "`site.toml` is not valid TOML or a value in it cannot be used",
    "`site.toml` contains the title, base address and language of the site and the levels of lints. It must be valid \
TOML, and each value must have the type and form its key asks for.

    title = \"AI progress, on the record\"
    base_url = \"https://example.org/book/\"",
);

/// Front matter is not valid YAML or TOML.
pub const BAD_FRONT_MATTER: Rule = Rule::error(
    "bad-front-matter",
    "front matter is not valid YAML or TOML, does not begin in the first line, or is never closed",
    "A content file may begin with YAML between two lines `---` or TOML between two lines `+++`. Only \
blank lines may precede it. The block must be a mapping of keys to values. YAML anchors, aliases and tags \
are not accepted: they add nothing to a page's facts and can blow up a file.

    ---
    title: \"Text with a colon: in quotes\"
    date: 2026-05-20
    ---",
);

/// `claims.lock` is not valid, or one of its entries is damaged.
pub const BAD_LOCKS: Rule = Rule::error(
    "bad-locks",
    "`claims.lock` is not valid TOML, has another version, or an entry in it is damaged",
    "`claims.lock` says which quotations were found in saved copies of their sources, and which words \
somebody saw there. Only `claimbook verify` writes \
it; a merge can damage it. Each claim has a block of its own, from `[claims.id]` or `[seen.id]` to the next empty line: keep \
one whole block of each claim and remove the markers between them. Where the snapshots are, a damaged block \
can be deleted too: `claimbook verify` makes it anew.",
);

/// A value does not have the form that its key requires.
pub const BAD_VALUES: Rule = Rule::error(
    "bad-values",
    "a value does not have the form that its key requires",
    "Each key has a small grammar: dates are `2026`, `2026-05` or `2026-05-20`; a number has a \
point and no separators (`5000`, `4.1`, `5e-05`); a probability is `60%` or `0.6`, then `stated` or \
`inferred`; a value is a number, with `~`, `<` or `>` before it if \
need be, then the interval `[low, high]` it lies in and a unit, which has no second number such as `± 2`; an expectation is a date or a number, and four \
digits alone are a year, but a number in a claim with a `metric`; a relation is one link to a claim; \
evidence is `for` or `against` and a link; a verdict is a date, a word and `by` a name; `seen` is a \
date and `by` a name. Everything \
after ` — ` is the reason.

    > - value:: ~52 [48, 55] x
    > - probability:: 60% stated
    > - verdict:: 2026-11-20 supported by J. Doe — [system card](https://example.org/card), table 4",
);

/// Claims supersede or depend on each other in a cycle.
pub const CIRCULAR_RELATIONS: Rule = Rule::error(
    "circular-relations",
    "claims supersede or depend on each other in a cycle",
    "`supersedes` and `depends-on` give claims an order: the newer replaces the older, the \
conclusion rests on its premise. In a cycle, no claim stands by itself, so neither status \
nor fallout can be computed. Remove the relation that is wrong; where two claims say the same thing, \
use `same-as`.",
);

/// Two pages have the same address.
pub const COLLIDING_ADDRESSES: Rule = Rule::error(
    "colliding-addresses",
    "two pages would be written to one address",
    "Every page has an address of its own, computed from its file's path or id. Two files whose \
names differ only in a way the address does not keep, a page named like one of the built-in lists, \
an alias that is the address of a living page, or a file in `static/` can collide. So can names that differ only \
in upper and lower case, or in how letters are composed (`é` as one character or as two), since some file systems \
take them for one. Rename one of them.",
);

/// Elements of Markdown are nested too deeply.
pub const DEEP_NESTINGS: Rule = Rule::error(
    "deep-nestings",
    "more than 100 elements of Markdown are open at once",
    "Block quotations, lists, emphasis and links can be nested in each other, at most 100 deep. Nobody reads a text \
that is nested deeper, and making a page of it might never finish. A line of many `>` or `*` is most likely meant as \
a ruler: write `---` between two empty lines.",
);

/// A title, name or fact contains a character that changes the direction of writing.
pub const DIRECTION_CONTROLS: Rule = Rule::error(
    "direction-controls",
    "a title, name or fact changes the direction of writing",
    "Invisible characters can change the direction of writing: U+202A, U+202B and U+2066 to U+2068 up to the character \
that ends them, U+202D and U+202E also for letters and digits that have a direction of their own. In a title, name, \
statement, quotation or reason they could reverse the text next to it on a page, so that `12 %` reads as `% 21`. They \
are errors there if they are not closed, or close nothing; U+202D and U+202E are errors always. The marks U+061C, U+200E \
and U+200F are errors where no letter is of a script that is written from right to left: `10 / 90` behind U+200F reads as \
`90 / 10`. Delete them: text in \
Arabic or Hebrew needs none, and pages keep the directions of texts apart.",
);

/// Two claims, two files of one kind, or two names with different signs have the same id.
pub const DUPLICATE_IDS: Rule = Rule::error(
    "duplicate-ids",
    "two claims, two files of one kind, or two names with different signs have the same id",
    "An id names one thing for good: it is in the address of its page, in links and in data. Give \
one of the two another id, or, if they are the same claim, delete one and mention the other.

The ids of speakers, metrics and tags are made of the letters and digits of their names. So `C++`, `C#` and `C` are one id, \
as are `Error +` and `Error −`, although two things are meant. Signs that carry meaning are `+`; `#` and `*` at the end of a word; a \
minus at the end of a name or before a number; and `<` and `>` before a number. Write the sign of one of them as a \
word: `C sharp`, `Error minus`. Names that differ only in other punctuation, such as `R&D` and `R-D`, are one name.",
);

/// A key that takes one value occurs twice.
pub const DUPLICATE_KEYS: Rule = Rule::error(
    "duplicate-keys",
    "a key that takes one value is given twice",
    "`by`, `tags`, `evidence`, `verdict`, `aliases`, `allow` and the relations may be repeated; all other keys take \
one value. Only the author can say which of two deadlines is right.",
);

/// Two dates are in an impossible order, such as a verdict before its claim.
pub const IMPOSSIBLE_DATES: Rule = Rule::error(
    "impossible-dates",
    "a verdict, a deadline or a reading is older than what was said, or a revision older than its write-up",
    "A verdict cannot be given, a forecast cannot fall due, and nobody can see a quotation, before the claim was said. A partial \
date means any of its days, so `2026-05` never conflicts with `2026-05-20`. Said before its \
evidence speaks (`as-of`) is fine. A write-up cannot be `updated` before its `date`.",
);

/// An id has characters that are not allowed, is too long, or is a name that Windows reserves.
pub const INVALID_IDS: Rule = Rule::error(
    "invalid-ids",
    "an id is not 1 to 80 characters of `a-z`, `0-9` and `-`, or is a name that Windows reserves",
    "Ids become addresses, anchors and file names on every system, so they consist of lower-case \
letters, digits and hyphens only, and are at most 80 characters long. Windows reserves the names of its devices: \
`con`, `prn`, `aux`, `nul`, `com0` to `com9` and `lpt0` to `lpt9` cannot be ids, nor names of tags and people. Own pages \
cannot lie in `pages/assets/` or `pages/search-index/`, where the program needs the addresses for its own files.",
);

/// Two names look alike or have the same id, and are written in different alphabets.
pub const LOOK_ALIKE_NAMES: Rule = Rule::error(
    "look-alike-names",
    "two names look alike, or make one id, and are written in different alphabets",
    "Speakers, metrics and tags are distinguished by the ids that are made from their names in Latin letters, so `Zoe` and \
`Зое` are one speaker. Names in which single letters only look alike may make two: `Eхample Lab` with a Cyrillic `х` \
would have a page and a record of its own. A reader cannot see whether one or two are meant. This includes the names \
of those who sign verdicts and readings, and of authors. Write one of the names everywhere. If both are right, add a file for the speaker.

    ---
    name: Zoe
    aliases: [Зое]
    ---",
);

/// A claim lacks a required part, or contains text that belongs to none of its parts.
pub const MALFORMED_CLAIMS: Rule = Rule::error(
    "malformed-claims",
    "a claim has no id or no statement, or contains text that belongs to none of its parts",
    "A claim is a block quotation: `[!claim]` and the id; the statement as one bold sentence; if \
there are verbatim words of the source, a nested quotation; then a list with one `key:: value` per \
line. A claim has no footnotes, since it is shown without the text around it. Every line begins with `>`: a fact below a callout without it would be prose, and the claim would lose it. A first \
line that is nearly right, one that is not the first, and a callout in raw HTML or in a code block that is never \
closed would lose the whole claim.

    > [!claim] training-speedup-52x
    > **A preview made a small training run 52 times faster.**
    >
    > > 52 times speedup
    >
    > - kind:: statement
    > - by:: Jane Doe",
);

/// A text contains the markers of an unresolved Git merge conflict.
pub const MERGE_CONFLICTS: Rule = Rule::error(
    "merge-conflicts",
    "the file contains conflict markers of Git",
    "Where two people have changed the same lines, Git writes both versions into the file, between lines that begin \
with `<<<<<<<`, `=======` and `>>>>>>>`. Markdown would show both, with one as a heading and the end as a quotation \
in quotations. Keep what is right and delete the three lines. In a code block they are shown as they are.

    <<<<<<< HEAD
    The figure is 52.
    =======
    The figure is 51.
    >>>>>>> correction",
);

/// A claim has a key that does not belong to its kind.
pub const MISFITTING_KEYS: Rule = Rule::error(
    "misfitting-keys",
    "a key does not belong to this kind of claim",
    "`metric`, `subject`, `value` and `method` describe measurements; `probability`, `resolves`, \
`question`, `criteria`, `if` and `expects` describe forecasts. `metric` and `subject` may also say \
what a forecast is about. `seen` belongs to claims with a quotation.",
);

/// A verdict has a word that does not fit the kind of its claim.
pub const MISFITTING_VERDICTS: Rule = Rule::error(
    "misfitting-verdicts",
    "a verdict word does not fit the kind of claim",
    "Forecasts end as `came-true`, `partly`, `did-not-happen`, `annulled` or `unfalsifiable`. All \
other claims are judged `supported`, `mixed`, `refuted`, `unverifiable` or `retracted`.",
);

/// A Markdown file is not in one of the folders for content.
pub const MISPLACED_FILES: Rule = Rule::error(
    "misplaced-files",
    "a Markdown file is in a folder that claimbook does not read",
    "What a file is follows from its folder: `articles/` and `pages/` (at any depth), `claims/`, \
`speakers/`, `metrics/` and `sources/` (one level), and `content/_index.md` for the home page. A file \
anywhere else below `content/` would be silently ignored.",
);

/// The folder `content` does not exist or contains no content file.
pub const MISSING_CONTENT: Rule = Rule::error(
    "missing-content",
    "there is no folder `content`, or it has no content file",
    "A book without content is most likely one whose folder was moved, or not checked out. An empty site in its \
place would remove every page that was published, so nothing is written. The folder must be a real one, not a \
symbolic link, and at least one file in it must have a name that ends in `.md`.",
);

/// A required key is absent.
pub const MISSING_KEYS: Rule = Rule::error(
    "missing-keys",
    "a required key is absent",
    "Every claim says its `kind` and who asserts it (`by`); a file in `content/claims/` also needs \
its `statement`. Write-ups, own pages, metrics and sources need a `title`, speakers a `name`. The \
site needs a `title` and a `base_url`.",
);

/// A statement, title or name is too long, or a write-up has too many tags or authors.
pub const OVERLONG_TEXTS: Rule = Rule::error(
    "overlong-texts",
    "a statement, title or name is too long, or a write-up has too many tags or authors",
    "Statements, titles and names are repeated on every page that lists or mentions what they belong to, and each claim \
of a write-up has its tags, source and authors. So their lengths multiply. Statements, summaries, `subject` and \
`method` have at most 1,000 characters, titles, names and units 300, and a `url` 2,000. A write-up has at most \
50 tags and 100 authors.",
);

/// A placeholder was not replaced by the author.
pub const PLACEHOLDERS: Rule = Rule::error(
    "placeholders",
    "a placeholder was not replaced",
    "`claimbook new` and `claimbook import` write placeholders where only you know the words: `Name of the \
speaker`, `Unknown author`, a statement that is `to be put into your own words`. Published, a placeholder \
would become a person with a page, or a claim that says nothing. Placeholders may remain in drafts and in \
proposed claims. Replace them before you delete `draft` or `proposed`. Words for what is not known yet are reported as \
well: `TODO`, `TBD` and `FIXME` alone, and `unknown`, `none`, `n/a`, `TBA` or `XXX` in place of a name.",
);

/// A claim has a relation to itself.
pub const SELF_RELATIONS: Rule = Rule::error(
    "self-relations",
    "a claim is related to itself",
    "A claim neither supports, contradicts nor supersedes itself. The link most likely names the \
wrong claim.",
);

/// A template in `templates/` cannot be parsed or rendered.
pub const TEMPLATE_ERRORS: Rule = Rule::error(
    "template-errors",
    "a template in `templates/` cannot be parsed or rendered",
    "A file in `templates/` replaces the built-in template of the same name. Templates are written \
in Tera; an undefined variable is an error there, and so is a page that gets longer than 64 MiB or takes \
more than 2,000,000 steps, where a turn of a loop is one step and a component or an include is ten. \
`claimbook check` renders every page of a site that has templates of its own, so that it finds what a \
build would. Delete the file to get the built-in one back.",
);

/// Raw HTML hides text or claims that follow it.
pub const UNCLOSED_HTML: Rule = Rule::error(
    "unclosed-html",
    "raw HTML hides text or claims that follow it",
    "An unclosed comment, quotation mark, `<style>`, `<script>` or `<template>` would hide the text behind it, \
so it is an error. Close it before the next empty line, or write `\\<` or a code span where a plain `<` is \
meant. A piece of raw HTML of more than 32 KiB without an empty line is refused too, and so are more than 64 \
elements that are open at once: cleaning them might never finish.",
);

/// A file in `static/` cannot be copied to the site.
pub const UNCOPIED_FILES: Rule = Rule::error(
    "uncopied-files",
    "a file in `static/` cannot be copied to the site",
    "Files in `static/` are copied as they are. What cannot be copied is an error, so that nothing is missing on the \
site without a word: files in `static/search-index/`, and a file of that name, while the site has a search index, which lies there; names that \
begin with `.claimbook`; names that Windows reserves (`con`, `aux.txt`), that end with a dot or a space, or that have \
one of the characters `< > : \" | ? * \\`; names with control characters. Of the files whose names begin with a dot, `.well-known/`, `.htaccess` and `.domains` are \
copied. Those that version control, editors and systems leave behind (`.git`, `.gitignore`, `.gitkeep`, `.DS_Store`, \
`._name`, `.name.swp`, `.#name`, `.directory`, `.idea`, `.vscode` and the like) are left out, and `.nojekyll` is \
written anyway. All others are errors: a file such as `.env` may contain a secret.",
);

/// A link or relation names a claim that does not exist.
pub const UNKNOWN_CLAIMS: Rule = Rule::error(
    "unknown-claims",
    "a link or relation names a claim that does not exist",
    "`claim:id`, `[[id]]` and relations must name a claim of the book by its id, or by one of its \
former ids in `aliases`. Claims of drafts, and those with `proposed`, exist only with `--drafts`.",
);

/// A key is unknown.
pub const UNKNOWN_KEYS: Rule = Rule::error(
    "unknown-keys",
    "a key is not known",
    "A key that is not known would be silently ignored, and most unknown keys are typing errors. \
Claims know: kind, by, via, said, as-of, source, seen, tags, metric, subject, value, method, probability, \
resolves, question, criteria, if, expects, supports, contradicts, refines, supersedes, depends-on, \
same-as, cites, answers, evidence, verdict, aliases, allow, proposed; write-ups: title, date, updated, authors, \
tags, summary, source, draft, aliases, claims, allow.",
);

/// A link names something in the site that does not exist.
pub const UNKNOWN_LINKS: Rule = Rule::error(
    "unknown-links",
    "a link into the site names something that does not exist",
    "`metric:`, `source:`, `article:`, `speaker:` and `tag:` links name things by id, relative links \
to `.md` files name files of the site, and links that begin with `/` name pages or files in \
`static/`. All of them are checked, so that no reader finds a dead end.",
);

/// A value is not one of the words that its key accepts.
pub const UNKNOWN_WORDS: Rule = Rule::error(
    "unknown-words",
    "a word is not one of those its key accepts",
    "Some keys accept words from a fixed list only: `kind` is `measurement`, `forecast`, \
`statement` or `opinion`; verdict words, `better`, `scale`, speaker `type` and lint names have lists \
as well.",
);

/// A file is not UTF-8 text, is too large, or is not a regular file.
pub const UNREADABLE_FILES: Rule = Rule::error(
    "unreadable-files",
    "a file is not UTF-8 text, contains U+0000, is too large, or is not a plain file",
    "Content, templates and configuration are UTF-8 text without the character U+0000, of at most 32 MiB a file. \
Symbolic links are not followed, so that a contribution cannot publish files from outside the site. Named pipes, \
sockets and devices are not opened: reading them might never finish. A folder named like a content file, a template or \
a snapshot (`about.md/`) is reported because nothing is read in the place of the file.",
);

/// A link has a scheme that is not allowed, or is not a valid address.
pub const UNSAFE_LINKS: Rule = Rule::error(
    "unsafe-links",
    "a link has a scheme other than `http`, `https` or `mailto`, or is not a valid address",
    "Links may lead to `http`, `https` and `mailto` addresses, to places in the site, and to claims, \
speakers, metrics, sources, articles and tags. Anything else (`javascript:`, `data:`, `file:`) can \
run code in a reader's browser or leads nowhere outside the author's computer. An address needs a host, a port \
below 65536 if it has one, and `%20` in place of spaces. Behind `mailto:` is at least one mail address (RFC 6068); \
subject and text can follow, as in `mailto:help@example.org?subject=A%20word`.",
);
