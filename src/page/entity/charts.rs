//! Makes the charts of metrics and the values that they show.

use std::collections::BTreeMap;

use crate::chart::{MAX_POINTS, Plot, Point, Series, Size, ValueAxis, draw_plot, legend_mark, time_in_years};
use crate::date::PartialDate;
use crate::document::{ExpectedPoint, Kind, Quantity, Scale, Sign};
use crate::graph::{ClaimIndex, Entity, Status, normalized_unit};
use crate::texts::TEXTS;

use crate::page::parts::facts::{value_words, with_unit};
use crate::page::view::{ChartView, LegendEntry, SmallChart};
use crate::page::{Site, SiteStructure};

/// Maximum number of units that are named in the note about values that are not drawn.
const UNITS: usize = 5;

/// Maximum length of the label of a point, in characters.
const LABEL: usize = 28;

/// One value of a metric, given by a claim. The metric's chart and its data files show these values.
#[derive(Debug, Clone)]
pub struct Datum<'a> {
    /// The claim that gives the value.
    pub claim: ClaimIndex,
    /// Whether the value is forecast and not measured.
    pub is_forecast: bool,
    /// What was measured; empty if the claim does not name it.
    pub subject: &'a str,
    /// For a measurement, the date to which its evidence refers, or else the date on which it was said. For a
    /// forecast, its deadline.
    pub date: Option<PartialDate>,
    /// The sign before the number, such as `~` or `<`.
    pub sign: Sign,
    /// The number, measured in `unit`.
    pub value: f64,
    /// Lower and upper end of the interval of the value.
    pub interval: Option<(f64, f64)>,
    /// The unit of the value: the claim's own unit, or else the metric's.
    pub unit: Option<&'a str>,
    /// The version of the method; empty if the claim does not name one.
    pub method: &'a str,
    /// The value as readers see it, with its sign and unit.
    words: String,
}

/// The measurements of a metric, grouped by method.
pub(in crate::page) type Methods = Vec<(String, Vec<ClaimIndex>)>;

/// The charts of a metric with what its page says about them.
pub(in crate::page) struct MetricCharts {
    /// The charts in the order of the page; empty if fewer than two values can be drawn.
    pub(in crate::page) views: Vec<ChartView>,
    /// The scale that is drawn, or the scale that is wanted if nothing is drawn. A logarithmic scale cannot be drawn if
    /// a value is zero or below.
    pub(in crate::page) scale: Scale,
    /// The values that the charts do not show.
    pub(in crate::page) not_drawn: String,
}

impl SiteStructure<'_> {
    /// The measurements of a metric, grouped by method. The method with the most measurements comes first. Within a
    /// method, measurements are sorted by date.
    pub(in crate::page) fn methods_of(&self, entity: &Entity) -> Methods {
        let mut methods: BTreeMap<&str, Vec<ClaimIndex>> = BTreeMap::new();
        for &index in &entity.claims {
            let claim = self.book.claim(index);
            if claim.kind == Kind::Measurement {
                let method = claim.method.as_ref().map_or("", |method| method.value.as_str());
                methods.entry(method).or_default().push(index);
            }
        }
        let mut methods: Methods =
            methods.into_iter().map(|(method, claims)| (method.to_owned(), claims)).collect();
        for (_, claims) in &mut methods {
            claims.sort_by_key(|&index| (self.measured_on(index).map(PartialDate::last_day), index));
        }
        methods.sort_by_key(|(_, claims)| std::cmp::Reverse(claims.len()));
        methods
    }
}

impl SiteStructure<'_> {
    /// The date to which a measurement's evidence refers, or else the date on which it was said.
    pub(in crate::page) fn measured_on(&self, index: ClaimIndex) -> Option<PartialDate> {
        let claim = self.book.claim(index);
        claim.as_of.as_ref().or(claim.said.as_ref()).map(|date| date.value)
    }
}

impl<'a> Site<'a> {
    /// All values of a metric: measurements by method and date, then forecasts by deadline.
    pub fn data_of(&self, entity: &Entity) -> Vec<Datum<'a>> {
        let measured = self.methods_of(entity).into_iter().flat_map(|(_, claims)| claims);
        let forecasts = self.by_deadline(entity.claims.iter().copied());
        measured.chain(forecasts).filter_map(|index| self.datum(index)).collect()
    }

    fn datum(&self, index: ClaimIndex) -> Option<Datum<'a>> {
        let claim = self.book.claim(index);
        let number = |quantity: &Quantity| quantity.number;
        let subject = claim.subject.as_ref().map_or("", |subject| subject.value.as_str());
        let of_metric = self.unit_of(index);
        if claim.kind != Kind::Forecast {
            let value = &claim.value.as_ref()?.value;
            return Some(Datum {
                claim: index,
                is_forecast: false,
                subject,
                date: self.measured_on(index),
                sign: value.sign,
                value: value.quantity.number,
                interval: value.interval.as_ref().map(|(low, high)| (number(low), number(high))),
                unit: value.unit.as_deref().or(of_metric),
                method: claim.method.as_ref().map_or("", |method| method.value.as_str()),
                words: value_words(value, of_metric),
            });
        }
        let expects = &claim.expects.as_ref()?.value;
        let ExpectedPoint::Number(expected) = &expects.point else { return None };
        let interval = match &expects.interval {
            Some((ExpectedPoint::Number(low), ExpectedPoint::Number(high))) => {
                Some((number(low), number(high)))
            }
            _ => None,
        };
        let unit = expects.unit.as_deref().or(of_metric);
        Some(Datum {
            claim: index,
            is_forecast: true,
            subject,
            date: claim.resolves.as_ref().map(|date| date.value),
            sign: Sign::Exact,
            value: expected.number,
            interval,
            unit,
            method: "",
            words: with_unit(expected.text.clone(), unit),
        })
    }

    /// The charts of a metric, and a text about the values that they do not show.
    pub(in crate::page) fn metric_charts(&self, entity: &Entity, methods: &Methods) -> MetricCharts {
        let (plot, names, missing) = self.plot(entity, methods);
        let scale = |is_log: bool| if is_log { Scale::Log } else { Scale::Linear };
        let drawn: usize = plot.series.iter().map(|series| series.points.len()).sum();
        let not_drawn = missing.words(&plot.unit);
        let Some(drawing) = draw_plot(&plot) else {
            let no_chart = TEXTS.chart.none();
            let has_values = drawn + missing.count() > 0;
            let not_drawn = if has_values { joined(&[no_chart, &not_drawn]) } else { String::new() };
            return MetricCharts { views: Vec::new(), scale: scale(plot.axis == ValueAxis::Log), not_drawn };
        };
        let legend = names.iter().zip(&plot.series).enumerate().map(|(number, (name, series))| LegendEntry {
            html: legend_mark(number, series, plot.is_dense()),
            text: name.clone(),
        });
        let legend = if names.len() > 1 { legend.collect() } else { Vec::new() };
        let values = ChartView { caption: caption(&plot, drawing.is_log), html: drawing.svg, legend };
        MetricCharts { views: vec![values], scale: scale(drawing.is_log), not_drawn }
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
        let methods = self.methods_of(entity);
        let (plot, _, _) = self.plot(entity, &methods);
        let plot = Plot { size: Size::Small, ..plot };
        let drawing = draw_plot(&plot)?;
        let values = methods.iter().map(|(_, claims)| claims.len()).sum();
        let caption = match (plot.series.len() > 1, drawing.is_log) {
            (false, false) => TEXTS.chart.small(values),
            (false, true) => TEXTS.chart.small_log(values),
            (true, false) => TEXTS.chart.small_methods(values),
            (true, true) => TEXTS.chart.small_methods_log(values),
        };
        Some(SmallChart { link: self.metric_link(number), html: drawing.svg, caption })
    }

    /// The plot of a metric, the names of its series in the same order, and the values that are not drawn.
    fn plot(&self, entity: &Entity, methods: &Methods) -> (Plot, Vec<String>, UndrawnValues) {
        let front_matter = entity.document.map(|document| &self.book.document(document).front_matter);
        let unit = entity.unit.as_deref().unwrap_or_default();
        let mut series = Vec::new();
        let mut names = Vec::new();
        let mut missing = UndrawnValues::default();
        let forecasts = self.by_deadline(entity.claims.iter().copied());
        let measured = methods.iter().map(|(method, claims)| {
            (
                if method.is_empty() { TEXTS.list.method_unknown() } else { method.as_str() },
                claims.as_slice(),
                false,
            )
        });
        for (name, claims, is_forecast) in
            measured.chain([(TEXTS.chart.forecasts(), forecasts.as_slice(), true)])
        {
            let data: Vec<Datum<'_>> = claims.iter().filter_map(|&index| self.datum(index)).collect();
            let drawn = data.iter().filter(|datum| missing.is_drawn(datum, unit));
            let mut points: Vec<Point> = drawn.filter_map(|datum| self.point(datum)).collect();
            points.sort_by(|one, other| one.time.total_cmp(&other.time));
            if !points.is_empty() {
                series.push(Series { points, is_joined: !is_forecast, is_forecast });
                names.push(name.to_owned());
            }
        }
        let is_log = front_matter.is_some_and(|front_matter| front_matter.scale == Scale::Log);
        let points: usize = series.iter().map(|series| series.points.len()).sum();
        let label = TEXTS.chart.label(points, &entity.name);
        let axis = if is_log { ValueAxis::Log } else { ValueAxis::Linear };
        let (unit, joins, size) = (unit.to_owned(), Vec::new(), Size::Large);
        (Plot { label, unit, axis, series, connections: joins, size }, names, missing)
    }

    /// A value as a point of the plot; `None` if it has no date.
    fn point(&self, datum: &Datum<'_>) -> Option<Point> {
        let row = self.row(datum.claim);
        let date = datum.date?;
        let speaker = row.speakers.first().map(|speaker| speaker.text.clone()).unwrap_or_default();
        let name = match (datum.subject, datum.is_forecast) {
            (_, true) if !speaker.is_empty() => speaker,
            ("", _) => String::new(),
            (subject, _) => subject.to_owned(),
        };
        let subject = if datum.subject.is_empty() { row.statement.as_str() } else { datum.subject };
        let interval = datum.interval.map(|(low, high)| TEXTS.chart.interval(low, high)).unwrap_or_default();
        let value = format!("{}{interval}", datum.words);
        let words = if datum.is_forecast {
            TEXTS.chart.expects(subject, &name, value, date.words())
        } else {
            TEXTS.chart.measured(subject, value, date.words())
        };
        Some(Point {
            url: row.url,
            accessible_name: words,
            label: shortened(&name),
            time: time_in_years(date),
            value: datum.value,
            interval: datum.interval,
            is_faded: self.book.node(datum.claim).status == Status::Superseded,
        })
    }
}

/// Explains how to read a chart. The text mentions only what the chart shows.
fn caption(plot: &Plot, is_log: bool) -> String {
    let points = || plot.series.iter().flat_map(|series| &series.points);
    let methods = plot.series.iter().filter(|series| !series.is_forecast).count();
    let many = plot.is_dense();
    let texts = &TEXTS.chart;
    let thinned = texts.thinned(MAX_POINTS, points().count());
    let sentences = [
        (!many, texts.mark()),
        (many, texts.many()),
        (points().count() > MAX_POINTS, thinned.as_str()),
        (is_log, texts.is_log()),
        (plot.axis == ValueAxis::Log && !is_log, texts.no_log()),
        (!many && points().any(|point| point.interval.is_some()), texts.intervals()),
        (methods > 1 && !many, texts.methods()),
        (methods > 1 && many, texts.methods_many()),
        (methods > 1 && !many, texts.apart()),
        (points().any(|point| point.is_faded), texts.faded()),
        (methods < plot.series.len(), texts.hollow()),
    ];
    let said: Vec<&str> = sentences.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| text).collect();
    said.join(" ")
}

/// Counts the values of a metric that its chart does not show.
#[derive(Default)]
struct UndrawnValues {
    undated: usize,
    /// Number of values in a unit other than the metric's, by that unit.
    units: BTreeMap<String, usize>,
}

impl UndrawnValues {
    /// Whether a value can be drawn: it needs a date and the metric's unit. A value that cannot be drawn is
    /// counted.
    fn is_drawn(&mut self, datum: &Datum<'_>, unit: &str) -> bool {
        let own = datum.unit.unwrap_or_default();
        if normalized_unit(own) != normalized_unit(unit) {
            *self.units.entry(own.to_owned()).or_default() += 1;
            return false;
        }
        self.undated += usize::from(datum.date.is_none());
        datum.date.is_some()
    }

    fn count(&self) -> usize {
        self.undated + self.units.values().sum::<usize>()
    }

    /// Reports what is not drawn: `3 values are not drawn: 2 in hours, not in days; 1 without a date.`
    fn words(&self, unit: &str) -> String {
        let of_unit = |(own, number): (&String, &usize)| TEXTS.chart.other_unit(number, own, unit);
        let mut reasons: Vec<String> = self.units.iter().take(UNITS).map(of_unit).collect();
        let others: usize = self.units.values().skip(UNITS).sum();
        reasons.extend((others > 0).then(|| TEXTS.chart.other_units(others)));
        reasons.extend((self.undated > 0).then(|| TEXTS.chart.undated(self.undated)));
        if reasons.is_empty() {
            return String::new();
        }
        TEXTS.chart.undrawn(self.count(), reasons.join("; "))
    }
}

fn joined(sentences: &[&str]) -> String {
    sentences.iter().filter(|sentence| !sentence.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// A label cut to [`LABEL`] characters, so that it does not cross the whole chart.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LABEL {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LABEL - 1).collect();
    // The text from the last opening bracket on is removed, so that no bracket stays open.
    let kept = kept.rsplit_once(" (").map_or(kept.as_str(), |(before, _)| before);
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::example::{Example, article, claim};

    fn measured(id: &str, facts: &str) -> String {
        claim(id, &format!("kind:: measurement\nmetric:: pace\n{facts}"))
    }

    /// A book of these claims, with a file of the metric that asks for a logarithmic scale.
    fn on_log_scale(claims: &[String]) -> Example {
        let metric = "---\ntitle: Pace\nunit: minutes\nscale: log\n---\n";
        Example::new(&[
            ("content/articles/a.md", &article(&claims.concat())),
            ("content/metrics/pace.md", metric),
        ])
    }

    /// A metric on a logarithmic scale, with two methods and a forecast.
    fn metric() -> Example {
        on_log_scale(&[
            measured("one", "subject:: =Alpha, small\nsaid:: 2025-01\nvalue:: 2 [1, 4]\nmethod:: first"),
            measured(
                "two",
                "subject:: Beta & <co>\nsaid:: 2025-09-01\nvalue:: 150\nmethod:: first\nsupersedes:: [it](claim:one) — newer",
            ),
            measured("three", "subject:: Gamma\nsaid:: 2026-05\nvalue:: 3000\nmethod:: second"),
            measured("undated", "subject:: Delta\nvalue:: 5\nmethod:: second"),
            claim(
                "later",
                "kind:: forecast\nmetric:: pace\nexpects:: 90000 [50000, 200000]\nresolves:: 2027",
            ),
        ])
    }

    #[test]
    fn a_metric_is_a_chart_of_links_with_one_shape_for_each_method() {
        let page = metric().render().page("metrics/pace/index.html");
        let links = "svg.plot[role=group] a";
        assert_eq!(
            page.values(links, "aria-label"),
            [
                "=Alpha, small: 2 minutes (1 to 4), Jan 2025",
                "Beta & <co>: 150 minutes, 1 Sep 2025",
                "Gamma: 3000 minutes, May 2026",
                "Statement later.: Jane Doe expects 90000 minutes (50000 to 200000) by 2027",
            ]
        );
        let addresses = page.values(links, "href");
        assert!(addresses.len() == 4 && addresses.iter().all(|url| url.starts_with("/claims/")));
        let shapes = page.values("svg.plot .pt", "d");
        assert!(shapes[0] == shapes[1] && shapes[1] != shapes[2], "{shapes:?}");
        assert_eq!(page.find("svg.plot .trend").len(), 1, "only points of one method are joined");
        assert_eq!(page.find("svg.plot .pt.old").len(), 1, "a superseded value is kept, faded");
        let legend =
            ["svg .pt", "svg .trend"].map(|part| page.find(&format!("figure li.facet {part}")).len());
        assert_eq!(legend, [3, 1], "two methods and the forecasts; one method is joined");
        page.contains("minutes, log scale</text>");
        page.contains("logarithmic");
        page.contains("1 value is not drawn: 1 without a date.");
        assert_eq!(page.find("table").len(), 2, "tables have the same values");
    }

    #[test]
    fn a_scale_that_cannot_be_logarithmic_is_explained() {
        let page = on_log_scale(&[
            measured("one", "subject:: A\nsaid:: 2025-01\nvalue:: 0"),
            measured("two", "subject:: B\nsaid:: 2025-09\nvalue:: 150"),
        ])
        .render()
        .page("metrics/pace/index.html");
        assert!(!page.text.contains("log scale</text>"), "{}", page.text);
        page.contains(
            "The scale is linear, because a logarithmic scale cannot show zero or negative values.",
        );
        // The facts of the metric say what is drawn.
        page.contains("linear, not logarithmic");
    }

    #[test]
    fn the_home_page_has_a_small_chart() {
        let page = metric().render().page("index.html");
        assert_eq!(page.find("figure svg.plot[role=img] .pt").len(), 4);
        assert_eq!(page.find("figure h2 a[href='/metrics/pace/']").len(), 1);
    }

    #[test]
    fn a_metric_without_a_unit_has_that_of_its_values_and_says_what_it_does_not_draw() {
        let measured = |id: &str, facts: &str| measured(id, &format!("subject:: It\nvalue:: {facts}"));
        let body = [
            measured("one", "5 days\nsaid:: 2026-01-05"),
            measured("odd", "7 hours\nsaid:: 2026-04-05"),
            measured("two", "4 day\nsaid:: 2026-02-05"),
            measured("bare", "3\nsaid:: 2026-03-05"),
            measured("undated", "6 days"),
        ];
        let page = |example: Example| example.render().page("metrics/pace/index.html");
        let chart = page(Example::of_article(&body.concat()));
        assert_eq!(chart.find("svg.plot[role=group] a").len(), 3, "{}", chart.text);
        chart.contains("2 values are not drawn: 1 in hours, not in days; 1 without a date.");
        // A value without a unit has that of the others.
        chart.contains(">3 days<");
        let none = page(Example::of_article(&body[..2].concat()));
        assert!(none.find("svg.plot").is_empty());
        none.contains(
            "There is no chart, because a chart needs two dated values in the same unit. 1 value is not drawn: ",
        );
        let empty = Example::new(&[("content/metrics/pace.md", "---\ntitle: E\n---\n")]);
        assert!(!page(empty).text.contains("There is no chart"), "there is nothing to draw");
    }

    #[test]
    fn labels_are_cut_without_an_open_bracket() {
        assert_eq!(shortened("short"), "short");
        assert_eq!(shortened("A model with a name (and a long note in brackets)"), "A model with a name…");
    }
}
