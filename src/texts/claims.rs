//! Texts of the pages of write-ups and claims.

texts! {
    /// The page of a write-up, and pages of the author's own.
    ArticleTexts {
        contents = "In this write-up";
        contents_of_page = "On this page";
        by(names) = "By {names}";
        source = "Source";
        author = "Author";
        publisher = "Publisher";
        published = "Published";
        about(title) = "About {title}";
        scorecard = "Scorecard";
        source_makes(count) = "The source makes {count} claim" | "The source makes {count} claims";
        others_serve(count) = "{count} claim by others serves to check them" | "{count} claims by others serve to check them";
        claim_by_claim(count) = "The claim, with its verdict" | "All {count}, claim by claim";
        own_claims = "What the source says";
        other_claims = "What others say";
        address = "Address";
        read_at(host) = "Read it at {host}";
        passages = "Passages quoted";
        more_passages(count) = "and {count} more" | "and {count} more";
        claims = "Claims in this write-up";
        claims_then = "All claims, then and now";
        then_and_now(then, now) = "“Then” is {then}, the date of this write-up; “now” is {now}.";
        cite = "Cite this write-up";
        markdown = "Text of this page (Markdown)";
        bibtex = "BibTeX";
    }
}

texts! {
    /// The page of a claim, and its card.
    ClaimTexts {
        show_card(status) = "{status}: show the card";
        in_paragraph(count) = "{count} claim in this paragraph" | "{count} claims in this paragraph";
        details = "Details";
        via(name) = "via {name}";
        and_others(names) = "{names} and others";
        likely(probability) = "{probability} likely";
        due_later(date) = "Due {date}; no verdict before then.";
        was_due(date) = "Was due {date}; no verdict yet.";
        against_it(reason) = "Against it: {reason}";
        newer_takes_its_place(reason) = "A newer claim takes its place: {reason}";
        description(kind, status, statement) = "{kind}, {status}. {statement}";
        verdict_by(date, name) = "{date}, by {name}";
        challenge = "Disagree with this verdict";
        suggest = "Suggest a verdict";
        because_superseded = "A newer claim has taken its place.";
        because_contested = "A claim that still stands contradicts it, and it has no verdict of its own yet.";
        because_unreviewed = "No verdict yet.";
        because_overdue = "Its deadline has passed, and it has no verdict yet.";
        because_open = "Its deadline has not passed yet.";
        because_not_said = "Its date is later than the date of this page, so no list and no count includes it yet.";
        shaken_by(count) = "It rests on a claim that did not hold up." | "It rests on claims that did not hold up.";
        shaken_by_more(count) =
            "It rests on {count} or more claims that did not hold up; these are the nearest."
            | "It rests on {count} or more claims that did not hold up; these are the nearest.";
        path_of_fall = "From this claim to the one that did not hold up";
        steps(count) = "{count} more step" | "{count} more steps";
        kind = "Kind";
        made_by = "Made by";
        said = "Said";
        probability = "Probability";
        probability_stated(probability) = "{probability}, stated by the forecaster";
        probability_inferred(probability) = "{probability}, inferred by the author of the write-up";
        deadline = "Deadline";
        days_left(count, date) = "{date}, {count} day left" | "{date}, {count} days left";
        days_ago(count, date) = "{date}, {count} day ago" | "{date}, {count} days ago";
        reported_by = "Reported by";
        true_as_of = "Evidence as of";
        metric = "Metric";
        subject = "Subject";
        figure = "Figure";
        interval = "Interval";
        interval_words(low, high) = "{low} to {high}";
        method = "Method";
        expected = "Expected";
        expected_words(value, low, high) = "{value}, between {low} and {high}";
        question = "Question";
        source = "Source";
        terms = "Terms";
        criteria = "How it is settled";
        condition = "Only if";
        evidence = "Evidence";
        evidence_for = "For";
        evidence_against = "Against";
        notes = "Notes";
        related = "Related claims";
        related_of(statement) = "Claims related to: {statement}";
        related_about(statement) = "Claims that bear on: {statement}";
        map_middle = "This claim";
        map_caption = "The first words of each box say how the claim nearer the middle relates to it.";
        map_contradiction = "A dashed box means that the two claims contradict each other.";
        map_links = "Every box is a link.";
        map_missing(count) = "{count} more related claim is not drawn." | "{count} more related claims are not drawn.";
        map_cut = "Claims two steps away are drawn where there is space.";
        map_label(count) = "This claim and {count} related claim" | "This claim and {count} related claims";
        mentions = "Mentioned in";
        no_mentions = "No sentence of this book links here yet.";
        record = "About this claim";
        history = "How its status changed";
        entered = "Entered in this book";
        date_unknown = "date unknown";
        deadline_passed = "passed";
        cite = "Cite";
        json = "Data (JSON)";
    }
}

texts! {
    /// What is known about a quotation.
    QuoteTexts {
        heading = "The source’s words";
        open = "Open the passage";
        verified(date) = "Verified word for word in a saved copy of the source, {date}.";
        drifted(date) = "Not found in the saved copy of the source when it was checked on {date}.";
        seen(name, date) = "Seen in the source by {name}, {date}. No saved copy has these words.";
        unchecked =
            "Not checked against the source: these words were not found in a saved copy, and nobody has recorded seeing them there.";
        verified_short = "Verified word for word";
        seen_short = "Seen, no copy kept";
        no_words = "No words quoted";
        drifted_short = "Not in the saved copy";
        unchecked_short = "Not checked";
    }
}

texts! {
    /// Names of relations: the heading on the page of the claim that states the relation, the heading on the page
    /// of the other claim, and both as words on the lines of a map.
    RelationTexts {
        supports = "Supports";
        supported_by = "Supported by";
        contradicts = "Contradicts";
        contradicted_by = "Contradicted by";
        refines = "Narrows";
        refined_by = "Narrowed by";
        supersedes = "Replaces";
        superseded_by = "Replaced by";
        depends_on = "Rests on";
        basis_of = "Claims that rest on it";
        same_as = "Same as";
        cites = "Cites";
        cited_by = "Cited by";
        answers = "Answers";
        answered_by = "Answered by";
        line_supports = "supports";
        line_supported_by = "supported by";
        line_contradicts = "contradicts";
        line_contradicted_by = "contradicted by";
        line_refines = "narrows";
        line_refined_by = "narrowed by";
        line_supersedes = "replaces";
        line_superseded_by = "replaced by";
        line_depends_on = "rests on";
        line_basis_of = "basis of";
        line_same_as = "same as";
        line_cites = "cites";
        line_cited_by = "cited by";
        line_answers = "answers";
        line_answered_by = "answered by";
    }
}

texts! {
    /// The issue that a reader opens about a verdict, in Markdown.
    IssueTexts {
        challenge(id) = "Disagree with the verdict on {id}";
        suggest(id) = "Suggest a verdict on {id}";
        claim(claim) = "Claim {claim}:";
        status(date, status) = "Status on {date}: {status}";
        which_source = "Which source shows it?";
        what_is_wrong = "What is wrong?";
        which_verdict = "Which verdict, and why?";
        last_verdict(date, word, by, reason) = "Latest verdict: {date}, {word}{by}{reason}";
        by(name) = ", by {name}";
        reason(reason) = ": {reason}";
    }
}
