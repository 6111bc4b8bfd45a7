//! Texts of all pages: header and footer, words of statuses and kinds, counts, and the parts of lists.

texts! {
    /// Header, footer and navigation.
    FrameTexts {
        skip = "Skip to content";
        navigation = "Main";
        articles = "Write-ups";
        claims = "Claims";
        forecasts = "Forecasts";
        metrics = "Metrics";
        people = "People";
        tags = "Tags";
        sources = "Sources";
        disputes = "Disputes";
        timeline = "Timeline";
        changes = "What changed";
        review = "Review queue";
        search = "Search";
        search_label = "Search claims, write-ups, people, metrics and sources";
        theme = "Switch between light and dark";
        as_of(date) = "As of {date}";
        data = "Data";
        feed = "Feed";
        report = "Report a mistake";
        close = "Close";
        copy = "Copy";
        copied = "Copied";
        previous = "Previous";
        next = "Next";
        pages = "Pages";
        page(number) = "Page {number}";
        title_of_page(title, number) = "{title}, page {number}";
    }
}

texts! {
    /// Words of statuses. Keys in files and in data stay as they are: a claim that is `contested` is shown as
    /// *Disputed*.
    StatusTexts {
        supported = "Supported";
        mixed = "Mixed";
        refuted = "Refuted";
        unverifiable = "Unverifiable";
        retracted = "Withdrawn";
        came_true = "Came true";
        partly = "Partly came true";
        did_not_happen = "Did not happen";
        annulled = "Void";
        unfalsifiable = "Cannot be settled";
        superseded = "Replaced";
        contested = "Disputed";
        unreviewed = "Not reviewed";
        overdue = "Overdue";
        open = "Open";
        not_said = "Not said yet";
        proposed = "Proposed";
        shaken = "Shaken";
    }
}

texts! {
    /// Words of kinds.
    KindTexts {
        measurement = "Measurement";
        forecast = "Forecast";
        statement = "Statement";
        opinion = "Opinion";
    }
}

texts! {
    /// Numbers with their nouns.
    CountTexts {
        claims(count) = "{count} claim" | "{count} claims";
        articles(count) = "{count} write-up" | "{count} write-ups";
        forecasts(count) = "{count} forecast" | "{count} forecasts";
        judged_forecasts(count, judged) =
            "{count} forecast, {judged} with a verdict" | "{count} forecasts, {judged} with a verdict";
        speakers(count) = "{count} speaker" | "{count} speakers";
        metrics(count) = "{count} metric" | "{count} metrics";
        sources(count) = "{count} source" | "{count} sources";
        tags(count) = "{count} tag" | "{count} tags";
        mentions(count) = "{count} mention" | "{count} mentions";
        changes(count) = "{count} change" | "{count} changes";
        relations(count) = "{count} relation" | "{count} relations";
        measurements(count) = "{count} measurement" | "{count} measurements";
        methods(count) = "{count} method" | "{count} methods";
        verdicts(count) = "{count} verdict" | "{count} verdicts";
        deadlines(count) = "{count} deadline" | "{count} deadlines";
        days(count) = "{count} day" | "{count} days";
        months(count) = "{count} month" | "{count} months";
        years(count) = "{count} year" | "{count} years";
        minutes(count) = "{count} minute" | "{count} minutes";
        others(count) = "{count} other" | "{count} others";
        entries(count) = "{count} entry" | "{count} entries";
        statuses(claims, list) = "{claims}: {list}";
    }
}

texts! {
    /// Rows, tables and pages of lists.
    ListTexts {
        claim = "Claim";
        status = "Status";
        then = "Then";
        now = "Now";
        not_said_then = "Not said yet";
        same = "Same";
        kind = "Kind";
        speaker = "Speaker";
        said = "Said";
        mentions = "Mentions";
        and = " and ";
        more(count) = "{count} more" | "{count} more";
        rest_in_search(count) = "{count} more write-up, in search" | "{count} more write-ups, in search";
        rest_of_claims(count) = "{count} more claim, in the list of all claims" | "{count} more claims, in the list of all claims";
        rest_of_articles(count) =
            "{count} more write-up, in the list of all write-ups"
            | "{count} more write-ups, in the list of all write-ups";
        nothing = "None yet";
        range(total, from, to) = "{total}, {from} to {to}";
        due(date) = "due {date}";
        days(count) = "day" | "days";
        days_today = "days, due today";
        overdue(count) = "{count} day overdue" | "{count} days overdue";
        no_deadline = "no deadline";
        no_probability = "no probability stated";
        no_number = "not\u{a0}given";
        no_date = "no\u{a0}date";
        revised(date) = "revised {date}";
        by(name) = "by {name}";
        statement_at(said, date) = "{said}: {date}";
        linked_from = "Mentioned in";
        shown_as_card = "shown as a card";
        mentions_of(title) = "Mentions of {title}";
        mentions_about(title) = "Sentences that link to: {title}";
        method_unknown = "Method not named";
    }
}

texts! {
    /// The page for addresses that lead nowhere, and pages that have moved.
    NotFoundTexts {
        title = "Page not found";
        explanation = "The address may be mistyped, or the page may have moved.";
        home = "Home";
        report = "Report a broken link";
        moved = "This page has moved";
        moved_to(page) = "It is now at {page}.";
    }
}
