//! Turns the path of a page, such as `claims/a/`, into its address and its file, as the site's [`AddressForm`]
//! demands. No other module does this.

use std::borrow::Cow;

/// What the addresses of pages look like. Inside the program the path of a page ends with `/` in both forms,
/// and that of a file does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressForm {
    /// `claims/a/`: each page is the index of a folder.
    #[default]
    Folders,
    /// `claims/a.html`: each page is a file. The home page is at the base address all the same.
    Files,
}

impl AddressForm {
    /// The address of a page or file, below the base path: `claims/a/` or `claims/a.html`.
    pub fn of(self, path: &str) -> Cow<'_, str> {
        match (self, path.strip_suffix('/')) {
            (Self::Files, Some(page)) if !page.is_empty() => format!("{page}.html").into(),
            _ => path.into(),
        }
    }

    /// The path of a file that belongs to a page: `claims/a/claim.json` or `claims/a.claim.json`. Paths of
    /// pages hold no dots, so no two files meet.
    pub fn beside(self, page: &str, name: &str) -> String {
        match (self, page.strip_suffix('/')) {
            (Self::Files, Some(page)) => format!("{page}.{name}"),
            _ => format!("{page}{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_folders_or_files_and_files_stay_files() {
        let check = |path: &str, folders: &str, files: &str| {
            let found = [AddressForm::Folders, AddressForm::Files].map(|form| form.of(path));
            assert_eq!(found, [folders, files], "{path}");
        };
        check("", "", "");
        check("claims/", "claims/", "claims.html");
        check("claims/page/2/", "claims/page/2/", "claims/page/2.html");
        check("404.html", "404.html", "404.html");
        check("data/claims.json", "data/claims.json", "data/claims.json");
    }

    #[test]
    fn files_lie_beside_their_pages() {
        let check = |page: &str, folders: &str, files: &str| {
            let found = [AddressForm::Folders, AddressForm::Files].map(|form| form.beside(page, "feed.xml"));
            assert_eq!(found, [folders, files], "{page}");
        };
        check("", "feed.xml", "feed.xml");
        check("claims/", "claims/feed.xml", "claims.feed.xml");
        check("tags/a/", "tags/a/feed.xml", "tags/a.feed.xml");
    }
}
