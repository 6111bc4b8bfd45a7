//! Forms that the values of keys have.

/// Form of the value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One line of text.
    Text,
    /// One line of text with at least one visible character.
    Visible,
    /// One line of text that is not blank.
    Filled,
    /// One line of text without a link.
    Plain,
    /// One line of text without a link or a reason.
    Tag,
    /// The name of a speaker or metric, which has a page: one line of text without a link, a reason or an
    /// address.
    Name,
    /// The name of an author or publisher: one line of text that is not an address.
    Agent,
    /// A number with an optional sign, interval and unit, such as `~52 [48, 55] x`.
    Measured,
    /// A date or a number, with an optional interval `[low, high]`.
    Expected,
    /// `2026`, `2026-05` or `2026-05-20`.
    Date,
    /// `true` or `false`.
    Truth,
    /// `true`; otherwise the key is left out.
    True,
    /// The id of a claim or question.
    Id,
    /// Ids, separated by commas.
    Ids,
    /// A former address of a page, such as `2025/old-name/`.
    Path,
    /// An `http` or `https` address.
    Address,
    /// One word of a list.
    Word(Vec<&'static str>),
    /// A number and `stated` or `inferred`, such as `60% stated`.
    Probability,
    /// A link to a claim, and an optional reason.
    Relation,
    /// `for` or `against`, a link, and an optional note.
    Evidence,
    /// A date, one word of a list, and optionally `by` with a name, and a reason.
    Verdict(Vec<&'static str>),
    /// A date, and `by` with a name.
    Seen,
    /// The id of a source, or a mapping that describes the source in place.
    Source,
    /// The id of a source, or `[title](address)`.
    SourceLink,
    /// A list of claims.
    Claims,
    /// The name of a lint.
    Lint,
    /// Names of lints, separated by commas, and an optional reason.
    Lints,
}
