//! Decides which names a chart shows, and in which order they get their places: the last record and the first, forecasts,
//! the trend, the other records from the newest on, and then all other values.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Layout;
use super::lines::{curve_times, fitted};
use super::names::{Wanted, Words};
use super::scene::{Item, Scene};

/// Longest line between a name and its mark in pixels: for the first and the last record, and for values that are not
/// records.
const KEY_LEADER: f64 = 150.0;
const MINOR_LEADER: f64 = 70.0;
/// Number of names that must begin with a word before the word is left out where space is scarce.
const MIN_SHARED: usize = 3;
/// Radius in pixels of the space around the line of a trend, from which its words keep away.
const TREND_RADIUS: f64 = 4.0;

/// How much a name matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// The newest record. If its name has no place, its value is shown.
    LastRecord,
    FirstRecord,
    Forecast,
    Record,
    Other,
}

/// Returns the names of a layout in the order in which they are placed. A name that is given to one mark is not given to
/// another.
pub(super) fn wanted_names(scene: &Scene<'_>, layout: &Layout) -> Vec<Wanted> {
    let shared = shared_word(scene.items.iter().map(|item| item.point.label.as_str()));
    let mut trend = trend_words(scene, layout);
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut names = Vec::new();
    for (item, rank) in ranked(scene) {
        if matches!(rank, Rank::Record | Rank::Other) {
            names.extend(trend.take());
        }
        let texts = texts(item, rank, shared);
        let label = item.point.label.as_str();
        if !texts.is_empty() && (label.is_empty() || named.insert(label)) {
            let max_leader = max_leader(rank, layout);
            let (colour, radius) = (item.mark.colour(), item.mark.radius());
            let is_key = matches!(rank, Rank::LastRecord | Rank::FirstRecord);
            names.push(Wanted { colour, texts, anchors: anchors(scene, item), max_leader, radius, is_key });
        }
    }
    names.extend(trend);
    names
}

/// Returns the items that may have a name, the most important first. In a chart with many values only records have one.
fn ranked<'s, 'a>(scene: &'s Scene<'a>) -> Vec<(&'s Item<'a>, Rank)> {
    let mut records: Vec<&Item<'_>> = scene.items.iter().filter(|item| item.is_record).collect();
    records.reverse();
    let mut others: Vec<&Item<'_>> =
        scene.items.iter().filter(|item| !item.is_record && !item.is_context).collect();
    others.sort_by(|one, other| {
        let key = |item: &Item<'_>| (item.mark.series, item.point.is_replaced);
        key(one).cmp(&key(other)).then(other.point.time.total_cmp(&one.point.time))
    });
    if scene.canvas.plot.is_dense() {
        others.clear();
    }
    let last = records.first().map(|&item| (item, Rank::LastRecord));
    let first = records.iter().skip(1).last().map(|&item| (item, Rank::FirstRecord));
    let forecasts = scene.forecasts.iter().map(|item| (item, Rank::Forecast));
    let middle = records.iter().map(|&item| (item, Rank::Record));
    let others = others.into_iter().map(|item| (item, Rank::Other));
    last.into_iter().chain(first).chain(forecasts).chain(middle).chain(others).collect()
}

/// Returns the texts of an item, the best first: its name with its value, its name, and its name without a word that
/// other names share. A value that is not a record has only its name.
fn texts(item: &Item<'_>, rank: Rank, shared: Option<&str>) -> Vec<Words> {
    let (label, value) = (item.point.label.as_str(), item.point.value_words.as_str());
    let words = |name: &str, rest: &str| Words { name: name.to_owned(), rest: rest.to_owned() };
    if label.is_empty() {
        let is_key = matches!(rank, Rank::LastRecord | Rank::FirstRecord) && !value.is_empty();
        return if is_key { vec![words("", value)] } else { Vec::new() };
    }
    let short = shared.and_then(|word| label.strip_prefix(word)?.strip_prefix(' '));
    // A number alone could be taken for a value.
    let short = short.filter(|short| short.contains(char::is_alphabetic));
    let mut texts = Vec::new();
    if rank != Rank::Other && !value.is_empty() {
        texts.push(words(label, &format!(" {value}")));
    }
    if rank == Rank::LastRecord && !value.is_empty() {
        texts.extend(short.map(|short| words(short, &format!(" {value}"))));
    }
    texts.push(words(label, ""));
    texts.extend(short.map(|short| words(short, "")));
    if rank == Rank::LastRecord && !value.is_empty() {
        texts.push(words("", value));
    }
    texts
}

fn max_leader(rank: Rank, layout: &Layout) -> f64 {
    match rank {
        Rank::LastRecord | Rank::FirstRecord => KEY_LEADER,
        Rank::Forecast | Rank::Record => layout.max_leader,
        Rank::Other => layout.max_leader.min(MINOR_LEADER),
    }
}

/// Returns the places of the marks next to which the name of an item may be: its own, and those of the same subject in
/// its series.
fn anchors(scene: &Scene<'_>, item: &Item<'_>) -> Vec<(f64, f64)> {
    let is_same = |other: &&Item<'_>| {
        other.mark.series == item.mark.series
            && other.mark.fill == item.mark.fill
            && other.point.label == item.point.label
            && other.place != item.place
    };
    let others = scene.items.iter().filter(is_same).filter(|_| !item.point.label.is_empty());
    [item.place].into_iter().chain(others.map(|other| other.place)).collect()
}

/// Returns the words of the trend, which may be anywhere along its line.
fn trend_words(scene: &Scene<'_>, layout: &Layout) -> Option<Wanted> {
    let trend = scene.canvas.plot.trend.as_ref()?;
    let (first, last) = scene.records.first().zip(scene.records.last())?;
    let places = fitted(&scene.canvas, trend, &curve_times(first.time, last.time));
    // Around the middle there is most space.
    let middle = places.len() / 2;
    let mut anchors: Vec<(usize, (f64, f64))> = places.into_iter().enumerate().skip(2).step_by(2).collect();
    anchors.sort_by_key(|(number, _)| number.abs_diff(middle));
    Some(Wanted {
        colour: "c1",
        texts: vec![Words { name: String::new(), rest: trend.words.clone() }],
        anchors: anchors.into_iter().map(|(_, place)| place).collect(),
        max_leader: layout.max_leader,
        radius: TREND_RADIUS,
        is_key: false,
    })
}

/// Returns the word with which at least three different names begin.
fn shared_word<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let names: BTreeSet<&str> = names.collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (word, _) in names.iter().filter_map(|name| name.split_once(' ')) {
        *counts.entry(word).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= MIN_SHARED)
        .max_by_key(|(_, count)| *count)
        .map(|(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_shared_by_three_names() {
        let shared = |names: &[&'static str]| shared_word(names.iter().copied());
        assert_eq!(
            shared(&["Claude Opus 4", "Claude Opus 4.5", "Claude Sonnet", "GPT 5", "o3"]),
            Some("Claude")
        );
        assert_eq!(shared(&["Claude Opus 4", "Claude Opus 4", "Claude Sonnet", "GPT 5", "o3"]), None);
    }
}
