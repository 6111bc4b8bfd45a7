//! The lists of English words and phrases by which claims are found. Each is a text file in `lists/` with one entry
//! a line; lines that begin with `#` say what the entries have in common. Short lists, and lists whose order has a
//! meaning, are where they are used.

use std::sync::LazyLock;

/// The entries of a file, in its order. The file is parsed when the list is first used.
pub(super) type List = LazyLock<Vec<&'static str>>;

/// Define a list for each file, with the name of the file.
macro_rules! lists {
    ($($name:ident $file:literal)*) => {
        $(pub(super) static $name: List = LazyLock::new(|| entries(include_str!(concat!("lists/", $file))));)*

        #[cfg(test)]
        const ALL: &[(&str, &List)] = &[$(($file, &$name)),*];
    };
}

lists! {
    AHEAD "ahead.txt"
    BEFORE_A_YEAR "before-a-year.txt"
    BETWEEN "between.txt"
    COMMON "common.txt"
    FORECASTING "forecasting.txt"
    JUDGING "judging.txt"
    LABELS "labels.txt"
    MEASURING "measuring.txt"
    NO_NAMES "no-names.txt"
    ORGANISATIONS "organisations.txt"
    REPORTING "reporting.txt"
    STAND_INS "stand-ins.txt"
    UNITS "units.txt"
    VALUES "values.txt"
    VIEWS "views.txt"
}

/// The form that a unit of [`UNITS`] has in a value. Ignores upper and lower case of ASCII letters.
pub(super) fn form_of_unit(unit: &str) -> Option<&'static str> {
    UNITS.iter().copied().find_map(|entry| {
        let (known, form) = entry.split_once(" = ").unwrap_or((entry, entry));
        unit.eq_ignore_ascii_case(known).then_some(form)
    })
}

fn entries(file: &str) -> Vec<&str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_entry_is_in_its_list_once_and_can_be_found() {
        for (file, list) in ALL {
            let distinct: BTreeSet<&str> = list.iter().copied().collect();
            assert!(!list.is_empty() && distinct.len() == list.len(), "{file} is empty or repeats an entry");
            for entry in list.iter().copied() {
                let (words, _) = entry.split_once(" = ").unwrap_or((entry, entry));
                // Words are compared one by one, and those of `common.txt` with texts in lower case.
                let is_plain = words.split(' ').all(|word| !word.is_empty() && word == word.to_lowercase());
                assert!(is_plain, "{file}: {entry}");
            }
        }
    }

    #[test]
    fn units_have_their_form_in_a_value() {
        assert_eq!(form_of_unit("per-cent"), Some("%"));
        assert_eq!(form_of_unit("FLOP"), Some("FLOP"));
        assert_eq!(form_of_unit("Watts"), Some("watts"));
        assert_eq!(form_of_unit("offices"), None);
    }
}
