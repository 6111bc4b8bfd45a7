//! Places values and times in the drawing of a chart.
//!
//! The scale of the values shows all values and forecasts, with some space below the lowest and 40 pixels above the
//! highest, so that the highest can be named. Intervals do not count: one that is a thousand times wider than the others
//! would flatten everything else. It leaves the drawing, and an arrow says so.

use super::super::axis::{Tick, date_ticks, with_short_months};
use super::super::letters::{Weight, text_width};
use super::layout::LeftMargin;
use super::{Forecast, Plot, Point, Size, ValueAxis};

/// Pixels between the top of the drawing and the highest mark.
const TOP_MARGIN: f64 = 40.0;
/// Factor between the lowest value and the lower end of a logarithmic scale.
const LOG_MARGIN: f64 = 1.6;
/// Share of the range of values between the lowest value and the lower end of a linear scale.
const LINEAR_MARGIN: f64 = 0.06;
/// A linear scale begins at zero, unless the lowest value is at least this share of the highest.
const FAR_FROM_ZERO: f64 = 0.7;
/// Share of the time between the first and the last mark that a chart may continue after the last mark, up to the day of
/// the build.
const MAX_QUIET_END: f64 = 0.25;
/// Share of the width that is free at both ends.
const SIDE_MARGIN: f64 = 0.03;

/// The scale of the values.
#[derive(Debug, Clone, Copy)]
struct Scale {
    is_log: bool,
    low: f64,
    high: f64,
}

/// The scales of a chart and its size in pixels.
#[derive(Debug, Clone)]
pub(super) struct Canvas<'a> {
    pub(super) plot: &'a Plot,
    /// Pixels from the top to the lower end of the scale of values.
    pub(super) floor: f64,
    /// First and last time of the drawing, in years.
    pub(super) times: (f64, f64),
    pub(super) ticks: Vec<Tick>,
    pub(super) left: LeftMargin,
    scale: Scale,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(plot: &'a Plot, points: &[&Point], forecasts: &[&Forecast]) -> Self {
        let expected = forecasts.iter().map(|forecast| &forecast.point);
        let shown = || points.iter().copied().chain(expected.clone());
        let (low, high) = ends(shown().map(|point| point.value));
        let is_log = plot.axis == ValueAxis::Log && low > 0.0;
        let scale = match plot.axis {
            ValueAxis::Share => Scale { is_log: false, low: 0.0, high: 100.0 },
            _ if is_log => log_scale(low, high),
            ValueAxis::Time => linear_scale(low, high),
            ValueAxis::Linear | ValueAxis::Log => {
                linear_scale(if is_near_zero(low, high) { 0.0 } else { low }, high)
            }
        };
        let floor = height(plot, points.len() + forecasts.len());
        let times = times(shown().map(|point| point.time), plot.today);
        let left = LeftMargin::for_labels(0.0);
        let mut canvas = Self { plot, floor, times, ticks: Vec::new(), left, scale };
        canvas.ticks = canvas.value_ticks();
        let widths = canvas.ticks.iter().map(|tick| text_width(&tick.label, Weight::Regular));
        canvas.left = LeftMargin::for_labels(widths.fold(0.0, f64::max));
        canvas
    }

    /// Whether the scale of the values is logarithmic.
    pub(super) fn is_log(&self) -> bool {
        self.scale.is_log
    }

    /// Returns the horizontal position of a time as a share of the width.
    pub(super) fn x(&self, time: f64) -> f64 {
        ((time - self.times.0) / (self.times.1 - self.times.0)).clamp(0.0, 1.0)
    }

    /// Returns the pixels from the top to a value. They are negative, or more than the floor, for values that are not in
    /// the drawing.
    pub(super) fn y(&self, value: f64) -> f64 {
        let Scale { is_log, low, high } = self.scale;
        let share = match is_log {
            true if value > 0.0 => (value / low).log2() / (high / low).log2(),
            true => -1.0,
            false => (value - low) / (high - low),
        };
        // The bounds keep coordinates small. Nothing beyond them is drawn.
        self.floor - share.clamp(-4.0, 4.0) * (self.floor - TOP_MARGIN)
    }

    /// Returns the value at this many pixels from the top.
    fn value_at(&self, y: f64) -> f64 {
        let Scale { is_log, low, high } = self.scale;
        let share = (self.floor - y) / (self.floor - TOP_MARGIN);
        if is_log { low * (high / low).powf(share) } else { low + (high - low) * share }
    }

    fn value_ticks(&self) -> Vec<Tick> {
        let (low, high) = (self.scale.low, self.value_at(6.0));
        let mut ticks = match self.plot.axis {
            ValueAxis::Time => with_short_months(date_ticks(low, high)),
            _ if self.scale.is_log => self.plot.measure.log_ticks(low, high),
            _ => self.plot.measure.linear_ticks(low, high),
        };
        ticks.retain(|tick| (6.0..=self.floor + 0.5).contains(&self.y(tick.value)));
        ticks
    }
}

/// Returns the height of the part of a chart in which values are: more points need more space for their names.
fn height(plot: &Plot, points: usize) -> f64 {
    let points = f64::from(u32::try_from(points).unwrap_or(u32::MAX));
    match plot.size {
        Size::Panel => 170.0,
        Size::Small => 210.0,
        Size::Medium => (220.0 + 6.0 * points).min(300.0),
        Size::Large if plot.is_dense() => 460.0,
        Size::Large => (280.0 + 12.0 * points).clamp(320.0, 440.0),
    }
}

fn is_near_zero(low: f64, high: f64) -> bool {
    low > 0.0 && low < high * FAR_FROM_ZERO
}

fn log_scale(low: f64, high: f64) -> Scale {
    let high = if high <= low * 1.05 { low * 2.0 } else { high };
    Scale { is_log: true, low: low / LOG_MARGIN, high }
}

fn linear_scale(low: f64, high: f64) -> Scale {
    let magnitude = low.abs().max(high.abs());
    let range = high - low;
    if range <= magnitude * 1e-9 {
        let margin = if magnitude > 0.0 { magnitude / 2.0 } else { 1.0 };
        return Scale { is_log: false, low: low - margin, high: high + margin };
    }
    let margin = if low == 0.0 { 0.0 } else { range * LINEAR_MARGIN };
    Scale { is_log: false, low: low - margin, high }
}

/// Returns the first and the last time of a drawing. A record remains one until the day of the build, so the drawing
/// continues until then, if that is not long after the last mark.
fn times(times: impl Iterator<Item = f64>, today: f64) -> (f64, f64) {
    let (first, last) = ends(times);
    let quiet = ((last - first) * MAX_QUIET_END).max(1.0 / 12.0);
    let end = last.max(today.min(last + quiet));
    let margin = ((end - first) * SIDE_MARGIN).max(1.0 / 24.0);
    (first - margin, end + margin)
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

#[cfg(test)]
mod tests {
    use super::super::Series;
    use super::super::records::Records;
    use super::super::records::tests::point;
    use super::*;
    use crate::chart::measure::Measure;

    fn plot(axis: ValueAxis, measure: Measure) -> Plot {
        Plot {
            label: String::new(),
            measure,
            axis,
            series: vec![Series { points: Vec::new(), is_context: false }],
            has_main: true,
            forecasts: Vec::new(),
            connections: Vec::new(),
            records: Records::None,
            trend: None,
            today: 2026.0,
            size: Size::Large,
        }
    }

    fn labels(axis: ValueAxis, values: &[f64]) -> String {
        let plot = plot(axis, Measure::Number);
        let points: Vec<Point> = values.iter().map(|&value| point(2024.0, value)).collect();
        let canvas = Canvas::new(&plot, &points.iter().collect::<Vec<_>>(), &[]);
        let highest = values.iter().copied().fold(f64::MIN, f64::max);
        assert!(canvas.y(highest) >= 39.9, "{values:?}: {}", canvas.y(highest));
        assert!(values.iter().all(|&value| canvas.y(value) <= canvas.floor + 0.1), "{values:?}");
        canvas.ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn scales_show_all_values_and_have_few_ticks() {
        assert_eq!(labels(ValueAxis::Linear, &[33.4, 93.9]), "0 20 40 60 80 100");
        assert_eq!(labels(ValueAxis::Linear, &[70.0, 90.0]), "70 75 80 85 90");
        assert_eq!(labels(ValueAxis::Log, &[2.9, 52.0]), "2 5 10 20 50");
        assert_eq!(labels(ValueAxis::Log, &[0.0, 10.0]), "0 2 4 6 8 10", "zero has no logarithm");
        for values in [[1e-90, 1e90], [-1e99, 1e99], [1e20, 1e20], [5.0, 5.0], [1.0, 1.0 + 1e-12], [0.0, 0.0]]
        {
            for axis in [ValueAxis::Linear, ValueAxis::Log, ValueAxis::Share] {
                let plot = plot(axis, Measure::Number);
                let points = values.map(|value| point(2024.0, value));
                let canvas = Canvas::new(&plot, &[&points[0], &points[1]], &[]);
                assert!(canvas.ticks.len() <= 10, "{values:?}: {:?}", canvas.ticks);
                assert!(values.iter().all(|&value| canvas.y(value).is_finite()), "{values:?}");
            }
        }
    }

    #[test]
    fn an_interval_does_not_set_the_scale() {
        let plot = plot(ValueAxis::Linear, Measure::Number);
        let mut points = [point(2024.0, 5.0), point(2025.0, 9.0)];
        points[0].interval = Some((1.0, 9000.0));
        let canvas = Canvas::new(&plot, &[&points[0], &points[1]], &[]);
        assert!(canvas.y(9000.0) < 0.0 && (canvas.y(9.0) - TOP_MARGIN).abs() < 1e-9);
    }

    #[test]
    fn a_chart_ends_today_unless_that_is_late() {
        let end = |today| times([2020.0, 2024.0].into_iter(), today).1;
        assert!(end(2024.5) > 2024.5 && end(2024.5) < 2025.0);
        assert!(end(2050.0) < 2025.5, "a long time without values is not drawn");
        assert!(end(2019.0) > 2024.0, "a forecast is after today");
    }
}
