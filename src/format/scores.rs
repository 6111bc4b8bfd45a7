//! Writes `data/scores.json`: the record of each forecaster, for programs. A score is left out if there is no
//! forecast to score. Unlike the pages, the file contains scores of any number of forecasts.

use anyhow::Result;
use serde::Serialize;

use crate::page::Site;
use crate::score::Record;

#[derive(Serialize)]
struct ScoresJson<'a> {
    version: u32,
    speakers: Vec<Speaker<'a>>,
}

#[derive(Serialize)]
struct Speaker<'a> {
    id: &'a str,
    forecasts: usize,
    pending: usize,
    came_true: usize,
    did_not_happen: usize,
    partly: usize,
    annulled: usize,
    unfalsifiable: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    hit_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wilson_low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wilson_high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    brier: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_score: Option<f64>,
    scored: usize,
}

/// Returns the bytes of `data/scores.json`: the speakers with at least one forecast, sorted by id.
pub(crate) fn scores(site: &Site<'_>) -> Result<Vec<u8>> {
    let speakers = site
        .book
        .speakers()
        .iter()
        .map(|entity| (entity.id.as_str(), site.record_of(entity)))
        .filter(|(_, record)| record.forecasts > 0)
        .map(|(id, record)| speaker(id, &record))
        .collect();
    let mut text = serde_json::to_string_pretty(&ScoresJson { version: 1, speakers })?;
    text.push('\n');
    Ok(text.into_bytes())
}

fn speaker<'a>(id: &'a str, record: &Record) -> Speaker<'a> {
    let rate = record.hit_rate;
    Speaker {
        id,
        forecasts: record.forecasts,
        pending: record.pending,
        came_true: record.came_true,
        did_not_happen: record.did_not_happen,
        partly: record.partly,
        annulled: record.annulled,
        unfalsifiable: record.unfalsifiable,
        hit_rate: rate.map(|rate| rounded(rate.share)),
        wilson_low: rate.map(|rate| rounded(rate.low)),
        wilson_high: rate.map(|rate| rounded(rate.high)),
        brier: record.brier.map(rounded),
        log_score: record.log_score.map(rounded),
        scored: record.scored,
    }
}

/// Rounds to six decimals: more would be noise, and logarithms differ in the last digit between machines.
fn rounded(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    // JSON would write minus zero as `-0.0`.
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::graph::example::{Example, claim};

    fn data(example: &Example) -> Value {
        serde_json::from_slice(&scores(&example.site()).expect("JSON")).expect("JSON")
    }

    #[test]
    fn scores_as_data_have_the_promised_shape() {
        assert_eq!(
            data(&Example::of_forecasts()),
            json!({ "version": 1, "speakers": [
                { "id": "ann", "forecasts": 14, "pending": 2, "came_true": 5, "did_not_happen": 4, "partly": 1,
                  "annulled": 1, "unfalsifiable": 1, "hit_rate": 0.555_556, "wilson_low": 0.266_651,
                  "wilson_high": 0.811_221, "brier": 0.2475, "log_score": -0.802_693, "scored": 7 },
                { "id": "bob", "forecasts": 1, "pending": 0, "came_true": 1, "did_not_happen": 0, "partly": 0,
                  "annulled": 0, "unfalsifiable": 0, "hit_rate": 1.0, "wilson_low": 0.206_549,
                  "wilson_high": 1.0, "scored": 0 },
                { "id": "cy", "forecasts": 1, "pending": 1, "came_true": 0, "did_not_happen": 0, "partly": 0,
                  "annulled": 0, "unfalsifiable": 0, "scored": 0 },
            ] })
        );
    }

    #[test]
    fn speakers_without_forecasts_are_left_out() {
        let example = Example::of_article(&claim("pace", ""));
        assert_eq!(data(&example), json!({ "version": 1, "speakers": [] }));
    }

    #[test]
    fn minus_zero_is_zero() {
        assert_eq!(rounded(-1e-9).to_bits(), 0.0_f64.to_bits());
        assert_eq!(rounded(0.123_456_78).to_string(), "0.123457");
    }
}
