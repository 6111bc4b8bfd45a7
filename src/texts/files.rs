//! Texts of feeds, preview images, the calendar, citations and `llms.txt`.

texts! {
    /// Feeds.
    FeedTexts {
        articles(site) = "{site}: write-ups";
        verdicts(site) = "{site}: verdicts";
        changes(site) = "{site}: what changed";
        entity(site, name) = "{site}: {name}";
        verdict(status, statement) = "{status}: {statement}";
    }
}

texts! {
    /// Preview images.
    PreviewTexts {
        article = "Write-up";
        hit_rate(number) = "Came true, of {number}";
        names_and_others(names, others) = "{names} and {others}";
        others = "Others";
    }
}

texts! {
    /// The calendar of deadlines.
    CalendarTexts {
        title(site) = "{site}: deadlines";
        summary(statement) = "Due: {statement}";
        forecast_by(speakers) = "Forecast by {speakers}.";
        said(date) = " Said {date}.";
        criteria(criteria) = "How it is settled: {criteria}";
    }
}

texts! {
    /// Citations.
    CitationTexts {
        no_date = "n.d.";
        claim(site, id, statement, day) = "{site}, claim {id}: “{statement}” As of {day}.";
        note(id, speakers, status) = "Claim {id} by {speakers}. Status: {status}";
        note_with_date(id, speakers, said, status) = "Claim {id} by {speakers}, {said}. Status: {status}";
        revised(date) = "Revised {date}";
    }
}

texts! {
    /// Names of data files, where pages link to them.
    DataTexts {
        scores = "scores.json";
    }
}

texts! {
    /// `llms.txt`.
    LlmsTexts {
        about = "Write-ups and the claims they make, each with its status.";
        counts(claims, articles, day) =
            "{claims} in {articles}, as of {day}. Statuses are computed from verdicts, relations and deadlines.";
        data = "Data";
        claims_json = "Claims (JSON)";
        claims_json_about = "every claim with status, quotation, verdicts and relations";
        claims_csv = "Claims (CSV)";
        claims_csv_about = "the same as a table";
        schema = "Schema";
        schema_about = "JSON Schema of claims.json";
        graph = "Graph";
        graph_about = "claims, write-ups, people, metrics, sources and tags as nodes and edges";
        deadlines = "Deadlines";
        deadlines_about = "open and overdue forecasts as a calendar";
        lists = "Lists";
        claims_about = "with pages by kind, status and year";
        forecasts_about = "due, overdue and settled";
        disputes_about = "claims that contradict each other";
        fallout_about = "claims that rest on one that did not hold up";
        timeline_about = "claims, verdicts and deadlines by month";
        people_about = "who made the claims";
        metrics_about = "what was measured";
        sources_about = "the documents from which the claims are taken";
        articles = "Write-ups";
        all_articles = "All write-ups";
    }
}
