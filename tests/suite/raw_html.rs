//! Links to mail addresses, in text with raw HTML and in claims.

use crate::html::Page;
use crate::site::site;

#[test]
fn mail_addresses_are_links() {
    let site = site().article(
        "Ask <help@example.org>, <Help+Me@EXAMPLE.org>, <MAILTO:a@example.org> or [us](mailto:b@example.org?subject=x&body=y).\n\n\
         <b>Raw</b> [it](claim:pace).\n\n> [!claim] pace\n> **It happened.**\n>\n> - kind:: statement\n> - by:: Jane Doe\n\
         > - verdict:: 2026-01 supported by J. Doe — ask <c@example.org>\n",
    );
    let files = site.build();
    let links = |path: &str| -> Vec<String> {
        let page = Page::parse(&files[path]);
        let is_mail = |address: &&str| address.to_ascii_lowercase().starts_with("mailto:");
        page.values("href").into_iter().filter(is_mail).map(str::to_owned).collect()
    };
    let article = links("articles/a/index.html");
    for address in [
        "mailto:help@example.org",
        "mailto:Help+Me@EXAMPLE.org",
        "MAILTO:a@example.org",
        "mailto:b@example.org?subject=x&body=y",
    ] {
        assert!(article.iter().any(|link| link == address), "{address}: {article:?}");
    }
    assert!(links("claims/pace/index.html").contains(&"mailto:c@example.org".to_owned()));
}
