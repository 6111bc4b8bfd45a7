//! Plans the files that are not pages: feeds, data in all formats, the site map and the files for crawlers.

use std::io::Write;

use anyhow::Result;

use crate::config::Neighbours;
use crate::format::{
    cite, claims_schema, csv, feed, graph, ics, json, llms, metric_data, names, scores, sitemap,
};
use crate::graph::EntityKind;
use crate::output::{OutputFile, OutputPath};
use crate::page::{Feed, Site};
use crate::source::Span;

use super::Publication;
use super::collect::Plan;

impl Plan<'_> {
    pub(super) fn feeds(&mut self) {
        self.feed("feed.xml", |site| site.article_feed());
        self.feed(&self.site.beside("claims/", "feed.xml"), |site| site.verdict_feed());
        for kind in [EntityKind::Speaker, EntityKind::Tag] {
            for index in self.site.book.entity_indices(kind) {
                let page = self.site.entity_path(index);
                self.feed(&self.site.beside(&page, "feed.xml"), move |site| site.entity_feed(index));
            }
        }
    }

    pub(super) fn feed(&mut self, path: &str, make: impl Fn(Site<'_>) -> Feed + Send + Sync + 'static) {
        self.made(None, path, move |site| feed::atom(&make(site), site.config));
    }

    pub(super) fn data(&mut self) {
        self.streamed("data/claims.json", |site, sink| json::claims(&site, sink));
        self.made(None, "data/scores.json", |site| scores::scores(&site));
        self.more_data();
        self.made(None, "data/names.json", |site| names::names(&site));
        for (path, sitemap) in sitemap::sitemaps(std::mem::take(&mut self.addresses).into()) {
            self.streamed(&path, move |site, sink| sitemap.write(sink, &site));
        }
        let sitemap = self.site.config.base_url.absolute("sitemap.xml");
        let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n");
        self.insert("robots.txt", None, OutputFile::Bytes(robots.into_bytes()));
        self.insert(".nojekyll", None, OutputFile::Bytes(Vec::new()));
    }

    /// Plans the other formats of the data, and the `claim.json` of each claim if the site wants them.
    fn more_data(&mut self) {
        let site = self.site;
        self.streamed("data/claims.csv", |site, sink| csv::claims(&site, sink));
        self.insert(
            "data/claims.schema.json",
            None,
            OutputFile::Bytes(claims_schema::SCHEMA.as_bytes().to_vec()),
        );
        self.streamed("data/graph.json", |site, sink| graph::graph(&site, sink));
        self.streamed("data/citations.bib", |site, sink| cite::bibtex(&site, sink));
        self.streamed("data/citations.json", |site, sink| cite::csl(&site, sink));
        self.streamed("forecasts/deadlines.ics", |site, sink| ics::deadlines(&site, sink));
        self.made(None, "llms.txt", |site| Ok(llms::llms(&site)));
        if site.config.neighbours == Neighbours::None {
            return;
        }
        for index in site.book.all_claims() {
            let path = site.claim_path(index);
            let origin = Some(site.book.claim(index).id.span);
            self.made(origin, &site.beside(&path, "claim.json"), move |site| json::claim_file(&site, index));
        }
    }

    /// Adds a file that is not a page and whose bytes are made in one step. `origin` is the origin of the page
    /// that the file belongs to, if any.
    fn made(
        &mut self,
        origin: Option<Span>,
        path: &str,
        make: impl Fn(Site<'_>) -> Result<Vec<u8>> + Send + Sync + 'static,
    ) {
        let render = move |publication: &Publication, out: &mut Vec<u8>| {
            out.append(&mut make(publication.site())?);
            Ok(())
        };
        if let Some(path) = OutputPath::new(path) {
            self.insert_beside(path, origin, OutputFile::Render(Box::new(render)));
        }
    }

    /// Adds a file that grows with the site, such as the list of all claims. The file is written piece by piece.
    fn streamed(
        &mut self,
        path: &str,
        write: impl Fn(Site<'_>, &mut dyn Write) -> Result<()> + Send + Sync + 'static,
    ) {
        let stream = move |publication: &Publication, sink: &mut dyn Write| write(publication.site(), sink);
        self.insert(path, None, OutputFile::Stream(Box::new(stream)));
    }

    /// Plans the CSV file of each metric.
    pub(super) fn metric_data(&mut self) {
        for index in self.site.book.entity_indices(EntityKind::Metric) {
            let path = self.site.beside(&self.site.entity_path(index), "data.csv");
            self.made(None, &path, move |site| {
                Ok(metric_data::csv(&site, site.book.entity(index)).into_bytes())
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::format::claims_schema::SCHEMA;
    use crate::graph::example::{Example, claim};

    #[test]
    fn pages_lead_to_their_data_and_show_their_citation() {
        let site = Example::of_article(&(claim("one", "") + &claim("two", ""))).with_neighbours().render();
        let json = |path: &str| -> Value { serde_json::from_str(&site.text(path)).expect("JSON") };
        let all = json("data/claims.json");
        let all = all["claims"].as_array().expect("a list");
        assert_eq!(all.len(), 2);
        for claim in all {
            let id = claim["id"].as_str().expect("an id");
            assert_eq!(json(&format!("claims/{id}/claim.json")), *claim);
            let page = site.page(&format!("claims/{id}/index.html"));
            page.contains(&format!(
                "<link rel=\"alternate\" type=\"application/json\" href=\"/claims/{id}/claim.json\">"
            ));
            page.contains(&format!("@misc{{claim-{id},"));
        }
        site.page("articles/a/index.html").contains("<pre class=\"code\">@misc{a,");
        assert_eq!(site.text("data/claims.schema.json"), SCHEMA);
    }
}
