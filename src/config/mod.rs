//! Reads the settings of a site: `site.toml` and the options of the command line become a [`Config`]. No other
//! module reads either.

mod address_form;
mod base_url;
mod keys;
mod language;

use jiff::civil::Date;

use crate::data::{Fields, misspelt_keys, read_toml};
use crate::diagnostic::{Diagnostic, LintLevels, Rule, rules};
use crate::name;
use crate::source::{FileId, SourceFile, Spanned};

pub use address_form::AddressForm;
pub use base_url::BaseUrl;
pub use keys::{KEYS, Neighbours, Previews, SiteForm, SiteKey, level_words};

use keys::{Settings, repository_address, repository_and_files};

/// Settings that the command line gives. They take precedence over `site.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrides {
    /// Base address in place of `base_url` in `site.toml`.
    pub base_url: Option<String>,
    /// Address of the public repository in place of `repository` in `site.toml`.
    pub repository: Option<String>,
    /// The day of the build.
    pub today: Date,
    /// Whether drafts are part of the book (`--drafts`).
    pub drafts: bool,
    /// Whether the site has the review queue, even if `site.toml` does not ask for it. It has one in `serve`.
    pub review: bool,
}

/// Whether a site has the review queue, which lists what authors have to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewQueue {
    /// The site does not have it.
    Absent,
    /// The site has it, and no page links to it, so that all other pages are those of a site without it.
    Unlinked,
    /// The site has it, and every page links to it.
    Published,
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
    /// Address below which a browser finds the files of the book in that repository.
    pub files: Option<String>,
    /// Which pages have a preview picture of their own.
    pub previews: Previews,
    /// Which pages have a file for programs beside them.
    pub neighbours: Neighbours,
    /// Whether readers can search the site.
    pub search: bool,
    /// Whether the site has the review queue.
    pub review: ReviewQueue,
    /// Levels of the lints.
    pub lints: LintLevels,
    /// The day of the build.
    pub today: Date,
    /// Whether drafts are part of the book.
    pub drafts: bool,
}

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
    let names = keys::names(KEYS);
    let mut fields = Fields::new(&node, &names, "the site", &rules::BAD_CONFIGURATIONS, &mut problems);
    let mut settings = Settings { known, ..Settings::default() };
    keys::read(&mut fields, KEYS, &mut settings);
    let Settings { title, language, .. } = &settings;
    let base_url = base_url(settings.base_url.as_ref(), &mut fields, overrides);
    let misspelt = misspelt_keys(&node, &names);
    for (key, suggestion) in KEYS.iter().filter_map(|key| Some((key.name, key.required?))) {
        let is_given = fields.node(key).is_some() || (key == "base_url" && overrides.base_url.is_some());
        // A misspelt key is reported as unknown, so it is not reported as missing as well.
        if !is_given && !misspelt.contains(&key) {
            fields.report(
                Diagnostic::for_path(&rules::MISSING_KEYS, source.path(), format!("the site has no `{key}`"))
                    .help(format!("add `{key} = {suggestion}` to site.toml")),
            );
        }
    }
    report_blank(title.as_ref(), &mut fields);
    report_language(language.as_ref(), &mut fields);
    let value = |text: Option<Spanned<String>>| text.map(|text| text.value).unwrap_or_default();
    let address = overrides.repository.as_deref().map(repository_address).or(settings.repository);
    let (repository, files) = address.map(repository_and_files).unzip();
    let config = Config {
        title: value(settings.title),
        base_url: base_url.unwrap_or_default().with_form(settings.addresses.unwrap_or_default()),
        description: value(settings.description),
        language: settings.language.map_or_else(|| "en".to_owned(), |language| language.value),
        author: value(settings.author),
        repository,
        files,
        previews: settings.previews.unwrap_or_default(),
        neighbours: settings.neighbours.unwrap_or_default(),
        search: settings.search.unwrap_or(true),
        review: match (settings.review, overrides.review) {
            (Some(true), _) => ReviewQueue::Published,
            (_, true) => ReviewQueue::Unlinked,
            _ => ReviewQueue::Absent,
        },
        lints: settings.lints,
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

fn report_language(language: Option<&Spanned<String>>, fields: &mut Fields<'_>) {
    if let Some(language) = language.filter(|tag| !language::is_tag(&tag.value)) {
        let message = format!("`{}` is not a language tag", language.value);
        let help = match language::meant(&language.value) {
            Some(tag) => format!("write `{tag}`"),
            None => "write a tag such as `en`, `de-CH` or `zh-Hant`".to_owned(),
        };
        fields.report(Diagnostic::new(&rules::BAD_CONFIGURATIONS, language.span, message).help(help));
    }
}

fn base_url(
    written: Option<&Spanned<String>>,
    fields: &mut Fields<'_>,
    overrides: &Overrides,
) -> Option<BaseUrl> {
    let text = overrides.base_url.as_ref().or(written.map(|text| &text.value))?;
    let url = BaseUrl::parse(text);
    if url.is_none() {
        let span = written.map_or(fields.span(), |text| text.span);
        fields.report(
            Diagnostic::new(&rules::BAD_CONFIGURATIONS, span, format!("`{text}` is not a base address"))
                .help("write `https://`, the host and the path, without query or fragment: `https://example.org/book/`"),
        );
    }
    url
}
