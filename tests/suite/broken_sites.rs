//! Does every mistake get the report it deserves? Each folder of `tests/sites/` is a small site in
//! `in/` and its report in `expected.txt`; sites named `clean-…` have none to give, and those named
//! `…-with-drafts` are checked with their drafts. Each is a test of its own, so that one can be run by its name.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::site::{Run, TODAY, claimbook, compare_with_file, repository};

/// All cases, sorted.
pub(crate) fn cases() -> Vec<PathBuf> {
    let folder = repository().join("tests/sites");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder of cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_folder_is_in_the_list() {
    let folders: Vec<String> = cases().iter().map(|case| name(case).replace('-', "_")).collect();
    let missing: Vec<&String> = folders.iter().filter(|folder| !LIST.contains(&folder.as_str())).collect();
    assert!(missing.is_empty(), "add to the list at the end of tests/suite/broken_sites.rs: {missing:?}");
    assert_eq!(folders, LIST, "the list is not sorted, or names a site twice or one that is not there");
}

/// Check the site of a test: its report, and that each problem has a place in it.
#[track_caller]
fn check_site(test: &str) {
    let case = repository().join("tests/sites").join(test.replace('_', "-"));
    assert!(case.join("in/site.toml").is_file(), "{} has no in/site.toml", case.display());
    let found = check(&case, "human").stderr;
    let is_clean = name(&case).starts_with("clean-");
    assert_eq!(found.is_empty(), is_clean, "only sites named `clean-…` have an empty report\n{found}");
    compare_with_file(&found, &case.join("expected.txt"));
    every_problem_has_a_place(&case);
}

#[track_caller]
fn every_problem_has_a_place(case: &Path) {
    let run = check(case, "json");
    let diagnostics = run.diagnostics();
    let is_error = diagnostics.iter().any(|diagnostic| diagnostic["severity"] == "error");
    assert_eq!(run.code, Some(i32::from(is_error)));
    for diagnostic in &diagnostics {
        let labels = diagnostic["labels"].as_array().expect("a list of labels");
        for place in std::iter::once(diagnostic).chain(labels) {
            assert!(is_in(place, &case.join("in")), "{place:#}");
        }
    }
}

fn check(case: &Path, format: &str) -> Run {
    let arguments = ["check", "--quiet", "--color", "never", "--today", TODAY, "--format", format];
    let drafts = name(case).ends_with("-with-drafts").then_some("--drafts");
    claimbook(&case.join("in"), arguments.into_iter().chain(drafts))
}

/// Whether a place begins before it ends, in a line that the file has; or is a file or folder of the site as a
/// whole, or the site.
fn is_in(place: &Value, folder: &Path) -> bool {
    let number = |key: &str| place[key].as_u64().unwrap_or_default();
    let keys = ["line", "column", "end_line", "end_column"];
    let Some(file) = place["file"].as_str() else { return keys.iter().all(|key| place[key].is_null()) };
    if keys.iter().all(|key| place[key].is_null()) {
        // Only this folder can be the place of a problem by not being there.
        return file == "content" || folder.join(file).exists();
    }
    let Ok(bytes) = fs::read(folder.join(file)) else { return false };
    let lines = String::from_utf8_lossy(&bytes).split('\n').count() as u64;
    let (start, end) = ((number("line"), number("column")), (number("end_line"), number("end_column")));
    start.0 >= 1 && start.1 >= 1 && start <= end && end.0 <= lines
}

fn name(case: &Path) -> String {
    case.file_name().expect("cases have names").to_string_lossy().into_owned()
}

/// Define a test for each site, and `LIST` of their names. A name is that of the folder with `_` for `-`.
macro_rules! sites {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            check_site(stringify!($name));
        })*

        const LIST: &[&str] = &[$(stringify!($name)),*];
    };
}

// One a line, so that two branches can each add one. `every_folder_is_in_the_list` compares them with the folders.
sites! {
    bad_lock_conflict
    bad_lock_entries
    bad_lock_version
    bad_page_aliases
    bad_previews
    bad_values_of_claims
    blank_texts
    callouts_without_blank_line_between
    circle_of_three_across_files
    circle_of_two_supersedes
    claim_file_with_link_in_statement
    claim_file_without_anything
    claim_in_list_item_broken
    claim_in_own_page
    claim_in_quotation_broken
    claim_with_line_without_key
    claim_with_misspelt_kind
    claim_with_nested_list
    claim_with_plain_statement
    claim_with_second_quotation
    claim_with_stray_paragraph
    claim_with_table_and_code
    claim_with_two_statements
    claim_with_unknown_kind
    claim_with_upper_case_key
    claim_without_id
    claim_without_kind_and_speaker
    claim_without_statement
    claims_in_code_and_html
    clean_allowed_lints
    clean_byte_order_mark
    clean_callouts_in_a_row
    clean_callouts_in_lists
    clean_code_is_no_claim
    clean_crlf
    clean_dates_of_tomorrow
    clean_directions
    clean_drafts
    clean_facts
    clean_flat_addresses
    clean_front_matter_after_blank_lines
    clean_lints_off
    clean_mentions
    clean_names_in_other_scripts
    clean_numbered_names
    clean_own_templates
    clean_pages_beside_lists
    clean_partial_dates
    clean_proposed_claims
    clean_quotation_of_several_paragraphs
    clean_raw_html
    clean_seen_quotes
    clean_time_series
    clean_toml
    clean_values
    clean_verified_quotes
    clean_yaml
    colliding_alias_and_living_page
    colliding_aliases
    colliding_file_names
    colliding_flat_files
    colliding_page_and_list
    colliding_static_file_and_data
    colliding_static_file_and_folder
    colliding_static_file_and_page
    columns_after_byte_order_mark
    columns_after_crlf
    columns_after_non_ascii
    columns_after_tabs
    control_characters
    control_characters_in_messages
    deep_nestings
    direction_controls
    draft_with_mistakes
    duplicate_former_ids
    duplicate_ids_in_one_file
    duplicate_ids_in_three_forms
    empty_files
    file_names_without_letters
    file_not_utf8
    front_matter_bad_dates
    front_matter_bad_draft
    front_matter_claim_no_mapping
    front_matter_claim_without_anything
    front_matter_claims_no_list
    front_matter_closed_by_other_fence
    front_matter_deeply_nested
    front_matter_duplicate_key_yaml
    front_matter_invalid_toml
    front_matter_invalid_yaml
    front_matter_invalid_yaml_after_non_ascii
    front_matter_key_is_a_list
    front_matter_list
    front_matter_list_for_text
    front_matter_mapping_for_list
    front_matter_no_mapping
    front_matter_not_at_first_line
    front_matter_quotation_marks
    front_matter_tab_indentation
    front_matter_toml_duplicate_key
    front_matter_unclosed
    front_matter_unclosed_toml
    front_matter_unknown_keys
    front_matter_yaml_alias
    front_matter_yaml_anchor
    front_matter_yaml_merge_key
    front_matter_yaml_tag
    html_hides_claim
    html_too_long
    html_unclosed_attribute
    html_unclosed_comment
    html_unclosed_script
    ids_that_climb
    impossible_dates
    intervals_the_wrong_way
    invalid_ids
    invalid_ids_of_devices
    lazy_lines_in_claims
    lint_broken_anchors
    lint_conflicting_measurements
    lint_conflicting_relations
    lint_conflicting_times
    lint_copied_statements
    lint_cut_values
    lint_denied
    lint_drifted_quotes
    lint_early_successors
    lint_future_dates
    lint_incomplete_measurements
    lint_joined_names
    lint_lost_cells
    lint_mixed_units
    lint_near_miss_names
    lint_near_miss_names_of_files
    lint_one_sided_contradictions
    lint_open_html
    lint_overdue_forecasts
    lint_proposed_claims_with_drafts
    lint_quotes_in_statements
    lint_removed_html
    lint_silent_about_broken_claims
    lint_spelling_variants
    lint_stray_facts
    lint_unarchived_quotes
    lint_unclosed_code
    lint_unclosed_directions
    lint_undated_forecasts
    lint_underscored_files
    lint_unexplained_verdicts
    lint_unmatched_readings
    lint_unmentioned_claims
    lint_unordered_verdicts
    lint_unparsed_links
    lint_unread_files
    lint_unsourced_claims
    lint_unused_allows
    lint_unused_definitions
    lint_unused_templates
    look_alike_names
    look_alike_twins
    lost_facts
    merge_conflicts
    metrics_of_one_title
    misfitting_keys
    misfitting_verdicts
    misplaced_files
    missing_content
    missing_titles_and_names
    misspelt_heads
    names_that_are_none
    names_with_other_signs
    names_without_letters
    numbers_in_quotations
    one_cause_one_problem
    overlong_texts
    pages_in_own_folders
    pictures_from_elsewhere
    placeholders
    policy_unverified_quotes
    proposed_claims_are_unknown
    proposed_with_another_word
    raw_html_links
    relations_to_no_claim
    several_files_several_problems
    site_bad_addresses
    site_bad_base_url
    site_bad_language
    site_bad_policy
    site_bad_repository
    site_base_url_with_query
    site_error_is_no_lint
    site_invalid_toml
    site_language_by_name
    site_links_not_a_table
    site_links_under_a_base_path
    site_lints_not_a_table
    site_merge_conflict
    site_misspelt_required_key
    site_problem_beside_content_problem
    site_title_not_text
    site_unknown_key
    site_unknown_lint
    site_unknown_lint_level
    site_without_base_url
    site_without_title
    slips_in_callouts
    sources_beside_a_link
    template_circular_includes
    template_circular_parents
    template_component_calls_itself
    template_empty
    template_links
    template_loops_for_long
    template_merge_conflict
    template_syntax_error
    template_that_only_some_pages_use
    template_unknown_names
    template_without_its_parent
    template_writes_without_end
    template_wrong_date
    template_wrong_value
    three_forms_bad_date
    three_forms_bad_probability
    three_forms_bad_readings
    three_forms_empty_value
    three_forms_impossible_dates
    three_forms_invalid_alias
    three_forms_misfitting_key
    three_forms_misfitting_verdict
    three_forms_misspelt_key
    three_forms_repeated_key
    three_forms_self_relation
    three_forms_unknown_key
    three_forms_unknown_relation
    three_forms_unknown_verdict
    three_forms_unsafe_evidence
    three_forms_unsafe_source
    too_many_speakers
    two_circles_that_share_a_claim
    uncopied_file_like_the_index
    uncopied_files
    unknown_build_keys
    unknown_claim_of_a_draft
    unknown_claims
    unknown_links
    unknown_links_of_flat_sites
    unknown_links_to_drafts
    unknown_sources
    unknown_words_in_front_matter
    unsafe_link_in_statement
    unsafe_links_in_facts
    unsafe_links_in_front_matter
    unsafe_links_in_prose
    unsafe_links_no_addresses
    updated_before_date
    values_of_other_forms
    values_of_wrong_type
    verdicts_of_other_words
    wikilinks_to_other_things
}
