//! Writes what the page of a metric says about its chart: the headline, how to read the chart, and what is not drawn.

use crate::chart::{Drawing, Fit, MAX_POINTS, Measure, Plot, Shown, ValueAxis, records_of, span_words};
use crate::date::PartialDate;
use crate::document::{FrontMatter, Sign};
use crate::graph::Entity;
use crate::texts::TEXTS;

use crate::page::entity::values::{Datum, Group, MetricPlot};
use crate::page::parts::facts::with_unit;

/// Maximum length of the label of a point, in characters.
const LABEL: usize = 28;

/// What a chart says: from which value to which the records of the main series went, and in which time. `None` if there
/// are fewer than two records.
pub(in crate::page) fn headline(plot: &Plot) -> Option<String> {
    let points = &plot.series.first()?.points;
    let records = records_of(points, plot.records);
    let point = |place: Option<&usize>| place.and_then(|&place| points.get(place));
    let (first, last) = point(records.first()).zip(point(records.last()))?;
    let is_rise = records.len() > 1 && !first.value_words.is_empty() && !last.value_words.is_empty();
    let span = span_words(last.time - first.time);
    is_rise.then(|| TEXTS.chart.headline(&first.value_words, &last.value_words, span))
}

/// How many values a chart has, and from when they are.
pub(in crate::page) fn headline_of_dates(groups: &[Group<'_>]) -> String {
    let data = || groups.iter().flat_map(|group| &group.data);
    let dates = data().filter_map(|datum| datum.date).map(PartialDate::month);
    let (first, last) = (dates.clone().min(), dates.max());
    let words = |date: Option<PartialDate>| date.map(PartialDate::words).unwrap_or_default();
    if first == last {
        TEXTS.chart.headline_of_month(data().count(), words(first))
    } else {
        TEXTS.chart.headline_of_months(data().count(), words(first), words(last))
    }
}

/// What is measured, on which scale, and what lines at marks mean.
pub(in crate::page) fn subtitle(entity: &Entity, drawing: &Drawing) -> String {
    // Other units are written at the ticks.
    let unit = entity.unit.as_deref().filter(|unit| Measure::of_unit(unit) == Measure::Number);
    let what = match unit {
        None | Some("") => TEXTS.chart.what(&entity.name),
        Some(unit) => TEXTS.chart.what_in(&entity.name, unit),
    };
    let scale = if drawing.is_log { TEXTS.chart.is_log() } else { "" };
    let intervals = if drawing.shown.contains(&Shown::Interval) { TEXTS.chart.intervals() } else { "" };
    joined(&[&what, scale, intervals])
}

/// Explains the marks and lines that occur in a chart, and no others.
pub(in crate::page) fn note(
    metric: &MetricPlot<'_>,
    drawing: &Drawing,
    front_matter: Option<&FrontMatter>,
) -> String {
    let texts = &TEXTS.chart;
    let plot = &metric.plot;
    let main = metric.groups.first().map_or("", |group| group.name.as_str());
    let is_shown = |what| drawing.shown.contains(&what);
    let total: usize = plot.series.iter().map(|series| series.points.len()).sum();
    let methods = metric.groups.len();
    let trend = plot.trend.as_ref().filter(|_| is_shown(Shown::Trend));
    let wants_trend = front_matter.is_some_and(|front_matter| front_matter.trend.is_some());
    let sentences = [
        trend.map(|trend| trend_sentence(&trend.fit, trend.is_exponential, &trend.words, plot.measure)),
        (wants_trend && trend.is_none()).then(|| texts.no_trend().to_owned()),
        is_shown(Shown::Records)
            .then(|| if methods > 1 { texts.records_of(main) } else { texts.records().to_owned() }),
        is_shown(Shown::Lines).then(|| texts.lines().to_owned()),
        is_shown(Shown::CutInterval).then(|| texts.cut_intervals().to_owned()),
        is_shown(Shown::About).then(|| texts.about().to_owned()),
        is_shown(Shown::Bound).then(|| texts.bounds().to_owned()),
        is_shown(Shown::Replaced).then(|| texts.replaced().to_owned()),
        is_shown(Shown::SameDay).then(|| texts.same_day(main)),
        is_shown(Shown::Forecast).then(|| texts.hollow().to_owned()),
        is_shown(Shown::Today).then(|| texts.today().to_owned()),
        is_shown(Shown::Dots).then(|| texts.dots().to_owned()),
        (total > MAX_POINTS).then(|| texts.thinned(drawing.drawn, total)),
        (plot.axis == ValueAxis::Log && !drawing.is_log).then(|| texts.no_log().to_owned()),
        (methods > 1 && plot.has_main).then(|| texts.methods().to_owned()),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The number of a value with a sign, as it is shown next to a mark: `≈ 14 h`, `> 30`.
pub(in crate::page) fn value_words(datum: &Datum<'_>, measure: Measure) -> String {
    let sign = match datum.sign {
        Sign::Exact => "",
        Sign::About => "≈\u{a0}",
        Sign::Below => "<\u{a0}",
        Sign::Above => ">\u{a0}",
    };
    format!("{sign}{}", number_words(datum, measure))
}

/// The value with its sign in words and its unit, as it is read out: `about 840 minutes (14 h)`.
pub(in crate::page) fn bound_words(datum: &Datum<'_>, measure: Measure) -> String {
    let written = with_unit(datum.number.to_owned(), datum.unit);
    let words = number_words(datum, measure);
    let is_other_number = words.split(' ').next() != Some(datum.number);
    let value = match measure {
        Measure::Time(_) if is_other_number => TEXTS.chart.same_value(written, words),
        _ => written,
    };
    match datum.sign {
        Sign::Exact => value,
        Sign::About => TEXTS.chart.value_about(value),
        Sign::Below => TEXTS.chart.value_below(value),
        Sign::Above => TEXTS.chart.value_above(value),
    }
}

/// The number as the author wrote it, with the signs that are written at numbers; times are in words.
fn number_words(datum: &Datum<'_>, measure: Measure) -> String {
    match measure {
        Measure::Time(_) => measure.words(datum.value),
        Measure::Percent => format!("{}%", datum.number),
        Measure::Factor => format!("{}×", datum.number),
        Measure::Number => datum.number.to_owned(),
    }
}

/// The label at the line of a trend, such as `Doubles every 3.5 months`.
pub(in crate::page) fn trend_words(fit: &Fit, is_exponential: bool, measure: Measure) -> String {
    let texts = &TEXTS.chart;
    let amount = fit.slope.abs();
    match (is_exponential, fit.slope > 0.0) {
        (true, true) => texts.doubles(span_words(1.0 / amount)),
        (true, false) => texts.halves(span_words(1.0 / amount)),
        (false, true) => texts.rises(measure.words(amount)),
        (false, false) => texts.falls(measure.words(amount)),
    }
}

/// The result of a fit with its interval, as a sentence.
fn trend_sentence(fit: &Fit, is_exponential: bool, words: &str, measure: Measure) -> String {
    // The interval excludes zero, so both of its ends have one sign.
    let ends = [fit.slope.abs() - fit.slope_margin, fit.slope.abs() + fit.slope_margin];
    let [low, high] = if is_exponential {
        [span_words(1.0 / ends[1]), span_words(1.0 / ends[0])]
    } else {
        ends.map(|end| measure.words(end))
    };
    TEXTS.chart.trend(words, low, high, fit.count)
}

fn joined(sentences: &[&str]) -> String {
    sentences.iter().filter(|sentence| !sentence.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// A label cut to [`LABEL`] characters, so that it does not cross the whole chart.
pub(in crate::page) fn shortened(text: &str) -> String {
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

    #[test]
    fn labels_are_cut_without_an_open_bracket() {
        assert_eq!(shortened("short"), "short");
        assert_eq!(shortened("A model with a name (and a long note in brackets)"), "A model with a name…");
    }

    #[test]
    fn a_trend_is_in_words_with_its_interval() {
        // Values of 1, 2, 4.2, 7.9 and 16 in consecutive years.
        let points = [(0.0, 0.0), (1.0, 1.0), (2.0, 2.07), (3.0, 2.98), (4.0, 4.0)];
        let fit = Fit::new(&points).expect("five points");
        let words = trend_words(&fit, true, Measure::Number);
        assert_eq!(words, "Doubles every 12 months");
        assert_eq!(
            trend_sentence(&fit, true, &words, Measure::Number),
            "Doubles every 12 months, as fitted to 5 records (95\u{a0}% interval 12 months to 13 months)."
        );
        assert_eq!(trend_words(&fit, false, Measure::Percent), "Rises by 1% a year");
    }
}
