//! What people read in other languages: whether it is all there, and whether it is right.
#![cfg(not(loom))]

use kata::texts::{self, Finding, Language, Used};
use std::fs;
use std::path::Path;

fn source() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All that the code says, but for the command line's help, of which only the command knows.
fn used() -> Used {
    texts::used(&source()).expect("the source")
}

fn others() -> impl Iterator<Item = Language> {
    let all = Language::ALL.iter().copied();
    all.filter(|language| *language != Language::English)
}

#[test]
fn every_text_is_there_in_every_language_and_no_other() {
    let used = used();
    assert!(used.texts.len() > 500 && used.nouns.len() > 20, "{used:?}");
    for language in others() {
        let findings = texts::findings(language, &used);
        assert!(
            findings.is_empty(),
            "src/texts/{language}.po: {findings:#?}"
        );
    }
}

#[test]
fn a_text_that_the_code_says_anew_is_missing_and_one_that_it_no_longer_says_is_too_many() {
    let (label, noun) = ("a lost update", "execution");
    let mut other = used();
    other.texts.remove(label);
    other.texts.insert("a new text".to_owned());
    other.nouns.remove(noun);
    for language in others() {
        let expected = [
            Finding::Missing("a new text".to_owned()),
            Finding::NotSaid(label.to_owned()),
            Finding::NotSaid(noun.to_owned()),
        ];
        assert_eq!(texts::findings(language, &other), expected);
    }
}

#[test]
fn a_word_that_another_language_names_otherwise_is_found_in_its_file() {
    let file = fs::read_to_string(source().join("texts/fr.po")).expect("the French texts");
    let broken = file.replacen(
        "\"{task} attend {wait}{at}\"",
        "\"{thread} attend {wait}{at}\"",
        1,
    );
    assert_ne!(file, broken);
    assert_eq!(
        texts::findings_in(&broken, &used()),
        [Finding::OtherWords(
            "{task} waits for {wait}{at}".to_owned()
        )]
    );
}

/// A file's text without code, in which signs have no spaces before them.
fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect()
}

#[test]
fn french_signs_have_spaces_before_them_that_do_not_break() {
    let file = fs::read_to_string(source().join("texts/fr.po")).expect("the French texts");
    let mut lines = file.lines().skip_while(|line| !line.is_empty());
    let mut is_french = false;
    let mut checked = 0;
    lines
        .try_for_each(|line| {
            is_french = line.starts_with("msgstr") || is_french && line.starts_with('"');
            let text = without_code(line);
            let breaks = [" :", " ;", " ?", " !", " »", "« "]
                .iter()
                .any(|sign| text.contains(sign));
            let is_path = text.contains("::");
            checked += usize::from(is_french);
            (!is_french || !breaks || is_path)
                .then_some(())
                .ok_or_else(|| line.to_owned())
        })
        .expect("no space that breaks before a sign");
    assert!(checked > 500, "{checked}");
}
