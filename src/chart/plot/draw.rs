//! Draws a chart from its parts, from back to front: grid, bands and lines, intervals, marks, texts.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::html::escape;

use super::super::svg::px;
use super::grid::{BOTTOM_MARGIN, draw_dates, draw_values};
use super::layout::layouts;
use super::lines::draw_today;
use super::marks::Interval;
use super::names::place_names;
use super::scene::{Item, Scene, Shown};
use super::wanted::wanted_names;
use super::{Plot, Size};

/// A drawn chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The `<svg>` element in the box that gives it its margins.
    pub html: String,
    /// Whether the scale is logarithmic.
    pub is_log: bool,
    /// What occurs in the drawing, for the text that explains it.
    pub shown: BTreeSet<Shown>,
    /// Number of points that are drawn.
    pub drawn: usize,
}

/// Draws a chart. Returns `None` if fewer than two points can be drawn.
pub fn draw_plot(plot: &Plot) -> Option<Drawing> {
    let scene = Scene::new(plot)?;
    let (canvas, left) = (&scene.canvas, scene.canvas.left);
    let has_forecasts = !scene.forecasts.is_empty();
    let role = if plot.size == Size::Small { "img" } else { "group" };
    let mut html = format!(
        "<div class=\"pb{}{}\"><svg class=\"plot\" height=\"{}\" role=\"{role}\" aria-label=\"{}\">",
        left.class,
        if has_forecasts { " end" } else { "" },
        px(canvas.floor + BOTTOM_MARGIN),
        escape(&plot.label)
    );
    draw_values(canvas, &mut html);
    scene.lines.draw(canvas, &mut html);
    let has_today = draw_today(canvas, &mut html);
    let mut intervals: Vec<&Interval> = scene.intervals.iter().collect();
    intervals.sort_by_key(|interval| std::cmp::Reverse(interval.below));
    for interval in intervals {
        interval.draw(canvas, &mut html);
    }
    // What is there for comparison is behind the rest. The main series is on top of the others, and forecasts on top of it.
    let (context, own): (Vec<_>, Vec<_>) = scene.items.iter().rev().partition(|item| item.is_context);
    for item in context.into_iter().chain(own).chain(&scene.forecasts) {
        draw_item(plot.size, item, &mut html);
    }
    for layout in layouts(left, has_forecasts) {
        let _ = write!(html, "<g class=\"{}\" aria-hidden=\"true\">", layout.class);
        draw_dates(canvas, &layout, &mut html);
        let (names, _) = place_names(&wanted_names(&scene, &layout), &mut scene.space(&layout));
        html.push_str(&names);
        html.push_str("</g>");
    }
    html.push_str("</svg></div>");
    let mut shown = scene.shown();
    if has_today {
        shown.insert(Shown::Today);
    }
    Some(Drawing { html, is_log: canvas.is_log(), shown, drawn: scene.items.len() })
}

fn draw_item(size: Size, item: &Item<'_>, svg: &mut String) {
    if size == Size::Small || item.is_context {
        item.mark.draw(item.place, svg);
        return;
    }
    let (url, name) = (escape(&item.point.url), escape(&item.point.accessible_name));
    let _ = write!(svg, "<a href=\"{url}\" aria-label=\"{name}\">");
    item.mark.draw(item.place, svg);
    svg.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::point;
    use super::super::{Bound, Connection, Forecast, Point, Records, Series, Trend, ValueAxis};
    use super::*;
    use crate::chart::fit::Fit;
    use crate::chart::measure::Measure;

    fn plot(series: Vec<Vec<Point>>, axis: ValueAxis) -> Plot {
        Plot {
            label: "A \"chart\"".to_owned(),
            measure: Measure::of_unit("minutes"),
            axis,
            series: series.into_iter().map(|points| Series { points, is_context: false }).collect(),
            has_main: true,
            forecasts: Vec::new(),
            connections: Vec::new(),
            records: Records::Highest,
            trend: None,
            today: 2026.0,
            size: Size::Large,
        }
    }

    #[test]
    fn a_chart_is_escaped_and_links_its_points() {
        let points = vec![point(2019.0, 1.0), point(2021.5, 1000.0)];
        let drawing = draw_plot(&plot(vec![points], ValueAxis::Log)).expect("a chart");
        assert!(drawing.is_log);
        for part in [
            "aria-label=\"A &quot;chart&quot;\"",
            "aria-label=\"A &amp; B: 3 minutes; May 2026\"",
            "&lt;Model&gt; 2021.5",
            "<path class=\"rec c1\"",
            ">4 h</text>",
        ] {
            assert!(drawing.html.contains(part), "{part} is not in {}", drawing.html);
        }
        assert_eq!(drawing.shown, BTreeSet::from([Shown::Records]));
    }

    #[test]
    fn marks_of_one_day_are_at_one_place_and_only_the_main_one_is_filled() {
        let mut beside = point(2020.0, 6.0);
        beside.bound = Bound::About;
        beside.interval = Some((4.0, 90.0));
        let main = vec![Point { interval: Some((1.0, 9.0)), ..point(2020.0, 5.0) }, point(2021.0, 9.0)];
        let drawing = draw_plot(&plot(vec![main, vec![beside]], ValueAxis::Linear)).expect("a chart");
        let html = &drawing.html;
        assert_eq!(html.matches("<path class=\"pt c2 ring\"").count(), 1, "{html}");
        assert_eq!(html.matches("<circle class=\"pt c1\"").count(), 2, "{html}");
        assert!(html.find("pt c2 ring") < html.find("pt c1"), "the main series is on top");
        assert!(html.contains("class=\"iv c2 old w1\"") && html.contains("class=\"iv c1\""), "{html}");
        for shown in [Shown::SameDay, Shown::About, Shown::Interval, Shown::CutInterval] {
            assert!(drawing.shown.contains(&shown), "{shown:?}");
        }
    }

    #[test]
    fn only_points_of_one_subject_are_joined() {
        let mut plot = plot(vec![vec![point(2019.0, 5.0), point(2020.0, 3.0)]], ValueAxis::Linear);
        assert!(!draw_plot(&plot).expect("a chart").html.contains("class=\"ser"));
        plot.connections = vec![Connection { series: 0, from: 0, to: 1, is_dashed: false }];
        let drawing = draw_plot(&plot).expect("a chart");
        assert!(
            drawing.html.contains("<path class=\"ser c1\" d=\"M") && drawing.shown.contains(&Shown::Lines)
        );
    }

    #[test]
    fn a_forecast_begins_at_the_record_of_its_day() {
        let mut plot = plot(vec![vec![point(2019.0, 5.0), point(2021.0, 9.0)]], ValueAxis::Linear);
        let expected = Point { interval: Some((15.0, 30.0)), ..point(2025.0, 20.0) };
        plot.forecasts = vec![Forecast { point: expected, said: Some(2020.0) }];
        plot.today = 2022.0;
        let drawing = draw_plot(&plot).expect("a chart");
        for part in
            ["class=\"pb end\"", "class=\"fan c6\"", "class=\"band c6\"", "pt c6 ring", "class=\"now\""]
        {
            assert!(drawing.html.contains(part), "{part}: {}", drawing.html);
        }
    }

    #[test]
    fn a_trend_has_a_line_a_band_and_words() {
        let points: Vec<Point> =
            (0..5).map(|year| point(2020.0 + f64::from(year), 2_f64.powi(year))).collect();
        let logs: Vec<(f64, f64)> = points.iter().map(|point| (point.time, point.value.log2())).collect();
        let fit = Fit::new(&logs).expect("five points");
        let mut plot = plot(vec![points], ValueAxis::Log);
        plot.trend = Some(Trend { fit, is_exponential: true, words: "Doubles every year".to_owned() });
        let drawing = draw_plot(&plot).expect("a chart");
        for part in
            ["class=\"fit c1\"", "class=\"ext c1\"", "class=\"band c1\"", ">Doubles every year</tspan>"]
        {
            assert!(drawing.html.contains(part), "{part}: {}", drawing.html);
        }
    }

    #[test]
    fn many_points_are_dots_with_links_except_records() {
        let points: Vec<Point> = (0..130)
            .map(|number| point(2000.0 + f64::from(number) / 10.0, f64::from(number * 7 % 31)))
            .collect();
        let drawing = draw_plot(&plot(vec![points], ValueAxis::Linear)).expect("a chart");
        assert_eq!(drawing.html.matches("<a href=").count(), 130);
        assert!(
            drawing.html.matches("class=\"pt dim\"").count() > 110 && drawing.shown.contains(&Shown::Dots)
        );
        assert!(drawing.html.len() < 40 * 1024, "{} bytes", drawing.html.len());
    }

    #[test]
    fn values_that_no_axis_can_hold_are_left_out() {
        let wild = [f64::NAN, f64::INFINITY, 1e300].map(|value| point(2020.0, value));
        assert_eq!(draw_plot(&plot(vec![wild.to_vec()], ValueAxis::Linear)), None);
        let one = vec![point(2020.0, 1.0)];
        assert_eq!(draw_plot(&plot(vec![one], ValueAxis::Linear)), None, "one point makes no chart");
        let below = vec![point(2020.0, -1.0), point(2021.0, 5.0)];
        let below = draw_plot(&plot(vec![below], ValueAxis::Log)).expect("a chart");
        assert!(!below.is_log, "a negative value has no logarithm");
        assert!(!below.html.contains("NaN") && !below.html.contains("inf"), "{}", below.html);
    }
}
