//! Every text that the code says is there in every language, with the same words in it.
#![cfg(not(loom))]

use kata::texts::{self, Language, Template};
use std::collections::BTreeMap;
use std::path::Path;

/// The names of a text's words. Places without a name may have numbers in another language.
fn words(text: &str) -> Vec<String> {
    let names = Template::new(text).names();
    let is_place = |name: &str| name.is_empty() || name.parse::<usize>().is_ok();
    let place = |name: &&str| if is_place(name) { "" } else { *name }.to_owned();
    names.iter().map(place).collect()
}

#[test]
fn every_text_is_there_in_every_language_and_no_other() {
    let used = texts::used(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("the source");
    assert!(used.len() > 100, "only {} texts", used.len());
    for &language in Language::ALL.iter().filter(|&&it| it != Language::English) {
        let all: BTreeMap<String, String> = texts::all(language).into_iter().collect();
        let missing: Vec<&String> = used
            .iter()
            .filter(|text| !all.contains_key(*text))
            .collect();
        let stale: Vec<&String> = all.keys().filter(|text| !used.contains(*text)).collect();
        assert!(
            missing.is_empty() && stale.is_empty(),
            "src/texts/{language}.po: missing are {missing:#?}, and nobody says {stale:#?}"
        );
    }
}

#[test]
fn a_text_has_the_same_words_in_every_language() {
    for &language in Language::ALL {
        for (english, other) in texts::all(language) {
            assert_eq!(words(&english), words(&other), "{language}: {english}");
        }
    }
}
