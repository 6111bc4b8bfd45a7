//! How are numbers thrown that are the same everywhere? A seed in, numbers out.

/// `SplitMix64` (Steele, Lea, Flood 2014): the same numbers everywhere, for ever.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, each as likely.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("below a usize")
    }

    /// A number below `end`, small ones far more often: 0, one of 1 and 2, one of 3 to 6, and so on are
    /// equally likely, which is Zipf's law in steps.
    pub(crate) fn zipf(&mut self, end: usize) -> usize {
        let steps = usize::try_from(end.max(1).ilog2()).expect("a logarithm");
        let first = (1 << self.below(steps + 1)) - 1;
        (first + self.below(first + 1)).min(end.saturating_sub(1))
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn day(&mut self, year: usize) -> String {
        format!("{year}-{:02}-{:02}", 1 + self.below(10), 1 + self.below(28))
    }
}

/// Made-up words and sentences of them, a few words far more often than the others.
pub(crate) struct Words(Vec<String>);

impl Words {
    pub(crate) fn new(random: &mut Random) -> Self {
        let syllables = ["ra", "men", "to", "sil", "ve", "dor", "an", "ki", "lu", "pe", "tra", "no", "ges"];
        let word = |random: &mut Random| {
            (0..=1 + random.below(3)).map(|_| syllables[random.below(syllables.len())]).collect()
        };
        Self((0..2500).map(|_| word(random)).collect())
    }

    /// Words with a capital in front.
    pub(crate) fn title(&self, random: &mut Random, count: usize) -> String {
        let text = (0..count).map(|_| self.0[random.zipf(self.0.len())].as_str());
        let text = text.collect::<Vec<_>>().join(" ");
        text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect()
    }

    /// Words without one.
    pub(crate) fn phrase(&self, random: &mut Random, count: usize) -> String {
        self.title(random, count).to_lowercase()
    }

    /// Sentences, of about so many words in all.
    pub(crate) fn prose(&self, random: &mut Random, words: usize) -> String {
        let mut sentences = Vec::new();
        let mut left = words;
        while left > 0 {
            let length = (6 + random.below(16)).min(left);
            sentences.push(format!("{}.", self.title(random, length)));
            left -= length;
        }
        sentences.join(" ")
    }
}
