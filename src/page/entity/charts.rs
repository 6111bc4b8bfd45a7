//! Makes the charts of metrics and the words around them: on the page of a metric, in a text and on the home page.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::chart::{Drawing, Plot, Records, SHAPES, Size, ValueAxis, draw_plot, key_mark};
use crate::date::PartialDate;
use crate::document::{Kind, Scale};
use crate::graph::{ClaimIndex, Entity};
use crate::html::escape;
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::entity::chart_words::{headline, headline_of_dates, note, subtitle};
use crate::page::entity::panels::with_panels;
use crate::page::entity::values::{Datum, Group, MetricPlot};
use crate::page::parts::facts::link_html;
use crate::page::view::{ChartView, FewValue, LegendEntry, Link, SmallChart};

/// Minimum number of values in a chart. One or two values are sentences.
const MIN_VALUES: usize = 3;
/// Maximum number of speakers that are named below a chart.
const SOURCES: usize = 3;

/// The charts of a metric with what its page says about them.
pub(in crate::page) struct MetricCharts {
    /// The charts in the order of the page; empty if fewer than three values can be drawn.
    pub(in crate::page) views: Vec<ChartView>,
    /// The values, if there are only one or two.
    pub(in crate::page) few: Vec<FewValue>,
    /// The scale that is drawn, or the scale that is wanted if nothing is drawn. A logarithmic scale cannot be drawn if
    /// a value is zero or below.
    pub(in crate::page) scale: Scale,
    /// The values that the charts do not show.
    pub(in crate::page) not_drawn: String,
}

impl Site<'_> {
    /// The charts of a metric, and a text about the values that they do not show.
    pub(in crate::page) fn metric_charts(&self, entity: &Entity) -> MetricCharts {
        let mut metric = self.metric_plot(entity);
        let needs_panels = self.needs_panels(&metric);
        metric.plot.has_main &= !needs_panels;
        let plot = &metric.plot;
        let unit = entity.unit.as_deref().unwrap_or_default();
        let mut not_drawn = metric.missing.words(unit);
        let drawing = Some(plot).filter(|plot| plot.count() >= MIN_VALUES).and_then(draw_plot);
        let scale = |is_log: bool| if is_log { Scale::Log } else { Scale::Linear };
        let Some(drawing) = drawing else {
            let few: Vec<FewValue> = metric
                .groups
                .iter()
                .flat_map(|group| &group.data)
                .map(|datum| self.few_value(datum))
                .collect();
            if few.is_empty() && !not_drawn.is_empty() {
                not_drawn = format!("{} {not_drawn}", TEXTS.chart.none());
            }
            return MetricCharts {
                views: Vec::new(),
                few,
                scale: scale(plot.axis == ValueAxis::Log),
                not_drawn,
            };
        };
        let mut view = self.chart_view(entity, &metric, &drawing);
        if needs_panels {
            view = with_panels(entity, &metric, view);
        }
        MetricCharts { views: vec![view], few: Vec::new(), scale: scale(drawing.is_log), not_drawn }
    }

    fn chart_view(&self, entity: &Entity, metric: &MetricPlot<'_>, drawing: &Drawing) -> ChartView {
        let front_matter = self.front_matter_of(entity);
        let written = front_matter.and_then(|front_matter| front_matter.headline.as_ref());
        let computed = || headline(&metric.plot).unwrap_or_else(|| headline_of_dates(&metric.groups));
        ChartView {
            headline: written.map_or_else(computed, |headline| headline.value.clone()),
            subtitle: subtitle(entity, drawing),
            legend: legend(metric),
            html: drawing.html.clone(),
            note: note(metric, drawing, front_matter),
            source: self.chart_source(metric),
            has_panels: false,
        }
    }

    /// The chart of a metric as a figure in a text, with a link to the page of the metric; the link alone if there are too
    /// few values.
    pub(in crate::page) fn embedded_chart(&self, number: usize) -> String {
        let entity = self.book.metrics().get(number);
        let link = self.metric_link(number);
        let mut metric = self.metric_plot(entity);
        metric.plot.size = Size::Medium;
        let Some(drawing) = Some(&metric.plot).filter(|plot| plot.count() >= MIN_VALUES).and_then(draw_plot)
        else {
            return format!("<p>{}</p>", link_html(&link));
        };
        let view = self.chart_view(entity, &metric, &drawing);
        let mut key = String::new();
        for entry in &view.legend {
            let _ = write!(key, "<li>{}{} <b>{}</b></li>", entry.html, escape(&entry.text), entry.count);
        }
        if !key.is_empty() {
            key = format!("<ul class=\"ks\" aria-label=\"{}\">{key}</ul>", TEXTS.metric.marks());
        }
        let title = link_html(&Link { text: view.headline, ..link });
        let (subtitle, source) = (escape(&view.subtitle), escape(&view.source));
        format!(
            "<figure class=\"chart\" dir=\"ltr\"><figcaption><p class=\"ct\">{title}</p><p class=\"cu\">{subtitle}</p></figcaption>{key}<div class=\"plotbox\">{}</div><p class=\"cs\"><span>{source}</span></p></figure>\n",
            view.html
        )
    }

    /// A small chart of the metric with the most measurements.
    pub(in crate::page) fn home_chart(&self) -> Option<SmallChart> {
        let measured = |entity: &Entity| {
            let is_measured = |index: &&ClaimIndex| self.book.claim(**index).value.is_some();
            entity.claims.iter().filter(is_measured).count()
        };
        let metrics = self.book.metrics().iter().enumerate();
        let (number, entity) =
            metrics.max_by_key(|(number, entity)| (measured(entity), std::cmp::Reverse(*number)))?;
        let MetricPlot { plot, .. } = self.metric_plot(entity);
        let plot = Plot { size: Size::Small, ..plot };
        let drawing = draw_plot(&plot)?;
        let values =
            entity.claims.iter().filter(|&&claim| self.book.claim(claim).kind == Kind::Measurement).count();
        let caption = match (plot.series.len() > 1, drawing.is_log) {
            (false, false) => TEXTS.chart.small(values),
            (false, true) => TEXTS.chart.small_log(values),
            (true, false) => TEXTS.chart.small_methods(values),
            (true, true) => TEXTS.chart.small_methods_log(values),
        };
        Some(SmallChart { link: self.metric_link(number), html: drawing.html, caption })
    }

    /// One of few values, as a number with its facts.
    fn few_value(&self, datum: &Datum<'_>) -> FewValue {
        let row = self.row(datum.claim);
        FewValue {
            value: datum.words.clone(),
            url: row.url,
            subject: if datum.subject.is_empty() { row.statement } else { datum.subject.to_owned() },
            date: datum.date,
            method: datum.method.to_owned(),
        }
    }

    /// The line below a chart: who gave the values, how many there are, and the day of the build.
    fn chart_source(&self, metric: &MetricPlot<'_>) -> String {
        let claims = metric.groups.iter().flat_map(|group| &group.data).map(|datum| datum.claim);
        let mut seen = BTreeSet::new();
        let mut speakers: Vec<String> = claims.map(|claim| self.first_speaker(claim)).collect();
        speakers.retain(|name| !name.is_empty() && seen.insert(name.clone()));
        let more = speakers.len().saturating_sub(SOURCES);
        speakers.truncate(SOURCES);
        speakers.extend((more > 0).then(|| TEXTS.chart.more_sources(more)));
        let values: usize = metric.plot.series.iter().map(|series| series.points.len()).sum();
        let mut counts = vec![TEXTS.count.measurements(values)];
        counts.extend((metric.groups.len() > 1).then(|| TEXTS.chart.groups(metric.groups.len())));
        let forecasts = metric.plot.forecasts.len();
        counts.extend((forecasts > 0).then(|| TEXTS.count.forecasts(forecasts)));
        let today = PartialDate::from(self.config.today).words();
        let counts = TEXTS.chart.counts(counts.join(", "), today);
        if speakers.is_empty() {
            counts
        } else {
            format!("{} {counts}", TEXTS.chart.source(speakers.join(", ")))
        }
    }
}

/// The marks of a chart with their names and numbers of values; empty if there is only one.
fn legend(metric: &MetricPlot<'_>) -> Vec<LegendEntry> {
    // In a chart with many values, all but the records of the first series are dots.
    let are_dots = metric.plot.is_dense() && metric.plot.records != Records::None;
    let entry = |(number, group): (usize, &Group<'_>)| LegendEntry {
        html: key_mark(Some(if are_dots && number > 0 { SHAPES } else { number })),
        text: group.name.clone(),
        count: group.data.len(),
    };
    let mut legend: Vec<LegendEntry> = metric.groups.iter().enumerate().take(SHAPES).map(entry).collect();
    let others = metric.groups.get(SHAPES..).unwrap_or_default();
    if !others.is_empty() {
        let count = others.iter().map(|group| group.data.len()).sum();
        legend.push(LegendEntry {
            html: key_mark(Some(SHAPES)),
            text: TEXTS.chart.others(others.len()),
            count,
        });
    }
    if !metric.forecasts.is_empty() {
        let text = TEXTS.chart.forecasts().to_owned();
        legend.push(LegendEntry { html: key_mark(None), text, count: metric.forecasts.len() });
    }
    if legend.len() > 1 { legend } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, article, claim};

    fn measured(id: &str, facts: &str) -> String {
        claim(id, &format!("kind:: measurement\nmetric:: pace\n{facts}"))
    }

    /// A book of these claims, with a file of the metric that asks for a logarithmic scale and says this.
    fn on_log_scale(more: &str, claims: &[String]) -> Example {
        let metric = format!("---\ntitle: Pace\nunit: minutes\nscale: log\n{more}---\n\nWhat it is.\n");
        Example::new(&[
            ("content/articles/a.md", &article(&claims.concat())),
            ("content/metrics/pace.md", &metric),
        ])
    }

    /// A metric on a logarithmic scale, with two methods and a forecast.
    fn metric(more: &str) -> Example {
        let values = [
            measured("one", "subject:: =Alpha, small\nsaid:: 2025-01\nvalue:: 2 [1, 4]\nmethod:: first"),
            measured(
                "two",
                "subject:: Beta & <co>\nsaid:: 2025-09-01\nvalue:: ~150\nmethod:: first\nsupersedes:: [it](claim:one) — newer",
            ),
            measured("four", "subject:: Beta & <co>\nsaid:: 2026-05-01\nvalue:: 900\nmethod:: first"),
            measured("three", "subject:: Gamma\nsaid:: 2026-05-01\nvalue:: >3000\nmethod:: second"),
            measured("undated", "subject:: Delta\nvalue:: 5\nmethod:: second"),
            claim(
                "later",
                "kind:: forecast\nmetric:: pace\nsaid:: 2026-06\nexpects:: 90000 [50000, 200000]\nresolves:: 2027",
            ),
        ];
        on_log_scale(more, &values)
    }

    #[test]
    fn a_metric_is_a_chart_of_links_with_one_shape_for_each_method() {
        let page = metric("better: higher\n").render().page("metrics/pace/index.html");
        let links = "svg.plot[role=group] a";
        assert_eq!(
            page.values(links, "aria-label"),
            [
                "Gamma: more than 3000 minutes (2.1 days); 1 May 2026; second; not reviewed",
                "Beta & <co>: 900 minutes (15 h); 1 May 2026; first; not reviewed",
                "Beta & <co>: about 150 minutes (2.5 h); 1 Sep 2025; first; not reviewed",
                "=Alpha, small: 2 minutes; interval 1 min to 4 min; Jan 2025; first; replaced",
                "Statement later., expected by Jane Doe: 90000 minutes (2.1 months); interval 5 weeks to 4.6 months; 2027; open",
            ]
        );
        let addresses = page.values(links, "href");
        assert!(addresses.iter().all(|url| url.starts_with("/claims/")));
        let count = |part: &str| page.find(&format!("svg.plot {part}")).len();
        assert_eq!((count("a .pt.c1"), count("a .pt.c2"), count("a .pt.c6")), (3, 1, 1), "{}", page.text);
        assert_eq!(count("a circle.ring"), 1, "a replaced value is hollow");
        assert_eq!(count("a path.c2.ring"), 1, "as is one on the day of a value of the main method");
        assert_eq!((count(".about"), count("a .arrow")), (1, 1), "signs are drawn");
        assert_eq!((count(".ser"), count(".rec"), count(".fan")), (1, 1, 1));
        assert_eq!(page.find("ul.ks li").len(), 3, "two methods and the forecasts");
        page.contains("<h2 class=\"ct bare\" id=\"chart_1\">From ≈\u{a0}2.5 h to 15 h in 8 months</h2>");
        page.contains("Pace, by date. Logarithmic scale. Vertical lines are intervals.");
        page.contains("The steps are the records of first.");
        page.contains("Marks on the same day as a value of first are hollow.");
        page.contains("Source: Jane Doe. 4 measurements, 2 series, 1 forecast, as of ");
        page.contains("1 value is not drawn: 1 without a date.");
        assert!(page.text.find("</figure>") < page.text.find("What it is."), "the chart is above the text");
        assert!(page.text.contains("/assets/charts."), "the page loads the styles of charts");
    }

    #[test]
    fn the_file_of_a_metric_names_headline_and_groups() {
        let more = "headline: Much longer\ngroup-by: subject\nbetter: higher\n";
        let page = metric(more).render().page("metrics/pace/index.html");
        page.contains("<h2 class=\"ct bare\" id=\"chart_1\">Much longer</h2>");
        let text = |part: &str| -> Vec<String> {
            page.find(part).iter().map(|element| element.text().collect::<String>()).collect()
        };
        assert_eq!(text("ul.ks li"), ["Beta & <co> 2", "Gamma 1", "=Alpha, small 1", "Forecasts 1"]);
        assert!(page.find("svg.plot .rec").is_empty(), "subjects have no common records");
        let speakers = metric("group-by: by\n").render().page("metrics/pace/index.html");
        assert_eq!(speakers.find("ul.ks li").len(), 2, "one speaker and the forecasts");
    }

    #[test]
    fn a_trend_is_drawn_where_it_is_clear() {
        let values = |last: &str| -> Vec<String> {
            let years = [("2021", "1"), ("2022", "2.1"), ("2023", "3.9"), ("2024", "8.2"), ("2025", last)];
            let value = |(year, value): (&str, &str)| {
                measured(
                    &format!("y{year}"),
                    &format!("subject:: M{year}\nsaid:: {year}-07-01\nvalue:: {value}"),
                )
            };
            years.into_iter().map(value).collect()
        };
        let page = |more: &str, last: &str| {
            let more = format!("better: higher\n{more}");
            on_log_scale(&more, &values(last)).render().page("metrics/pace/index.html")
        };
        let drawn = page("trend: exponential\n", "15.7");
        assert_eq!((drawn.find("svg.plot .fit").len(), drawn.find("svg.plot .band").len()), (1, 1));
        drawn.contains("Doubles every 12 months, as fitted to 5 records (95\u{a0}% interval ");
        assert!(page("", "15.7").find("svg.plot .fit").is_empty(), "no trend without the key");
        let few = page("trend: exponential\n", "3");
        assert_eq!(few.find("svg.plot .fit").len(), 1, "four records are enough");
        let unclear = page("better: lower\ntrend: linear\n".trim_start_matches("better: lower\n"), "900");
        assert!(unclear.find("svg.plot .fit").is_empty());
        unclear.contains("No trend is drawn, because");
    }

    #[test]
    fn a_scale_that_cannot_be_logarithmic_is_explained() {
        let values = [
            measured("one", "subject:: A\nsaid:: 2025-01\nvalue:: 0"),
            measured("two", "subject:: B\nsaid:: 2025-09\nvalue:: 150"),
            measured("three", "subject:: C\nsaid:: 2025-10\nvalue:: 160"),
        ];
        let page = on_log_scale("", &values).render().page("metrics/pace/index.html");
        assert!(!page.text.contains("Logarithmic scale."), "{}", page.text);
        page.contains(
            "The scale is linear, because a logarithmic scale cannot show zero or negative values.",
        );
        // The facts of the metric say what is drawn.
        page.contains("linear, not logarithmic");
    }

    #[test]
    fn the_home_page_has_a_small_chart() {
        let page = metric("").render().page("index.html");
        assert_eq!(page.find("figure svg.plot[role=img] .at > .pt").len(), 5);
        assert_eq!(page.find("figure h2 a[href='/metrics/pace/']").len(), 1);
    }

    #[test]
    fn a_chart_is_embedded_in_a_text() {
        let values = ["10", "20", "23"].map(|value| {
            let facts = format!("subject:: M{value}\nsaid:: 20{value}\nvalue:: {value}");
            measured(&format!("m{value}"), &facts)
        });
        let text = "Before.\n\n![[metric:pace]]\n\nAfter ![the pace](metric:pace).\n\n".to_owned();
        let page = on_log_scale("better: higher\n", &[vec![text.clone()], values.to_vec()].concat()).render();
        let article = page.page("articles/a/index.html");
        assert_eq!(article.find("figure.chart .ct a[href='/metrics/pace/']").len(), 1, "{}", article.text);
        assert_eq!(article.find("figure.chart svg.plot a").len(), 3);
        assert_eq!(article.values("p > a[href='/metrics/pace/']", "href").len(), 2, "in a line it is a link");
        assert!(article.text.contains("/assets/charts."));
        assert!(page.page("metrics/pace/index.html").text.contains("/articles/a/"), "embedding is a mention");
        let few = on_log_scale("", &[vec![text], values[..1].to_vec()].concat()).render();
        assert!(few.page("articles/a/index.html").find("figure.chart").is_empty());
    }

    #[test]
    fn one_or_two_values_are_sentences() {
        let values = [
            measured("one", "subject:: A\nsaid:: 2025-01\nvalue:: ~39\nmethod:: first"),
            measured("two", "subject:: B\nsaid:: 2025-09\nvalue:: 150\nmethod:: second"),
        ];
        let page = |count: usize| on_log_scale("", &values[..count]).render().page("metrics/pace/index.html");
        let two = page(2);
        assert!(two.find("svg.plot").is_empty());
        two.contains("<p class=\"few\"><b>~39 minutes</b> <a href=\"/claims/one/\">A</a>, <time");
        two.contains("The two values are of different methods and cannot be compared.");
        assert_eq!(page(1).find("p.few").len(), 1);
        assert!(!page(1).text.contains("cannot be compared"));
    }

    #[test]
    fn a_metric_without_a_unit_has_that_of_its_values_and_says_what_it_does_not_draw() {
        let measured = |id: &str, facts: &str| measured(id, &format!("subject:: It\nvalue:: {facts}"));
        let body = [
            measured("odd", "7 hours\nsaid:: 2026-04-05"),
            measured("undated", "6 days"),
            measured("one", "5 days\nsaid:: 2026-01-05"),
            measured("two", "4 day\nsaid:: 2026-02-05"),
            measured("bare", "3\nsaid:: 2026-03-05"),
        ];
        let page = |example: Example| example.render().page("metrics/pace/index.html");
        let chart = page(Example::of_article(&body.concat()));
        assert_eq!(chart.find("svg.plot[role=group] a").len(), 3, "{}", chart.text);
        chart.contains("2 values are not drawn: 1 in hours, not in days; 1 without a date.");
        // A value without a unit has that of the others.
        chart.contains(">3 days<");
        let none = page(Example::of_article(&body[1]));
        assert!(none.find("svg.plot").is_empty());
        none.contains("There is no chart, because no value has a date and the unit of the metric. 1 value is not drawn: ");
        let empty = Example::new(&[("content/metrics/pace.md", "---\ntitle: E\n---\n")]);
        assert!(!page(empty).text.contains("There is no chart"), "there is nothing to draw");
    }
}
