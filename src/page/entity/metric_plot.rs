//! Makes the plot of a metric: which values are series, which series is the main one, which values are records, and
//! what is drawn of each value.

use std::collections::BTreeMap;

use crate::chart::{
    Bound, Connection, Fit, Forecast, MAX_POINTS, Measure, Plot, Point, Records, SHAPES, Series, Size, Trend,
    ValueAxis, records_of, time_in_years,
};
use crate::date::PartialDate;
use crate::document::{Better, FrontMatter, GroupBy, Scale, Sign, TrendForm};
use crate::graph::{ClaimIndex, Entity};
use crate::texts::TEXTS;

use crate::page::Site;
use crate::page::entity::chart_words::{bound_words, shortened, trend_words, value_words};
use crate::page::entity::values::{Datum, Group, MetricPlot, UndrawnValues};

/// Minimum number of records through which a trend is drawn.
const MIN_RECORDS: usize = 4;

impl<'a> Site<'a> {
    pub(in crate::page::entity) fn front_matter_of(&self, entity: &Entity) -> Option<&'a FrontMatter> {
        entity.document.map(|document| &self.book.document(document).front_matter)
    }

    /// The plot of a metric with its groups and the values that are not drawn.
    pub(in crate::page) fn metric_plot(&self, entity: &Entity) -> MetricPlot<'a> {
        let front_matter = self.front_matter_of(entity);
        let unit = entity.unit.as_deref().unwrap_or_default();
        let measure = Measure::of_unit(unit);
        let group_by = front_matter.map(|front_matter| front_matter.group_by).unwrap_or_default();
        let mut missing = UndrawnValues::default();
        let mut data = self.data_of(entity);
        data.retain(|datum| missing.is_drawn(datum, unit));
        let (forecasts, measured): (Vec<_>, Vec<_>) = data.into_iter().partition(|datum| datum.is_forecast);
        let groups = self.groups(measured, group_by);
        let point = |datum: &Datum<'_>| self.point(datum, measure);
        let series: Vec<Series> = groups
            .iter()
            .map(|group| Series { points: group.data.iter().filter_map(point).collect(), is_context: false })
            .collect();
        let expected = forecasts.iter().filter_map(|datum| {
            let said = self.book.claim(datum.claim).said.as_ref().map(|date| time_in_years(date.value));
            Some(Forecast { point: self.point(datum, measure)?, said })
        });
        let forecasts_drawn: Vec<Forecast> = expected.collect();
        let count = groups.iter().map(|group| group.data.len()).sum::<usize>() + forecasts_drawn.len();
        let records = records_wanted(front_matter, group_by, &groups);
        let is_log = front_matter.is_some_and(|front_matter| front_matter.scale == Scale::Log);
        let form = front_matter.and_then(|front_matter| front_matter.trend);
        let trend = form.and_then(|form| trend(series.first()?, records, (form, measure)));
        let plot = Plot {
            label: TEXTS.chart.label(count, &entity.name),
            measure,
            axis: if is_log { ValueAxis::Log } else { ValueAxis::Linear },
            connections: if count > MAX_POINTS { Vec::new() } else { self.connections(&groups) },
            series,
            has_main: group_by == GroupBy::Method,
            forecasts: forecasts_drawn,
            records,
            trend,
            today: time_in_years(PartialDate::from(self.config.today)),
            size: Size::Large,
        };
        let forecasts = forecasts.iter().map(|datum| datum.claim).collect();
        MetricPlot { plot, groups, forecasts, missing }
    }

    /// Groups measurements into series, the main one first: that with the most values that were not replaced, and among
    /// equals the one with the newest value. The others follow by their number of values.
    fn groups(&self, measured: Vec<Datum<'a>>, group_by: GroupBy) -> Vec<Group<'a>> {
        let mut groups: BTreeMap<String, Vec<Datum<'a>>> = BTreeMap::new();
        for datum in measured {
            let name = match group_by {
                GroupBy::Method if datum.method.is_empty() => TEXTS.list.method_unknown().to_owned(),
                GroupBy::Method => datum.method.to_owned(),
                GroupBy::Subject if datum.subject.is_empty() => TEXTS.chart.subject_unknown().to_owned(),
                GroupBy::Subject => datum.subject.to_owned(),
                GroupBy::Speaker => self.first_speaker(datum.claim),
            };
            groups.entry(name).or_default().push(datum);
        }
        let mut groups: Vec<Group<'_>> =
            groups.into_iter().map(|(name, data)| Group { name, data }).collect();
        for group in &mut groups {
            group.data.sort_by(|one, other| time(one).total_cmp(&time(other)));
        }
        groups.sort_by(|one, other| {
            let current =
                |group: &Group<'_>| group.data.iter().filter(|datum| !self.is_replaced(datum.claim)).count();
            let newest = |group: &Group<'_>| group.data.last().map_or(f64::NEG_INFINITY, time);
            current(other).cmp(&current(one)).then(newest(other).total_cmp(&newest(one)))
        });
        groups
    }

    /// Lines between the values of one subject by one method on consecutive days.
    fn connections(&self, groups: &[Group<'_>]) -> Vec<Connection> {
        let mut connections = Vec::new();
        for (series, group) in groups.iter().enumerate().take(SHAPES) {
            let mut last: BTreeMap<(&str, &str), usize> = BTreeMap::new();
            for (place, datum) in group.data.iter().enumerate() {
                if datum.subject.is_empty() || self.is_replaced(datum.claim) {
                    continue;
                }
                if let Some(before) = last.insert((datum.subject, datum.method), place)
                    && group.data.get(before).is_some_and(|before| time(before) < time(datum))
                {
                    connections.push(Connection { series, from: before, to: place, is_dashed: false });
                }
            }
        }
        connections
    }

    /// The name of the first speaker of a claim; empty if there is none.
    pub(in crate::page::entity) fn first_speaker(&self, claim: ClaimIndex) -> String {
        let speaker = self.book.node(claim).by.first();
        speaker.map(|&speaker| self.book.speakers().get(speaker).name.clone()).unwrap_or_default()
    }

    /// A value as a point of the plot; `None` if it has no date.
    fn point(&self, datum: &Datum<'_>, measure: Measure) -> Option<Point> {
        let date = datum.date?;
        let name = if datum.is_forecast { self.first_speaker(datum.claim) } else { datum.subject.to_owned() };
        let claim = self.book.claim(datum.claim);
        let subject = match datum.subject {
            "" => claim.statement.value.read(self.access).as_str(),
            subject => subject,
        };
        let value = bound_words(datum, measure);
        let interval =
            datum.interval.map(|(low, high)| TEXTS.chart.interval(measure.words(low), measure.words(high)));
        let status = self.mark_of(datum.claim).word.to_lowercase();
        let date_words = date.words();
        let facts = [interval.as_deref().unwrap_or_default(), &date_words, datum.method, &status];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let accessible_name = if datum.is_forecast {
            TEXTS.chart.expects(subject, &name, value, facts.join("; "))
        } else {
            TEXTS.chart.measured(subject, value, facts.join("; "))
        };
        Some(Point {
            url: self.url(&self.claim_path(datum.claim)),
            accessible_name,
            label: shortened(&name),
            value_words: value_words(datum, measure),
            time: time_in_years(date),
            value: datum.value,
            bound: match datum.sign {
                Sign::Exact => Bound::Exact,
                Sign::About => Bound::About,
                Sign::Below => Bound::Below,
                Sign::Above => Bound::Above,
            },
            interval: datum.interval,
            is_replaced: self.is_replaced(datum.claim),
        })
    }
}

/// Time of a value in years; values without a date are not drawn.
fn time(datum: &Datum<'_>) -> f64 {
    datum.date.map_or(f64::NEG_INFINITY, time_in_years)
}

/// Which values are records. A metric that measures one subject is a series, whose values are joined instead. If series
/// are not methods, the first is not more important than the others.
fn records_wanted(front_matter: Option<&FrontMatter>, group_by: GroupBy, groups: &[Group<'_>]) -> Records {
    let main = groups.first().map_or(&[][..], |group| &group.data);
    let is_one_subject = main.first().is_some_and(|first| {
        !first.subject.is_empty() && main.iter().all(|datum| datum.subject == first.subject)
    });
    match front_matter.and_then(|front_matter| front_matter.better) {
        _ if is_one_subject || group_by != GroupBy::Method => Records::None,
        None => Records::None,
        Some(Better::Higher) => Records::Highest,
        Some(Better::Lower) => Records::Lowest,
    }
}

/// A trend through the records of the main series; `None` if there are too few, or if the interval of its slope contains
/// zero.
fn trend(main: &Series, records: Records, (form, measure): (TrendForm, Measure)) -> Option<Trend> {
    let records: Vec<&Point> =
        records_of(&main.points, records).into_iter().filter_map(|place| main.points.get(place)).collect();
    let is_exponential = form == TrendForm::Exponential;
    if records.len() < MIN_RECORDS || is_exponential && records.iter().any(|record| record.value <= 0.0) {
        return None;
    }
    let fitted =
        |record: &&Point| (record.time, if is_exponential { record.value.log2() } else { record.value });
    let fit = Fit::new(&records.iter().map(fitted).collect::<Vec<_>>()).filter(Fit::is_clear)?;
    Some(Trend { fit, is_exponential, words: trend_words(&fit, is_exponential, measure) })
}
