//! Collects the values of metrics, which their charts, tables and data files show.

use std::collections::BTreeMap;

use crate::chart::Plot;
use crate::date::PartialDate;
use crate::document::{ExpectedPoint, Kind, Quantity, Sign};
use crate::graph::{ClaimIndex, Entity, Status, normalized_unit};
use crate::texts::TEXTS;

use crate::page::parts::facts::{value_words, with_unit};
use crate::page::{Site, SiteStructure};

/// Maximum number of units that are named in the note about values that are not drawn.
const UNITS: usize = 5;

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
    pub(in crate::page) words: String,
    /// The number as the author wrote it.
    pub(in crate::page) number: &'a str,
}

/// The measurements of a metric, grouped by method.
pub(in crate::page) type Methods = Vec<(String, Vec<ClaimIndex>)>;

/// The values of one series, oldest first.
pub(in crate::page) struct Group<'a> {
    pub(in crate::page) name: String,
    pub(in crate::page) data: Vec<Datum<'a>>,
}

/// A plot with the values from which it was made.
pub(in crate::page) struct MetricPlot<'a> {
    pub(in crate::page) plot: Plot,
    /// The groups, in the order of the series of the plot. Forecasts are not among them.
    pub(in crate::page) groups: Vec<Group<'a>>,
    /// The claims that are forecasts in the plot.
    pub(in crate::page) forecasts: Vec<ClaimIndex>,
    pub(in crate::page) missing: UndrawnValues,
}

/// Counts the values of a metric that its chart does not show.
#[derive(Default)]
pub(in crate::page) struct UndrawnValues {
    undated: usize,
    /// Number of values in a unit other than the metric's, by that unit.
    units: BTreeMap<String, usize>,
}

impl UndrawnValues {
    /// Whether a value can be drawn: it needs a date and the metric's unit. A value that cannot be drawn is
    /// counted.
    pub(in crate::page) fn is_drawn(&mut self, datum: &Datum<'_>, unit: &str) -> bool {
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
    pub(in crate::page) fn words(&self, unit: &str) -> String {
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
    /// Whether a newer claim has replaced a value.
    pub(in crate::page) fn is_replaced(&self, claim: ClaimIndex) -> bool {
        self.book.node(claim).status == Status::Superseded
    }

    /// All values of a metric: measurements by method and date, then forecasts by deadline.
    pub fn data_of(&self, entity: &Entity) -> Vec<Datum<'a>> {
        let measured = self.methods_of(entity).into_iter().flat_map(|(_, claims)| claims);
        let forecasts = self.by_deadline(entity.claims.iter().copied());
        measured.chain(forecasts).filter_map(|index| self.datum(index)).collect()
    }

    /// The value that a claim gives; `None` if it gives none, or a date.
    pub(in crate::page) fn datum(&self, index: ClaimIndex) -> Option<Datum<'a>> {
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
                number: &value.quantity.text,
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
            number: &expected.text,
        })
    }
}
