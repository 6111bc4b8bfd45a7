//! Makes several small charts of a metric, one for each method, where the values of no method are the story: values of
//! different methods cannot be compared, so they are not drawn as one picture. All have the same scales, and in each the
//! values of the other methods are grey dots.

use std::fmt::Write as _;

use crate::chart::{Connection, Plot, Records, SHAPES, Series, Size, draw_plot, key_mark};
use crate::graph::Entity;
use crate::html::escape;
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::entity::values::{Datum, MetricPlot};
use crate::page::view::ChartView;

impl Site<'_> {
    /// Whether a metric needs a chart for each method: there are two to eight methods, and fewer than half of the values
    /// that were not replaced are by the main one. Forecasts and trends need one chart.
    pub(in crate::page) fn needs_panels(&self, metric: &MetricPlot<'_>) -> bool {
        let is_current = |datum: &&Datum<'_>| !self.is_replaced(datum.claim);
        let current: Vec<usize> =
            metric.groups.iter().map(|group| group.data.iter().filter(is_current).count()).collect();
        let main = current.first().copied().unwrap_or_default();
        let plot = &metric.plot;
        let is_plain = plot.forecasts.is_empty() && plot.trend.is_none() && !plot.is_dense();
        plot.has_main
            && is_plain
            && (2..=SHAPES).contains(&current.len())
            && main * 2 < current.iter().sum::<usize>()
    }
}

/// The view of a metric with a drawing for each method in place of one drawing.
pub(in crate::page) fn with_panels(entity: &Entity, metric: &MetricPlot<'_>, view: ChartView) -> ChartView {
    let mut html = "<ul class=\"sms\">".to_owned();
    for (number, group) in metric.groups.iter().enumerate() {
        let name = TEXTS.chart.label_of_panel(&entity.name, &group.name);
        let plot = panel(&metric.plot, number, name);
        let Some(drawing) = draw_plot(&plot) else { continue };
        let (mark, name, count) = (key_mark(Some(number)), escape(&group.name), group.data.len());
        let _ = write!(
            html,
            "<li><p>{mark}{name} <b>{count}</b></p><div class=\"plotbox\">{}</div></li>",
            drawing.html
        );
    }
    html.push_str("</ul>");
    let note = [TEXTS.chart.panels(), &view.note].join(" ").trim_end().to_owned();
    ChartView { html, legend: Vec::new(), note, has_panels: true, ..view }
}

/// The plot of one method. The other methods are its context.
fn panel(whole: &Plot, number: usize, label: String) -> Plot {
    let own = |(place, series): (usize, &Series)| Series { is_context: place != number, ..series.clone() };
    let is_own = |join: &&Connection| join.series == number;
    Plot {
        label: TEXTS.chart.label(whole.series.get(number).map_or(0, |series| series.points.len()), label),
        series: whole.series.iter().enumerate().map(own).collect(),
        has_main: false,
        connections: whole.connections.iter().filter(is_own).copied().collect(),
        records: if number == 0 { whole.records } else { Records::None },
        size: Size::Panel,
        ..whole.clone()
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::example::{Example, article, claim};

    #[test]
    fn methods_without_a_main_one_have_a_chart_each() {
        let measured = |(number, method): (usize, &str)| {
            let facts =
                format!("subject:: M{number}\nsaid:: 202{number}\nvalue:: {number}\nmethod:: {method}");
            claim(&format!("m{number}"), &format!("kind:: measurement\nmetric:: pace\n{facts}"))
        };
        let page = |methods: [&str; 5]| {
            let claims: String = methods.into_iter().enumerate().map(measured).collect();
            let metric = "---\ntitle: Pace\nunit: points\nbetter: higher\n---\n";
            let files =
                [("content/articles/a.md", article(&claims)), ("content/metrics/pace.md", metric.to_owned())];
            let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
            Example::new(&files).render().page("metrics/pace/index.html")
        };
        let panels = page(["a", "b", "c", "a", "b"]);
        assert_eq!(panels.find("ul.sms li svg.plot").len(), 3);
        assert_eq!(panels.find("ul.sms svg.plot a").len(), 5, "each value is a link once");
        assert_eq!(panels.find("ul.sms svg.plot > .dim").len(), 10, "and a dot in the other charts");
        panels.contains("Each method has a chart of its own");
        assert!(page(["a", "a", "a", "b", "c"]).find("ul.sms").is_empty(), "one method is the story");
    }
}
