//! Divides long lists into pages.

use crate::page::view::{Link, Pager, Shortened};
use crate::page::{Site, SiteStructure};
use crate::texts::TEXTS;

/// Number of entries on one page of a list.
pub const PER_PAGE: usize = 50;

/// Number of pages for a list of `items` entries with `per_page` on each page; at least 1.
pub fn pages_of(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page).max(1)
}

/// Maximum number of pages of a list that is a part of a longer one, such as the claims of a tag. The newest entries are
/// on these pages, and a filter of the longer list shows all. Without a limit, the lists of a large book would be larger
/// than the rest of its site.
const MAX_PAGES_OF_PART: usize = 5;

/// The path of page `number`, counted from 1, of the list at path `list`.
pub(in crate::page) fn page_path(list: &str, number: usize) -> String {
    if number == 1 { list.to_owned() } else { format!("{list}page/{number}/") }
}

/// The items on page `number`, counted from 1; empty if the list has no such page.
pub fn slice<T>(items: &[T], number: usize, per_page: usize) -> &[T] {
    items.chunks(per_page).nth(number - 1).unwrap_or_default()
}

/// The first `most` entries of a list. If there are more, `rest` makes links to all of them.
pub(in crate::page) fn shortened<I, T>(
    all: Vec<I>,
    most: usize,
    rest: impl FnOnce(&[I]) -> Vec<Link>,
    view: impl FnMut(I) -> T,
) -> Shortened<T> {
    let total = all.len();
    let rest = if total > most { rest(&all) } else { Vec::new() };
    Shortened { items: all.into_iter().take(most).map(view).collect(), total, rest }
}

impl SiteStructure<'_> {
    /// Number of pages for a list of `items` entries that is a part of a longer list; at least 1. A site without search has
    /// no filters, so its lists are whole.
    pub(in crate::page) fn pages_of_part(&self, items: usize, per_page: usize) -> usize {
        let pages = pages_of(items, per_page);
        if self.config.search { pages.min(MAX_PAGES_OF_PART) } else { pages }
    }

    /// Whether a list of `items` entries that is a part of a longer list ends before its last entry.
    pub(in crate::page) fn is_part_cut(&self, items: usize, per_page: usize) -> bool {
        self.pages_of_part(items, per_page) < pages_of(items, per_page)
    }
}

impl Site<'_> {
    /// The pager of page `current` of the list at path `list` with `total` items.
    pub(in crate::page) fn pager(&self, list: &str, current: usize, total: usize, per_page: usize) -> Pager {
        let url = |number: usize| self.url(&page_path(list, number));
        Self::pager_at(&url, current, total, per_page)
    }

    /// The pager of a list of `total` items that shares its `pages` pages with other lists. A page has [`PER_PAGE`]
    /// items.
    pub(in crate::page) fn pager_beside(
        &self,
        path: &str,
        number: usize,
        total: usize,
        pages: usize,
    ) -> Pager {
        Pager {
            from: ((number - 1) * PER_PAGE + 1).min(total),
            to: (number * PER_PAGE).min(total),
            total,
            ..Self::pager_at(&|number| self.url(&page_path(path, number)), number, pages, 1)
        }
    }

    /// The pager of page `current` for pages at any address: `url` returns the address of a page from its number.
    pub(in crate::page) fn pager_at(
        url: &dyn Fn(usize) -> String,
        current: usize,
        total: usize,
        per_page: usize,
    ) -> Pager {
        let last = pages_of(total, per_page);
        let mut pages = Vec::new();
        let mut before = 0;
        let near = current.saturating_sub(2).max(1)..=(current + 2).min(last);
        // Only the first page, the last page and the pages near the current one get links.
        for number in [1].into_iter().chain(near).chain([last]) {
            if number == before {
                continue;
            }
            if number > before + 1 {
                pages.push(Link { url: String::new(), text: "…".to_owned() });
            }
            before = number;
            pages.push(Link { url: url(number), text: number.to_string() });
        }
        Pager {
            from: ((current - 1) * per_page + 1).min(total),
            to: (current * per_page).min(total),
            total,
            current,
            pages: if last > 1 { pages } else { Vec::new() },
            previous: (current > 1).then(|| url(current - 1)),
            next: (current < last).then(|| url(current + 1)),
            rest: Vec::new(),
        }
    }

    /// On the last page of a list of claims that ends before its last claim: a link to the list of all claims, with a
    /// filter that shows the claims of this list.
    pub(in crate::page) fn add_rest_of_claims(&self, pager: &mut Pager, filter: &str, value: &str) {
        let rest = pager.total.saturating_sub(pager.to);
        if pager.next.is_none() && rest > 0 {
            let url = self.filtered_claims(&[(filter, value)]);
            pager.rest.push(Link { url, text: TEXTS.list.rest_of_claims(rest) });
        }
    }

    /// The address of the list of all claims with filters, each with its value.
    pub(in crate::page) fn filtered_claims(&self, filters: &[(&str, &str)]) -> String {
        let filters: Vec<String> =
            filters.iter().map(|(filter, value)| format!("{filter}={value}")).collect();
        format!("{}?{}", self.url("claims/"), filters.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Kind;
    use crate::graph::example::{Example, claim};
    use crate::page::ClaimFilter;
    use crate::page::view::Link;

    #[test]
    fn a_part_of_a_longer_list_ends_after_five_pages_where_filters_show_the_rest() {
        let body: String = (0..253).map(|number| claim(&format!("c{number:03}"), "")).collect();
        let mut example = Example::of_article(&body);
        let last_page = |example: &Example, filter: ClaimFilter| {
            let site = example.site();
            let claims: Vec<_> = site.book.claims().collect();
            let pages = site.pages_of_list(filter, claims.len());
            let pager = site.claim_list(filter, &claims, &[], pages).pager;
            assert!(
                pager.next.is_none()
                    && site.claim_list(filter, &claims, &[], pages - 1).pager.rest.is_empty()
            );
            let rest: Vec<(String, String)> =
                pager.rest.into_iter().map(|Link { url, text }| (url, text)).collect();
            (pages, rest)
        };
        example.config.search = true;
        let kind = ClaimFilter::Kind(Kind::Statement);
        let rest =
            [("/claims/?kind=statement".to_owned(), "3 more claims, in the list of all claims".to_owned())];
        assert_eq!(last_page(&example, kind), (5, rest.to_vec()));
        assert_eq!(last_page(&example, ClaimFilter::All), (6, Vec::new()));
        example.config.search = false;
        assert_eq!(last_page(&example, kind), (6, Vec::new()));
    }

    #[test]
    fn long_lists_are_cut_into_pages_of_fifty() {
        let body: String = (0..51).map(|number| claim(&format!("c{number:02}"), "")).collect();
        let site = Example::of_article(&body).render();
        site.page("claims/index.html").contains("51 claims, 1 to 50");
        site.page("claims/page/2/index.html").contains("Statement c50.");
        site.page("speakers/jane-doe/page/2/index.html").contains("Statement c50.");
        assert!(!site.has("claims/page/3/index.html"));
    }
}
