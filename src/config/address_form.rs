//! Computes the address and the file of a page from its path, such as `claims/a/`, in the [`AddressForm`] of the
//! site. No other module does this.

use std::borrow::Cow;

/// The form of the addresses of pages. Within the program, the path of a page ends with `/` in both forms, and the
/// path of a file does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressForm {
    /// Each page is the index file of a folder, with an address such as `claims/a/`.
    #[default]
    Folders,
    /// Each page is a file, with an address such as `claims/a.html`. The home page still has the base address.
    Files,
}

impl AddressForm {
    /// Returns the address of a page or file relative to the base path, such as `claims/a/` or `claims/a.html`.
    pub fn of(self, path: &str) -> Cow<'_, str> {
        match (self, path.strip_suffix('/')) {
            (Self::Files, Some(page)) if !page.is_empty() => format!("{page}.html").into(),
            _ => path.into(),
        }
    }

    /// Returns the path of a file that belongs to a page, such as `claims/a/claim.json` or `claims/a.claim.json`.
    /// Paths of pages contain no dots, so no two files have the same path.
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
