//! Texts of the pages of forecasts, scores and metrics, and of charts.

texts! {
    /// The page of forecasts.
    ForecastTexts {
        about = "Every forecast in this book, and how it turned out.";
        scoreboard = "Scoreboard";
        questions = "Shared questions";
        questions_about = "Several forecasts of the same event, side by side.";
        questions_pager = "Questions";
        calendar = "Deadlines as a calendar (ICS)";
        due = "Due next";
        overdue = "Overdue";
        none_open = "No forecast is open.";
        none_overdue = "No deadline has passed without a verdict.";
        judged = "With a verdict";
        none_judged = "No forecast has a verdict yet.";
        forecast = "Forecast";
        outcome = "Outcome";
        forecaster = "Forecaster";
        probability = "Probability";
        verdict = "Verdict";
        replaced = "Replaced by a newer forecast";
        all_replaced = "All claims that were replaced";
        all_open(count) = "{count} open forecast" | "All {count} open forecasts";
        all_overdue(count) = "{count} overdue forecast" | "All {count} overdue forecasts";
        all_with(count, status) = "{count} forecast: {status}" | "All {count} forecasts: {status}";
    }
}

texts! {
    /// Scores of forecasters. The rules that these texts explain are those of `src/score.rs`.
    ScoreTexts {
        forecaster = "Forecaster";
        forecasts = "Forecasts";
        open = "No verdict yet";
        settled = "Settled";
        outcomes(settled, came_true, did_not_happen) =
            "{settled} ({came_true} came true, {did_not_happen} did not happen)";
        uncounted = "Other outcomes";
        partly(count) = "{count} partly came true" | "{count} partly came true";
        annulled(count) = "{count} void" | "{count} void";
        unfalsifiable(count) = "{count} cannot be settled" | "{count} cannot be settled";
        hit_rate = "Share that came true";
        outcome = "What became of them";
        came_true_count(count) = "{count} came true" | "{count} came true";
        did_not_count(count) = "{count} did not happen" | "{count} did not happen";
        brier = "Brier";
        log = "Log";
        brier_score = "Brier score";
        log_score = "Log score";
        lead = "Typical lead";
        lead_words(days) = "median {days} from forecast to deadline, or to verdict if it has no deadline";
        with_number(value, number) = "{value} (n\u{a0}=\u{a0}{number})";
        with_interval(value, interval, number) = "{value} (95\u{a0}% interval {interval}, n\u{a0}=\u{a0}{number})";
        number(number) = "(n\u{a0}=\u{a0}{number})";
        interval_and_number(interval, number) = "({interval}, n\u{a0}=\u{a0}{number})";
        interval(low, high) = "{low} to {high}";
        too_few = "too few";
        none = "none yet";
        most(shown, total) = "The {shown} forecasters with the most settled forecasts, of {total}.";
        data(file) = "All records as data: {file}.";
        rules = "How forecasts are scored";
        rule_settled =
            "A forecast is settled when its latest verdict says that it came true or did not happen. The share that came true is of settled forecasts, whatever probability was stated, with Wilson’s 95\u{a0}% interval. It does not say how good somebody’s forecasts are: a forecast of 10\u{a0}% that does not happen was a good one.";
        rule_uncounted =
            "Forecasts without a verdict, and forecasts that partly came true, are void or cannot be settled, are counted separately and are not part of that share. A forecast without a verdict is counted even if a newer forecast has replaced it.";
        rule_stated =
            "Brier score, log score and calibration use settled forecasts with a probability that the forecaster stated. A probability that the author of a write-up inferred is never scored.";
        rule_brier =
            "Brier score: the mean of (probability − outcome)², where the outcome is 1 or 0. 0 is perfect; always saying 50\u{a0}% gives 0.25.";
        rule_log =
            "Log score: the mean natural logarithm of the probability that the forecaster gave to what happened. 0 is perfect; always saying 50\u{a0}% gives −0.69. A probability below 0.1\u{a0}% counts as 0.1\u{a0}%.";
        rule_lead =
            "Typical lead: the median number of days from the day on which a settled forecast was said to its deadline, or to its verdict if it has no deadline.";
        rule_enough(enough) =
            "A rate or a score is shown once it is based on {enough} forecasts; n is their number. A forecast by several people counts for each of them.";
        enough = "A share is shown from five settled forecasts on, scores from five with a stated probability.";
        calibration = "Calibration";
        calibration_of(count) = "Calibration, {count} forecast" | "Calibration, {count} forecasts";
        calibration_none(enough) =
            "A calibration plot appears once {enough} forecasts with a stated probability are settled; so far there are none.";
        calibration_few(count, enough) =
            "A calibration plot appears once {enough} forecasts with a stated probability are settled; so far there is {count}."
            | "A calibration plot appears once {enough} forecasts with a stated probability are settled; so far there are {count}.";
        calibration_caption =
            "Each dot compares the stated probability with the share that came true. Forecasts on the dashed line are well calibrated; a larger dot means more forecasts.";
        range = "Range";
        range_words(low, high) = "{low}% to {high}%";
        n = "n";
        mean = "Mean probability";
        came_true = "Came true";
    }
}

texts! {
    /// Dates that moved.
    MovingTexts {
        heading = "Dates that moved";
        heading_of(names) = "A date that moved: {names}";
        expected = "Expected date";
        deadline = "Deadline";
        overall(what, moved) = "{what}, {moved} overall";
        label(what) = "{what} in each forecast. The list has the same dates.";
        said(date) = "said {date}";
        later(span) = "later by {span}";
        earlier(span) = "earlier by {span}";
        unmoved = "unchanged";
        years_and_months(years, months) = "{years} {months}";
    }
}

texts! {
    /// The page of a question.
    QuestionTexts {
        question = "question";
        about = "Forecasts of one event, side by side.";
        count(count) = "One forecast of this event." | "{count} forecasts of the same event, oldest first.";
        probability = "Probability";
        expected_date = "Expected date";
        expected_number = "Expected number";
        deadline = "Deadline";
        label(title) = "{title} against the day each forecast was made. The table below has the same values.";
        point(name, said, answer, status) = "{name}, {said}: {answer}, {status}";
        by(date) = "by {date}";
        probability_by(probability, date) = "{probability} by {date}";
        inferred(answer) = "{answer}, inferred";
        and_more(name, count) = "{name} and {count} more";
        caption =
            "Each point is a forecast, at the day it was made; select it to open its claim. Faded points were replaced later.";
        caption_lines =
            "A line joins forecasts of one speaker: solid where the later one replaces the earlier, dashed where it only followed.";
        caption_intervals = "Vertical bars show the intervals of the forecasts.";
        caption_missing(drawn, missing) = "The newest {drawn} are drawn; the table has {missing} more.";
        answer = "Answer";
        due = "Due";
        no_deadline = "none";
    }
}

texts! {
    /// The page of a metric.
    MetricTexts {
        about(name) = "Measurements of {name}";
        points(number) = "{number} points";
        times(number) = "{number} times";
        csv = "CSV";
        svg = "SVG";
        png = "PNG";
        unit = "Unit";
        better = "Better values";
        higher = "higher";
        lower = "lower";
        scale = "Scale";
        linear = "linear";
        logarithmic = "logarithmic";
        scale_instead(drawn, wanted) = "{drawn}, not {wanted}";
        marks = "Marks";
        measurements = "Measurements";
        none = "There is no measurement yet.";
        earlier_pages = "All measurements are on the pages before this one.";
        methods_differ = "Values of different methods cannot be compared with each other.";
        caption = "Each name links to the claim that gives the value.";
        subject = "What was measured";
        status = "Status";
        date = "Date";
        value = "Value";
        forecasts = "Forecasts about it";
    }
}

texts! {
    /// Captions and labels of charts.
    ChartTexts {
        forecasts = "Forecasts";
        label(count, name) =
            "{name}: {count} value by date. The tables have the same values."
            | "{name}: {count} values by date. The tables have the same values.";
        label_of_panel(name, method) = "{name}, {method}";
        panels = "Each method has a chart of its own with the same scales, because values of different methods cannot be compared. Grey dots are the values of the others.";
        small(count) = "{count} measurement." | "{count} measurements.";
        small_log(count) = "{count} measurement, on a logarithmic scale." | "{count} measurements, on a logarithmic scale.";
        small_methods(count) = "{count} measurement, one shape for each method." | "{count} measurements, one shape for each method.";
        small_methods_log(count) =
            "{count} measurement, one shape for each method, on a logarithmic scale."
            | "{count} measurements, one shape for each method, on a logarithmic scale.";
        headline(from, to, span) = "From {from} to {to} in {span}";
        headline_of_month(count, month) = "{count} measurement of {month}" | "{count} measurements of {month}";
        headline_of_months(count, first, last) = "{count} measurement, {first} to {last}" | "{count} measurements, {first} to {last}";
        what(name) = "{name}, by date.";
        what_in(name, unit) = "{name} in {unit}, by date.";
        interval(low, high) = "interval {low} to {high}";
        same_value(written, words) = "{written} ({words})";
        value_about(value) = "about {value}";
        value_below(value) = "less than {value}";
        value_above(value) = "more than {value}";
        subject_unknown = "Subject not stated";
        others(count) = "{count} other series" | "{count} other series";
        groups(count) = "{count} series" | "{count} series";
        expects(subject, name, value, facts) = "{subject}, expected by {name}: {value}; {facts}";
        measured(subject, value, facts) = "{subject}: {value}; {facts}";
        is_log = "Logarithmic scale.";
        no_log = "The scale is linear, because a logarithmic scale cannot show zero or negative values.";
        intervals = "Vertical lines are intervals.";
        cut_intervals = "An interval that ends in an arrow continues beyond the chart.";
        records = "The steps are the records.";
        records_of(name) = "The steps are the records of {name}.";
        lines = "A line joins values of one subject by one method.";
        about = "A dotted ring marks an approximate value.";
        bounds = "An arrow at a mark means that the value is above or below it.";
        replaced = "Hollow marks have been replaced by newer claims.";
        same_day(name) = "Marks on the same day as a value of {name} are hollow.";
        hollow = "Hollow diamonds are forecasts at their deadline; a dashed line leads from the record of the day on which the forecast was made.";
        today = "The dotted line is the day on which this page was built.";
        dots = "Small dots are values that were no record.";
        thinned(shown, total) = "{shown} of {total} values are drawn, evenly spaced.";
        methods = "Values of different methods cannot be compared.";
        doubles(span) = "Doubles every {span}";
        halves(span) = "Halves every {span}";
        rises(amount) = "Rises by {amount} a year";
        falls(amount) = "Falls by {amount} a year";
        trend(words, low, high, records) = "{words}, as fitted to {records} records (95\u{a0}% interval {low} to {high}).";
        no_trend = "No trend is drawn, because it needs at least four records and a slope whose 95\u{a0}% interval excludes zero.";
        source(names) = "Source: {names}.";
        counts(counts, date) = "{counts}, as of {date}.";
        more_sources(count) = "{count} more" | "{count} more";
        few_methods = "The two values are of different methods and cannot be compared.";
        none = "There is no chart, because no value has a date and the unit of the metric.";
        undrawn(count, reasons) = "{count} value is not drawn: {reasons}." | "{count} values are not drawn: {reasons}.";
        other_unit(number, unit, expected) = "{number} in {unit}, not in {expected}";
        other_units(number) = "{number} in other units";
        undated(number) = "{number} without a date";
        calibration = "Calibration plot: the share that came true against the stated probability. The table below has the same values.";
        calibration_number(number) = "n = {number}";
        calibration_axis = "stated probability";
    }
}
