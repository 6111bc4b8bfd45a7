//! The table of the keys of `site.toml`: each row is one key, with its description, the form of its value, and how it
//! is read.
//!
//! Reading, the list of known keys in messages and the JSON Schema use this table. A new key is a row here, a field of
//! `Settings`, and a field of [`Config`](super::Config).

use crate::data::Fields;
use crate::diagnostic::{Diagnostic, Level, LintLevels, Rule, RuleKind, rules};
use crate::source::Spanned;

use super::address_form::AddressForm;
use super::base_url::BaseUrl;

/// A key of `site.toml`.
pub struct SiteKey {
    /// Name of the key.
    pub name: &'static str,
    /// Description of the key for editors.
    pub description: &'static str,
    /// Form of the value.
    pub form: SiteForm,
    /// The value that a help text suggests for a required key; `None` if the key is optional.
    pub required: Option<&'static str>,
    read: Read,
}

/// Form of the value of a key of `site.toml`.
pub enum SiteForm {
    /// Text.
    Text,
    /// An `http` or `https` address.
    Address,
    /// A language tag, such as `de-CH`.
    Language,
    /// One word of a list. TOML may also write `true` and `false` without quotation marks.
    Word(fn() -> Vec<&'static str>),
    /// The level of each lint, by its name.
    Lints,
    /// A table with keys of its own.
    Table(&'static [SiteKey]),
}

/// Which pages have a preview picture of their own, for services that show links with a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Previews {
    /// No page.
    Off,
    /// The home page, write-ups and speakers. This is the default.
    #[default]
    Some,
    /// The home page, write-ups, speakers and claims.
    All,
}

/// Which pages have a file for programs beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Neighbours {
    /// No page. This is the default, because the files of the data contain the same.
    #[default]
    None,
    /// Claims.
    All,
}

/// The values of `site.toml`, before they are checked as a whole.
#[derive(Default)]
pub(super) struct Settings<'k> {
    pub(super) title: Option<Spanned<String>>,
    pub(super) base_url: Option<Spanned<String>>,
    pub(super) description: Option<Spanned<String>>,
    pub(super) language: Option<Spanned<String>>,
    pub(super) author: Option<Spanned<String>>,
    pub(super) previews: Option<Previews>,
    pub(super) search: Option<bool>,
    pub(super) review: Option<bool>,
    pub(super) addresses: Option<AddressForm>,
    pub(super) neighbours: Option<Neighbours>,
    pub(super) repository: Option<String>,
    pub(super) lints: LintLevels,
    /// All rules of the program, whose names `[lints]` accepts.
    pub(super) known: &'k [&'static Rule],
}

/// Stores the value of a key, or reports what is wrong with it.
type Read = fn(&mut Fields<'_>, &'static str, &mut Settings<'_>);

impl SiteKey {
    const fn new(name: &'static str, description: &'static str, form: SiteForm, read: Read) -> Self {
        Self { name, description, form, required: None, read }
    }

    /// A table, whose keys are read one by one.
    const fn table(name: &'static str, description: &'static str, keys: &'static [Self]) -> Self {
        Self::new(name, description, SiteForm::Table(keys), |_, _, _| ())
    }

    const fn required(self, suggestion: &'static str) -> Self {
        Self { required: Some(suggestion), ..self }
    }
}

const PREVIEWS: &[(&str, Previews)] =
    &[("true", Previews::Some), ("false", Previews::Off), ("all", Previews::All)];
const TRUTHS: &[(&str, bool)] = &[("true", true), ("false", false)];
const ADDRESSES: &[(&str, AddressForm)] = &[("folders", AddressForm::Folders), ("files", AddressForm::Files)];
const NEIGHBOURS: &[(&str, Neighbours)] = &[("none", Neighbours::None), ("all", Neighbours::All)];
const LEVELS: &[(&str, Level)] = &[("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

/// The lints whose level the key `unverified-quotes` in `[policy]` sets.
const QUOTE_LINTS: [&str; 2] = ["drifted-quotes", "unarchived-quotes"];

/// The keys of `site.toml`, in the order in which they are read and in which messages list them.
pub const KEYS: &[SiteKey] = &[
    SiteKey::new("title", "title of the site", SiteForm::Text, |fields, key, settings| {
        settings.title = fields.text(key);
    })
    .required("\"…\""),
    SiteKey::new(
        "base_url",
        "the address the site will live at; everything is below its path",
        SiteForm::Address,
        |fields, key, settings| settings.base_url = fields.text(key),
    )
    .required("\"https://example.org/\""),
    SiteKey::new("description", "one sentence about the site", SiteForm::Text, |fields, key, settings| {
        settings.description = fields.visible_text(key);
    }),
    SiteKey::new(
        "language",
        "language of the text, such as en or de-CH",
        SiteForm::Language,
        |fields, key, settings| settings.language = fields.visible_text(key),
    ),
    SiteKey::new("author", "who publishes it", SiteForm::Text, |fields, key, settings| {
        settings.author = fields.visible_text(key);
    }),
    SiteKey::table("build", "what a build makes", BUILD),
    SiteKey::table("policy", "what the house demands", POLICY),
    // After `policy`, because a level of a lint takes precedence over the level of a policy.
    SiteKey::new("lints", "how lints are reported", SiteForm::Lints, lint_levels),
    SiteKey::table("links", "where the site has other addresses", LINKS),
];

const BUILD: &[SiteKey] = &[
    SiteKey::new(
        "previews",
        "which pages get a picture for where their links are shared: true for the home page, write-ups and speakers, \"all\" for claims as well, false for none",
        SiteForm::Word(|| words(PREVIEWS)),
        |fields, key, settings| settings.previews = fields.keyword(key, PREVIEWS),
    ),
    SiteKey::new(
        "search",
        "whether readers can search the site by its words",
        SiteForm::Word(|| words(TRUTHS)),
        |fields, key, settings| settings.search = fields.keyword(key, TRUTHS),
    ),
    SiteKey::new(
        "review",
        "whether the site has the review queue, which lists what authors have to do; `serve` always shows it",
        SiteForm::Word(|| words(TRUTHS)),
        |fields, key, settings| settings.review = fields.keyword(key, TRUTHS),
    ),
    SiteKey::new(
        "addresses",
        "what the addresses of pages look like: claims/a/ with \"folders\", claims/a.html with \"files\"",
        SiteForm::Word(|| words(ADDRESSES)),
        |fields, key, settings| settings.addresses = fields.keyword(key, ADDRESSES),
    ),
    SiteKey::new(
        "neighbours",
        "which pages get a file for programs beside them: \"all\" for claims, \"none\" for no page",
        SiteForm::Word(|| words(NEIGHBOURS)),
        |fields, key, settings| settings.neighbours = fields.keyword(key, NEIGHBOURS),
    ),
];

const POLICY: &[SiteKey] = &[SiteKey::new(
    "unverified-quotes",
    "the level of both lints of quotations",
    SiteForm::Word(|| words(LEVELS)),
    |fields, key, settings| {
        if let Some(level) = fields.keyword(key, LEVELS) {
            for lint in QUOTE_LINTS {
                settings.lints.set(lint, level);
            }
        }
    },
)];

const LINKS: &[SiteKey] = &[SiteKey::new(
    "repository",
    "address of the public repository; pages link to their source files there",
    SiteForm::Address,
    |fields, key, settings| settings.repository = repository(fields, key),
)];

/// Returns the words for levels of lints.
pub fn level_words() -> Vec<&'static str> {
    words(LEVELS)
}

/// Returns the names of keys.
pub(super) fn names(keys: &[SiteKey]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

/// Reads all keys of a table, and the tables in it.
pub(super) fn read(fields: &mut Fields<'_>, keys: &[SiteKey], settings: &mut Settings<'_>) {
    for key in keys {
        (key.read)(fields, key.name, settings);
        if let (SiteForm::Table(keys), Some(node)) = (&key.form, fields.node(key.name)) {
            let noun = format!("`[{}]`", key.name);
            let known = names(keys);
            let mut inner = Fields::new(node, &known, &noun, &rules::BAD_CONFIGURATIONS, fields.problems());
            read(&mut inner, keys, settings);
        }
    }
}

fn words<T>(all: &[(&'static str, T)]) -> Vec<&'static str> {
    all.iter().map(|(word, _)| *word).collect()
}

fn lint_levels(fields: &mut Fields<'_>, key: &'static str, settings: &mut Settings<'_>) {
    let Some(node) = fields.node(key) else { return };
    let lints = settings.known.iter().filter(|rule| matches!(rule.kind, RuleKind::Lint(_)));
    let lints: Vec<&str> = lints.map(|rule| rule.name).collect();
    let mut fields = Fields::new(node, &lints, "`[lints]`", &rules::BAD_CONFIGURATIONS, fields.problems());
    for lint in lints {
        if let Some(level) = fields.keyword(lint, LEVELS) {
            settings.lints.set(lint, level);
        }
    }
}

/// Returns the address of a repository as a browser opens it.
pub(super) fn repository_address(address: &str) -> String {
    let address = address.trim_end_matches('/');
    address.strip_suffix(".git").unwrap_or(address).to_owned()
}

/// Returns the address of the repository, and that below which its files are. A book in a folder of a repository on
/// GitHub names that folder, as in `https://github.com/name/repository/tree/HEAD/book`.
pub(super) fn repository_and_files(address: String) -> (String, String) {
    if address.starts_with("https://github.com/")
        && let Some((repository, folder)) = address.split_once("/tree/")
    {
        return (repository.to_owned(), format!("{repository}/blob/{folder}"));
    }
    let files = format!("{address}/blob/HEAD");
    (address, files)
}

/// Reads the address of the public repository, and returns it as a browser opens it.
fn repository(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let url = fields.text(key)?;
    if BaseUrl::parse(&url.value).is_some() {
        return Some(repository_address(&url.value));
    }
    fields.report(
        Diagnostic::new(&rules::BAD_CONFIGURATIONS, url.span, format!("`{}` is not an address", url.value))
            .help("write the full address, such as `https://github.com/name/book`"),
    );
    None
}
