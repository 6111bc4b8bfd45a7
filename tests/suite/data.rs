//! Do the tools in `tests/data/` that read the data of the demo book have fixed versions?

use crate::site::repository;

#[test]
fn the_validator_pins_what_it_installs() {
    let pins = std::fs::read_to_string(repository().join("tests/data/requirements.txt")).expect("the file");
    for line in pins.lines().filter(|line| !line.starts_with('#')) {
        assert!(line.contains("=="), "{line} is not pinned");
    }
}
