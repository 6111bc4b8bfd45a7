//! Reads the settings of a site: `site.toml` and the options of the command line become a [`Config`]. No other
//! module reads either.

mod address_form;
mod base_url;
mod language;

use jiff::civil::Date;

use crate::data::{Fields, Node, misspelt, read_toml};
use crate::diagnostic::{Diagnostic, Level, LintLevels, Rule, RuleKind, rules};
use crate::name;
use crate::source::{FileId, SourceFile, Spanned};

pub use address_form::AddressForm;
pub use base_url::BaseUrl;

/// Settings that the command line gives. They take precedence over `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrides {
    /// Base address in place of `base_url` in `site.toml`.
    pub base_url: Option<String>,
    /// The day of the build.
    pub today: Date,
    /// Whether drafts are part of the book (`--drafts`).
    pub drafts: bool,
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

/// The settings of a site, validated.
#[derive(Debug, Clone)]
pub struct Config {
    /// Title of the site.
    pub title: String,
    /// Base address of the site and form of the addresses of its pages.
    pub base_url: BaseUrl,
    /// Description of the site in one sentence; may be empty.
    pub description: String,
    /// Language of the site as a BCP 47 tag, such as `en` or `de-CH`.
    pub language: String,
    /// Author of the site; may be empty.
    pub author: String,
    /// Address of the public repository as a browser opens it, without a closing slash or `.git`.
    pub repository: Option<String>,
    /// Which pages have a preview picture of their own.
    pub previews: Previews,
    /// Whether the site gets a full-text search. Always false in a build without the feature `search`.
    pub search: bool,
    /// Levels of the lints.
    pub lints: LintLevels,
    /// The day of the build.
    pub today: Date,
    /// Whether drafts are part of the book.
    pub drafts: bool,
}

/// The top-level keys of `site.toml`. [`crate::schema`] describes the value of each.
pub const KEYS: &[&str] =
    &["title", "base_url", "description", "language", "author", "build", "policy", "lints", "links"];

/// The lints whose level the key `unverified-quotes` in `[policy]` sets.
const QUOTE_LINTS: [&str; 2] = ["drifted-quotes", "unarchived-quotes"];

/// Reads `site.toml`. `known` contains all rules, so that the names in `[lints]` can be checked.
///
/// Returns `None` and one problem if the file is not valid TOML. Otherwise returns the settings, with defaults in
/// place of values that are missing or cannot be used, and all problems.
pub fn read(
    file: FileId,
    source: &SourceFile,
    known: &[&'static Rule],
    overrides: &Overrides,
) -> (Option<Config>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let text = source.text().trim_start_matches('\u{feff}');
    let offset = source.text().len() - text.len();
    let node = match read_toml(file, text, offset, &rules::BAD_CONFIGURATIONS) {
        Ok(node) => node,
        Err(problem) => return (None, vec![*problem]),
    };
    let mut fields = Fields::new(&node, KEYS, "the site", &rules::BAD_CONFIGURATIONS, &mut problems);
    let title = fields.text("title");
    let base_url = base_url(&mut fields, overrides);
    let description = fields.visible_text("description");
    let language = fields.visible_text("language");
    let author = fields.visible_text("author");
    let build = fields.node("build").map(|node| build(node, fields.problems())).unwrap_or_default();
    let mut lints = LintLevels::default();
    if let Some(node) = fields.node("policy") {
        policy(node, &mut lints, fields.problems());
    }
    if let Some(node) = fields.node("lints") {
        lint_levels(node, known, &mut lints, fields.problems());
    }
    let repository = fields.node("links").and_then(|node| repository(node, fields.problems()));
    for (key, is_needed, form) in
        [("title", true, "\"…\""), ("base_url", overrides.base_url.is_none(), "\"https://example.org/\"")]
    {
        // A misspelt key is reported as unknown, so it is not reported as missing as well.
        if is_needed && fields.node(key).is_none() && !misspelt(&node, KEYS).contains(&key) {
            fields.report(
                Diagnostic::of_path(&rules::MISSING_KEYS, source.path(), format!("the site has no `{key}`"))
                    .help(format!("add `{key} = {form}` to site.toml")),
            );
        }
    }
    report_blank(title.as_ref(), &mut fields);
    if let Some(language) = language.as_ref().filter(|tag| !language::is_tag(&tag.value)) {
        let message = format!("`{}` is not a language tag", language.value);
        let help = match language::meant(&language.value) {
            Some(tag) => format!("write `{tag}`"),
            None => "write a tag such as `en`, `de-CH` or `zh-Hant`".to_owned(),
        };
        fields.report(Diagnostic::new(&rules::BAD_CONFIGURATIONS, language.span, message).help(help));
    }
    let value = |text: Option<Spanned<String>>| text.map(|text| text.value).unwrap_or_default();
    let config = Config {
        title: value(title),
        base_url: base_url.unwrap_or_default().with_form(build.addresses),
        description: value(description),
        language: Some(value(language))
            .filter(|language| !language.is_empty())
            .unwrap_or_else(|| "en".to_owned()),
        author: value(author),
        repository,
        previews: build.previews,
        search: cfg!(feature = "search") && build.search,
        lints,
        today: overrides.today,
        drafts: overrides.drafts,
    };
    (Some(config), problems)
}

fn report_blank(title: Option<&Spanned<String>>, fields: &mut Fields<'_>) {
    if let Some(title) = title.filter(|title| name::is_blank(&title.value)) {
        fields.report(
            Diagnostic::new(&rules::BAD_CONFIGURATIONS, title.span, "the `title` of the site is blank")
                .help("write the text that readers should see"),
        );
    }
}

fn base_url(fields: &mut Fields<'_>, overrides: &Overrides) -> Option<BaseUrl> {
    let written = fields.text("base_url");
    let text = overrides.base_url.as_ref().or(written.as_ref().map(|text| &text.value))?;
    let url = BaseUrl::parse(text);
    if url.is_none() {
        let span = written.as_ref().map_or(fields.span(), |text| text.span);
        fields.report(
            Diagnostic::new(&rules::BAD_CONFIGURATIONS, span, format!("`{text}` is not a base address"))
                .help("write `https://`, the host and the path, without query or fragment: `https://example.org/book/`"),
        );
    }
    url
}

/// Values of the table `[build]`.
struct Build {
    previews: Previews,
    search: bool,
    addresses: AddressForm,
}

impl Default for Build {
    fn default() -> Self {
        Self { previews: Previews::default(), search: true, addresses: AddressForm::default() }
    }
}

fn build(node: &Node, problems: &mut Vec<Diagnostic>) -> Build {
    let keys = &["previews", "search", "addresses"];
    let mut fields = Fields::new(node, keys, "`[build]`", &rules::BAD_CONFIGURATIONS, problems);
    let previews = [("true", Previews::Some), ("false", Previews::Off), ("all", Previews::All)];
    let addresses = [("folders", AddressForm::Folders), ("files", AddressForm::Files)];
    let otherwise = Build::default();
    Build {
        previews: fields.word("previews", &previews).unwrap_or(otherwise.previews),
        search: fields.word("search", &[("true", true), ("false", false)]).unwrap_or(otherwise.search),
        addresses: fields.word("addresses", &addresses).unwrap_or(otherwise.addresses),
    }
}

const LEVELS: [(&str, Level); 3] = [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

/// Reads `[policy]`, which sets the level of all lints about quotations. A level in `[lints]` takes precedence.
fn policy(node: &Node, levels: &mut LintLevels, problems: &mut Vec<Diagnostic>) {
    let key = "unverified-quotes";
    let mut fields = Fields::new(node, &[key], "`[policy]`", &rules::BAD_CONFIGURATIONS, problems);
    if let Some(level) = fields.word(key, &LEVELS) {
        for lint in QUOTE_LINTS {
            levels.set(lint, level);
        }
    }
}

fn lint_levels(
    node: &Node,
    known: &[&'static Rule],
    levels: &mut LintLevels,
    problems: &mut Vec<Diagnostic>,
) {
    let lints: Vec<&str> =
        known.iter().filter(|rule| matches!(rule.kind, RuleKind::Lint(_))).map(|rule| rule.name).collect();
    let mut fields = Fields::new(node, &lints, "`[lints]`", &rules::BAD_CONFIGURATIONS, problems);
    for lint in lints {
        if let Some(level) = fields.word(lint, &LEVELS) {
            levels.set(lint, level);
        }
    }
}

fn repository(node: &Node, problems: &mut Vec<Diagnostic>) -> Option<String> {
    let mut fields = Fields::new(node, &["repository"], "`[links]`", &rules::BAD_CONFIGURATIONS, problems);
    let url = fields.text("repository")?;
    if BaseUrl::parse(&url.value).is_some() {
        let address = url.value.trim_end_matches('/');
        return Some(address.strip_suffix(".git").unwrap_or(address).to_owned());
    }
    fields.report(
        Diagnostic::new(&rules::BAD_CONFIGURATIONS, url.span, format!("`{}` is not an address", url.value))
            .help("write the full address, such as `https://github.com/name/book`"),
    );
    None
}
