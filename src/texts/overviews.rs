//! Texts of the home page, the search page, lists of claims, people, sources and tags, and of the pages about the
//! whole book.

texts! {
    /// The home page.
    HomeTexts {
        chart = "Chart, table and claims";
        example = "One claim, from its words to its verdict";
        what_was_said = "What was said";
        what_became_of_it = "What became of it";
        why = "Why";
        evidence = "See the evidence";
        standing(count) = "{count} claim: what became of it" | "{count} claims: what became of them";
        changed = "What changed lately";
        new_claim = "New";
        all_changes = "All changes, week by week";
        in_days(count) = "in {count} day" | "in {count} days";
        latest = "Latest write-ups";
        all_disputes = "All disputes";
        all_articles(count) = "{count} write-up" | "All {count} write-ups";
        due = "Due next";
        all_open(count) = "{count} open forecast" | "All {count} open forecasts";
        all_forecasts = "All forecasts";
        overdue(count) = "{count} overdue" | "{count} overdue";
    }
}

texts! {
    /// The search page.
    SearchTexts {
        without_script(lists) = "Search needs JavaScript. Without it, browse the lists of {lists}.";
        claims = "claims";
        articles = "write-ups";
        people = "people";
        metrics = "metrics";
        tags = "tags";
        all_claims = "All claims";
        filter = "Filter results";
        person = "Person or organisation";
        metric = "Metric";
        in_claims = "Claims";
        in_articles = "Write-ups";
        in_people = "People";
        in_metrics = "Metrics";
        in_sources = "Sources";
        in_pages = "Pages of this site";
        most_mentioned = "Most mentioned claims";
        newest = "Newest claims";
        disputed = "Disputed claims";
        corrected(words) = "Showing what matches “{words}”.";
        missing(words) = "Not found anywhere: “{words}”.";
        searching = "Searching …";
        without_filters(count) = "Remove the filters to see {count} result" | "Remove the filters to see {count} results";
        without_marks(count) = "Without quotation marks there is {count} result" | "Without quotation marks there are {count} results";
        more_claims = "Show more claims";
        more_articles = "Show more write-ups";
        more_people = "Show more people";
        more_metrics = "Show more metrics";
        more_sources = "Show more sources";
        more_pages = "Show more pages";
        by_type = "Type";
        by_kind = "Kind";
        by_status = "Status";
        by_speaker = "Speaker";
        by_tag = "Tag";
        by_metric = "Metric";
        by_source = "Source";
        by_question = "Question";
        by_year = "Year";
        by_month = "Month";
        found(count) = "{count} result" | "{count} results";
        found_for(count, words) = "{count} result for “{words}”" | "{count} results for “{words}”";
        none = "No results";
        none_for(words) = "No results for “{words}”. Try fewer or other words, or one of these claims.";
        failed = "The search index could not be loaded.";
    }
}

texts! {
    /// The lists of claims and their filters.
    FilterTexts {
        open = "Filter";
        label = "Filter claims";
        clear = "Show all claims";
        none = "No claims";
        show_more = "Show more";
        sort_label = "Search or sort the list";
        words = "Search claims";
        failed = "The claims could not be loaded.";
        remove(word) = "Remove the filter {word}";
        order = "Order";
        newest = "Newest first";
        oldest = "Oldest first";
        mentioned = "Most mentioned";
        found = "Claims found";
        kind = "Kind";
        status = "Status";
        speaker = "Speaker";
        tag = "Tag";
        year = "Year said";
        more_of(title) = ": {title}";
        all_claims = "All claims";
        title_all = "Claims";
        title_measurement = "Measurements";
        title_forecast = "Forecasts";
        title_statement = "Statements";
        title_opinion = "Opinions";
        title_status(status) = "Claims: {status}";
        title_year(year) = "Claims said in {year}";
        verdicts = "Verdicts";
        about_all = "Every claim in this book, with its status today.";
        about_measurement = "Claims that report a measured number.";
        about_forecast = "Claims about what had not happened yet when they were made.";
        about_statement = "Claims of fact that are neither measurements nor forecasts.";
        about_opinion = "Judgements and views.";
        about_year(year) = "Claims that were said in {year}, with their status today.";
        about_supported = "The evidence supports them.";
        about_mixed = "Some parts are right and some are wrong.";
        about_refuted = "The evidence contradicts them.";
        about_unverifiable = "They cannot be checked.";
        about_retracted = "The people who made them have withdrawn them.";
        about_came_true = "Forecasts of events that then happened.";
        about_partly = "Forecasts that came true in part.";
        about_did_not_happen = "Forecasts of events that did not happen by the deadline.";
        about_annulled = "Forecasts whose question no longer applies.";
        about_unfalsifiable = "Forecasts that no event can show to be right or wrong.";
        about_superseded = "A newer claim has taken their place.";
        about_contested = "Another claim that holds up contradicts them.";
        about_unreviewed = "They have no verdict yet.";
        about_overdue = "Forecasts whose deadline has passed without a verdict.";
        about_open = "Forecasts whose deadline has not passed yet.";
        about_not_said = "Claims whose date is still to come.";
        all_unreviewed(count) = "{count} claim not reviewed" | "All {count} claims not reviewed";
    }
}

texts! {
    /// The lists and pages of people, sources and tags.
    EntityTexts {
        people_about = "Who makes the claims, and what became of them.";
        metrics_about = "What is measured, the latest value, and how it changed.";
        tags_about = "Topics of write-ups and claims.";
        sources_about = "The documents from which the claims are taken.";
        articles_about = "Articles read closely, with every claim marked.";
        name = "Name";
        forecasts = "Forecasts";
        wrong = "Found wrong, of judged";
        wrong_of(wrong, judged) = "{wrong} of {judged}";
        claims = "Claims";
        last_said = "Last said";
        wrong_note = "A claim is found wrong if it is refuted, withdrawn or did not happen. With fewer than five verdicts the share says little.";
        metric = "Metric";
        latest_value = "Latest value";
        change = "Change";
        since(change, date) = "{change} since {date}";
        course = "Course";
        published = "Published";
        publisher = "Publisher";
        its_claims = "Its claims";
        verified = "Quotations verified";
        verified_of(verified, all) = "{verified} of {all}";
        newest_first(range) = "{range}, newest first.";
        range(range) = "{range}.";
        person = "Person";
        organization = "Organisation";
        speaker = "Speaker";
        speaker_about(name) = "Claims and forecasts by {name}";
        tag_about(name) = "Write-ups and claims about {name}";
        source_about(title) = "Claims taken from {title}";
        also(names) = "Also known as {names}";
        website = "Website";
        no_claims = "This book has no claims by this speaker.";
        earlier_pages = "All their claims are on the pages before this one.";
        record = "Forecast record";
        open = "Open and overdue";
        judged = "With a verdict";
        all_in_list(count) = "{count} forecast, in the list of all claims" | "All {count}, in the list of all claims";
        all_among_claims(count) = "{count} forecast, listed among the claims" | "All {count}, listed among the claims";
        relayed = "Claims reported from others";
        written_up = "Written up in";
        open_source = "Open the source";
        source_articles = "Write-ups about it";
        source_claims = "What it claims";
    }
}

texts! {
    /// The page of disputes.
    DisputeTexts {
        about = "Claims that contradict each other, with the reason each side gives.";
        summary = "Claims that contradict each other.";
        open(count) = "{count} open" | "{count} open";
        settled(count) = "{count} settled" | "{count} settled";
        is_open = "Open";
        is_settled = "Settled";
        fallout = "Shaken claims";
        both_judged = "Both claims have a verdict, and both hold up.";
        one_judged = "Only one of the claims has a verdict, and both hold up.";
        none_judged = "Nobody has judged between them.";
        neither_stands = "Neither claim holds up any more.";
        one_stands = "One of the claims does not hold up any more.";
        against(one, other) = "{one} against {other}";
        against_itself(name) = "{name} against itself";
        other_topics = "Other topics";
        dependents(count) = "{count} claim rests on it." | "{count} claims rest on it.";
        dependents_or_more(count) = "{count} or more claims rest on it." | "{count} or more claims rest on it.";
        no_dependents = "No claim rests on it.";
        none = "No two claims contradict each other.";
    }
}

texts! {
    /// The page of claims that rest on one that did not hold up.
    FalloutTexts {
        title = "Shaken claims";
        about = "Claims that rest on another claim that was refuted, was withdrawn or did not happen.";
        summary = "Claims that rest on another claim that did not hold up.";
        fallen(count) = "{count} claim did not hold up" | "{count} claims did not hold up";
        shaken(count) = "{count} shaken" | "{count} shaken";
        rests = "What rests on it";
        rests_part(shown, total) = "What rests on it: {shown} of {total} claims";
        directly = "It rests on that claim directly.";
        through = "It rests on that claim through:";
        none = "No claim rests on one that did not hold up.";
        nearest(number) = "A claim that rests on many such claims is listed under the nearest {number} only.";
    }
}

texts! {
    /// The pages of changes.
    ChangeTexts {
        title = "What changed";
        title_of(quarter) = "What changed: {quarter}";
        about = "New claims, new verdicts and other changes of status, week by week.";
        quarter(first, last, year) = "{first} to {last} {year}";
        quarters = "Quarters";
        week(date) = "Week of {date}";
        new_claim = "New";
        drifted = "The saved copy of its source no longer has its words";
        none = "No claim has a date yet.";
        new_in_feed(status) = "New, {status}";
        status_in_feed(from, to) = "{from} → {to}";
    }
}

texts! {
    /// The timeline.
    TimelineTexts {
        title_of(year) = "Timeline {year}";
        about = "Claims, verdicts and deadlines, month by month.";
        about_month = "Claims, verdicts and deadlines of one month.";
        none = "No claim has a date yet.";
        years = "Years";
        due = "Deadlines";
        judged = "Verdicts";
        said = "Claims said";
        all_said(year) = "All claims said in {year}";
        all_entries(count, month) = "{count} entry of {month}" | "All {count} entries of {month}";
        claims_said(count) = "{count} claim said" | "{count} claims said";
    }
}

texts! {
    /// The review queue.
    ReviewTexts {
        about =
            "Claims without a verdict, quotations without a saved copy of their source, and contradictions that only one side explains.";
        summary = "Claims and forecasts without a verdict.";
        overdue(count) = "{count} overdue forecast" | "{count} overdue forecasts";
        to_verify(count) = "{count} quotation to verify" | "{count} quotations to verify";
        unreviewed(count) = "{count} claim not reviewed" | "{count} claims not reviewed";
        unanswered(count) = "{count} contradiction unanswered" | "{count} contradictions unanswered";
        overdue_heading = "Overdue forecasts";
        quotes_heading = "Quotations to verify";
        quotes_drifted(count) =
            "{count} quotation is not in the saved copy of its source."
            | "{count} quotations are not in the saved copy of their source.";
        quotes_unchecked(count) =
            "{count} quotation was not found in any saved copy."
            | "{count} quotations were not found in any saved copy.";
        quotes_seen(count) =
            "{count} more was seen in its source by an editor, without a saved copy."
            | "{count} more were seen in their source by an editor, without a saved copy.";
        quotes_all_verified = "Every quotation was found word for word in a saved copy of its source.";
        quotes_all_seen(count) =
            "Every quotation was found word for word in a saved copy of its source, or seen there by an editor ({count})."
            | "Every quotation was found word for word in a saved copy of its source, or seen there by an editor ({count}).";
        all_quotes(count) = "{count} quotation, in the data (JSON)" | "All {count} quotations, in the data (JSON)";
        unreviewed_heading = "Claims not reviewed yet";
        oldest_first = "Oldest first.";
        waiting = "Waiting";
        all_reviewed = "Every claim has a verdict or is part of a dispute.";
        one_sided_heading = "Contradictions without an answer";
        one_sided_about = "These claims do not say why the claim that contradicts them is wrong.";
        contradicted_by(claim) = "Contradicted by {claim}";
        its_reason(reason) = "Its reason: {reason}";
        both_sides = "Both sides of every open dispute have given a reason.";
    }
}
