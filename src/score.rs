//! Scores forecasts: forecasts in, a [`Record`] of counts and scores out. All functions are pure: the score of a
//! forecast depends only on its last verdict and its stated probability.
//!
//! The rules, as the page of forecasts explains them:
//!
//! - *Came true* and *did not happen* resolve a forecast. The hit rate is the share of resolved forecasts that
//!   came true, whatever probability was given, with Wilson's 95 % interval.
//! - *Partly*, *annulled* and *unfalsifiable* forecasts are counted, but not in the hit rate. The same applies to
//!   pending forecasts: all forecasts without a verdict, whether a newer one has replaced them or not.
//! - Brier score, log score and calibration use resolved forecasts whose probability the forecaster stated.
//!   Inferred probabilities come from the author, so they are never scored.

use crate::date::days_between;
use crate::document::{Kind, VerdictWord};
use crate::graph::{Book, ClaimIndex};

/// Minimum number of forecasts for which a rate or score is shown to readers.
pub const MIN_RESOLVED: usize = 5;

/// Minimum probability of an outcome in the log score. Because ln 0 is minus infinity, a single failed forecast
/// of 0 % or 100 % would otherwise decide the whole score.
pub const MIN_PROBABILITY: f64 = 0.001;

/// Number of bins of the calibration. The bins are few and wide, because books contain few resolved forecasts.
pub const BINS: usize = 5;

/// The 97.5 % quantile of the standard normal distribution, for 95 % intervals.
const Z: f64 = 1.959_963_984_540_054;

/// How a forecast ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The forecast has no verdict.
    Pending,
    /// The event happened.
    CameTrue,
    /// The event did not happen.
    DidNotHappen,
    /// A part of the event happened.
    Partly,
    /// The condition of the forecast never arose, or its question no longer applies.
    Annulled,
    /// No event could have shown that the forecast was wrong.
    Unfalsifiable,
}

/// The data of a forecast that scoring uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Outcome of the forecast.
    pub outcome: Outcome,
    /// Probability that the forecaster stated, from 0 to 1; `None` if none was stated.
    pub probability: Option<f64>,
    /// Days from the day on which the forecast was said to its deadline, or to its verdict if it has no deadline.
    pub lead_days: Option<i32>,
}

/// A share with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Number of forecasts that the share is based on.
    pub total: usize,
    /// The share, from 0 to 1.
    pub share: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
}

/// Counts and scores of some forecasts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// Number of all forecasts.
    pub forecasts: usize,
    /// Number of forecasts without a verdict.
    pub pending: usize,
    /// Number of forecasts that came true.
    pub came_true: usize,
    /// Number of forecasts that did not happen.
    pub did_not_happen: usize,
    /// Number of forecasts that came true in part.
    pub partly: usize,
    /// Number of forecasts whose question no longer applies.
    pub annulled: usize,
    /// Number of forecasts that no event could have shown to be wrong.
    pub unfalsifiable: usize,
    /// Number of forecasts that came true or did not happen, and had a stated probability.
    pub scored: usize,
    /// Share that came true among `came_true` and `did_not_happen`.
    pub hit_rate: Option<Rate>,
    /// Mean squared difference between probability and outcome, over `scored`.
    pub brier: Option<f64>,
    /// Mean natural logarithm of the probability that was given to the actual outcome, over `scored`.
    pub log_score: Option<f64>,
    /// Median lead time in days of the forecasts that came true or did not happen.
    pub lead_days: Option<i32>,
}

impl Record {
    /// Returns the number of forecasts that came true or did not happen.
    pub fn resolved(&self) -> usize {
        self.came_true + self.did_not_happen
    }
}

/// The resolved forecasts whose probabilities are in one range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Number of forecasts in the range.
    pub count: usize,
    /// Mean of their stated probabilities.
    pub mean_probability: f64,
    /// Share of them that came true, from 0 to 1.
    pub came_true: f64,
}

/// Returns the data of a claim that scoring uses; `None` if the claim is not a forecast.
pub fn forecast_of_claim(book: &Book, index: ClaimIndex) -> Option<Forecast> {
    let claim = book.claim(index);
    if claim.kind != Kind::Forecast {
        return None;
    }
    let verdict = book.latest_verdict(index);
    let outcome = match verdict.map(|verdict| verdict.word.value) {
        Some(VerdictWord::CameTrue) => Outcome::CameTrue,
        Some(VerdictWord::DidNotHappen) => Outcome::DidNotHappen,
        Some(VerdictWord::Partly) => Outcome::Partly,
        Some(VerdictWord::Annulled) => Outcome::Annulled,
        Some(VerdictWord::Unfalsifiable) => Outcome::Unfalsifiable,
        _ => Outcome::Pending,
    };
    let end = claim.resolves.as_ref().or(verdict.map(|verdict| &verdict.date));
    let lead_days = claim
        .said
        .as_ref()
        .zip(end)
        .map(|(said, end)| days_between(said.value.last_day(), end.value.last_day()));
    let stated = claim.probability.as_ref().filter(|probability| probability.value.is_stated);
    Some(Forecast { outcome, probability: stated.map(|stated| stated.value.value), lead_days })
}

/// Counts and scores forecasts.
pub fn score_forecasts(forecasts: &[Forecast]) -> Record {
    let count = |outcome| forecasts.iter().filter(|forecast| forecast.outcome == outcome).count();
    let (came_true, did_not_happen) = (count(Outcome::CameTrue), count(Outcome::DidNotHappen));
    let scored = scored(forecasts);
    Record {
        forecasts: forecasts.len(),
        pending: count(Outcome::Pending),
        came_true,
        did_not_happen,
        partly: count(Outcome::Partly),
        annulled: count(Outcome::Annulled),
        unfalsifiable: count(Outcome::Unfalsifiable),
        scored: scored.len(),
        hit_rate: rate(came_true, came_true + did_not_happen),
        brier: brier(&scored),
        log_score: log_score(&scored),
        lead_days: median(forecasts.iter().filter(|forecast| event_happened(forecast).is_some())),
    }
}

/// Returns the calibration of forecasts in [`BINS`] ranges of equal width. A probability on the boundary of two
/// ranges belongs to the lower one. A range without forecasts is `None`.
pub fn calibration(forecasts: &[Forecast]) -> [Option<Bin>; BINS] {
    let scored = scored(forecasts);
    std::array::from_fn(|bin| {
        let inside: Vec<_> =
            scored.iter().copied().filter(|(probability, _)| bin_index(*probability) == bin).collect();
        Some(Bin {
            count: inside.len(),
            mean_probability: mean(inside.iter().map(|(probability, _)| *probability))?,
            came_true: mean(inside.iter().map(|(_, happened)| f64::from(u8::from(*happened))))?,
        })
    })
}

/// Returns the share of `hits` in `of` with Wilson's 95 % score interval; `None` if `of` is zero. Source: Wilson,
/// "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical
/// Association 22 (1927), 209–212.
pub fn rate(hits: usize, total: usize) -> Option<Rate> {
    if total == 0 {
        return None;
    }
    let (share, n) = (to_f64(hits) / to_f64(total), to_f64(total));
    let middle = share + Z * Z / (2.0 * n);
    let half_width = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    let low = if hits == 0 { 0.0 } else { (middle - half_width) / scale };
    let high = if hits == total { 1.0 } else { (middle + half_width) / scale };
    Some(Rate { total, share, low, high })
}

/// Returns the Brier score in its form for one event: the mean of (f − o)², from 0 (best) to 1. Source: Brier,
/// "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950), 1–3.
fn brier(scored: &[(f64, bool)]) -> Option<f64> {
    mean(scored.iter().map(|(probability, happened)| {
        let missed = probability - f64::from(u8::from(*happened));
        missed * missed
    }))
}

/// Returns the log score: the mean of ln p, where p is the probability given to the actual outcome, but at least
/// [`MIN_PROBABILITY`]. The best score is 0. Source: Good, "Rational decisions", Journal of the Royal
/// Statistical Society B 14 (1952), 107–114.
fn log_score(scored: &[(f64, bool)]) -> Option<f64> {
    mean(scored.iter().map(|(probability, happened)| {
        let given = if *happened { *probability } else { 1.0 - probability };
        given.max(MIN_PROBABILITY).ln()
    }))
}

/// Returns the stated probabilities of resolved forecasts, each with whether the event happened.
fn scored(forecasts: &[Forecast]) -> Vec<(f64, bool)> {
    forecasts.iter().filter_map(|forecast| Some((forecast.probability?, event_happened(forecast)?))).collect()
}

fn event_happened(forecast: &Forecast) -> Option<bool> {
    match forecast.outcome {
        Outcome::CameTrue => Some(true),
        Outcome::DidNotHappen => Some(false),
        _ => None,
    }
}

fn bin_index(probability: f64) -> usize {
    // The margin keeps 60 % in the range that ends with it, whatever the rounding error of 0.6.
    (1..BINS).find(|&end| probability * to_f64(BINS) <= to_f64(end) + 1e-9).unwrap_or(BINS) - 1
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / to_f64(count))
}

/// Returns the median lead time in days. For an even number of values, it is the mean of the two middle values
/// without its fraction.
fn median<'a>(forecasts: impl Iterator<Item = &'a Forecast>) -> Option<i32> {
    let mut days: Vec<i32> = forecasts.filter_map(|forecast| forecast.lead_days).collect();
    days.sort_unstable();
    let above = days.get(days.len() / 2)?;
    let below = days.get((days.len() - 1) / 2)?;
    Some(i32::midpoint(*below, *above))
}

#[expect(clippy::cast_precision_loss, reason = "no book holds 2^52 forecasts")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    //! The expected values are those of scikit-learn 1.9.1, scipy 1.17.1 and statsmodels 0.15.0, made
    //! in an empty environment (`python3 -m venv v; v/bin/pip install scikit-learn scipy statsmodels`)
    //! by `v/bin/python` with this:
    //!
    //! ```python
    //! import numpy as np
    //! from sklearn.metrics import brier_score_loss, log_loss
    //! from sklearn.calibration import calibration_curve
    //! from statsmodels.stats.proportion import proportion_confint
    //! from scipy.stats import norm, binomtest
    //! p = [.9, .8, .7, .6, .3, .2, .05]; o = [1, 1, 0, 1, 0, 0, 1]
    //! print(brier_score_loss(o, p), -log_loss(o, p))
    //! p = [0, 1, .5]; o = [1, 1, 0]
    //! print(brier_score_loss(o, p), np.mean(np.log([.001, 1, .5])))
    //! for k, n in [(0, 5), (5, 5), (7, 9), (1, 1), (13, 23), (50, 100)]:
    //!     print(proportion_confint(k, n, method='wilson'), binomtest(k, n).proportion_ci(method='wilson'))
    //! p = [.1, .2, .3, .5, .55, .6, .75, .9, .95]; o = [0, 1, 0, 1, 0, 1, 1, 1, 0]
    //! print(calibration_curve(o, p, n_bins=5, strategy='uniform'))
    //! print(np.median([10, 400, 31]), np.median([10, 400, 31, 20]), norm.ppf(.975))
    //! ```

    use super::*;

    fn assert_close(value: Option<f64>, expected: f64) {
        let value = value.expect("a value");
        assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
    }

    fn resolved(probability: f64, happened: u8) -> Forecast {
        let outcome = if happened == 1 { Outcome::CameTrue } else { Outcome::DidNotHappen };
        Forecast { outcome, probability: Some(probability), lead_days: None }
    }

    fn all(probabilities: &[f64], happened: &[u8]) -> Vec<Forecast> {
        probabilities.iter().zip(happened).map(|(&probability, &one)| resolved(probability, one)).collect()
    }

    #[test]
    fn brier_and_log_score_are_those_of_scikit_learn() {
        let forecasts = all(&[0.9, 0.8, 0.7, 0.6, 0.3, 0.2, 0.05], &[1, 1, 0, 1, 0, 0, 1]);
        let record = score_forecasts(&forecasts);
        assert_eq!(record.scored, 7);
        assert_close(record.brier, 0.2475);
        assert_close(record.log_score, -0.802_693_323_410_128);
    }

    #[test]
    fn certainty_that_fails_costs_no_more_than_the_least_probability() {
        let record = score_forecasts(&all(&[0.0, 1.0, 0.5], &[1, 1, 0]));
        assert_close(record.brier, 0.416_666_666_666_666_7);
        assert_close(record.log_score, -2.533_634_153_180_694);
    }

    #[test]
    fn intervals_are_those_of_statsmodels_and_scipy() {
        let check = |hits, of, low, high| {
            let rate = rate(hits, of).expect("a rate");
            assert_close(Some(rate.low), low);
            assert_close(Some(rate.high), high);
        };
        check(0, 5, 0.0, 0.434_482_464_783_174_76);
        check(5, 5, 0.565_517_535_216_825_1, 1.0);
        check(7, 9, 0.452_588_969_106_988_9, 0.936_774_892_882_153_3);
        check(1, 1, 0.206_549_314_377_237_45, 1.0);
        check(13, 23, 0.368_113_750_850_164_5, 0.743_653_646_743_257_8);
        check(50, 100, 0.403_831_530_365_995_6, 0.596_168_469_634_004_4);
        assert_eq!(rate(0, 0), None);
    }

    #[test]
    fn calibration_is_that_of_scikit_learn() {
        let probabilities = [0.1, 0.2, 0.3, 0.5, 0.55, 0.6, 0.75, 0.9, 0.95];
        let bins = calibration(&all(&probabilities, &[0, 1, 0, 1, 0, 1, 1, 1, 0]));
        let expected = [(2, 0.15, 0.5), (1, 0.3, 0.0), (3, 0.55, 2.0 / 3.0), (1, 0.75, 1.0), (2, 0.925, 0.5)];
        for (bin, (count, forecast, came_true)) in bins.into_iter().zip(expected) {
            let bin = bin.expect("a bin");
            assert_eq!(bin.count, count);
            assert_close(Some(bin.mean_probability), forecast);
            assert_close(Some(bin.came_true), came_true);
        }
        assert_eq!(
            calibration(&all(&[0.0, 1.0], &[0, 1])).map(|bin| bin.map_or(0, |bin| bin.count)),
            [1, 0, 0, 0, 1]
        );
    }

    #[test]
    fn the_lead_time_is_the_median_of_numpy() {
        let lead = |days: &[i32]| {
            let forecast = |&days| Forecast { lead_days: Some(days), ..resolved(0.5, 1) };
            score_forecasts(&days.iter().map(forecast).collect::<Vec<_>>()).lead_days
        };
        assert_eq!(lead(&[10, 400, 31]), Some(31));
        assert_eq!(lead(&[10, 400, 31, 20]), Some(25), "25.5 without its fraction");
        assert_eq!(lead(&[]), None);
    }

    #[test]
    fn what_is_not_resolved_is_counted_beside_the_rate() {
        let not_resolved = [Outcome::Pending, Outcome::Partly, Outcome::Annulled, Outcome::Unfalsifiable];
        let mut forecasts: Vec<Forecast> = not_resolved
            .map(|outcome| Forecast { outcome, probability: Some(0.9), lead_days: Some(1) })
            .to_vec();
        forecasts.push(Forecast { probability: None, ..resolved(0.5, 1) });
        forecasts.push(resolved(0.5, 0));
        let record = score_forecasts(&forecasts);
        assert_eq!((record.forecasts, record.resolved(), record.scored), (6, 2, 1));
        assert_eq!([record.pending, record.partly, record.annulled, record.unfalsifiable], [1; 4]);
        assert_eq!(record.hit_rate.map(|rate| rate.total), Some(2));
        assert_close(record.brier, 0.25);
        assert_eq!(record.lead_days, None);
    }
}
