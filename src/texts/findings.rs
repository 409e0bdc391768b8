//! What is wrong with a file of texts: what it lacks, what it has too much, what is not the same.

use super::Language;
use super::catalog::{self, Catalog};
use super::template::Template;
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// What the code says, in English.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Used {
    /// Texts.
    pub texts: BTreeSet<String>,
    /// Nouns that are counted.
    pub nouns: BTreeSet<String>,
    /// Texts of the command line's help; nothing if nobody has asked for them.
    pub help: Option<BTreeSet<String>>,
}

/// Something wrong with a file of texts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Finding {
    /// It has no such text.
    Missing(String),
    /// It has a text that nobody says any more.
    NotSaid(String),
    /// The words in the text are not those of the English one.
    OtherWords(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Missing(text) => write!(f, "there is no text for {text:?}"),
            Finding::NotSaid(text) => write!(f, "nobody says {text:?}"),
            Finding::OtherWords(text) => write!(f, "other words than in {text:?}"),
        }
    }
}

/// What is wrong with the file of a language, in order; English has none.
pub fn findings(language: Language, used: &Used) -> Vec<Finding> {
    catalog::file(language).map_or(Vec::new(), |file| findings_in(file, used))
}

/// What is wrong with a file of texts, in order.
///
/// # Panics
/// If it is not in gettext's format.
pub fn findings_in(file: &str, used: &Used) -> Vec<Finding> {
    let Catalog { texts, nouns, help } = Catalog::read(file);
    let mut found = compared(&texts, &used.texts);
    if let Some(used) = &used.help {
        found.extend(compared(&help, used));
    }
    let forms: HashMap<String, String> = nouns
        .iter()
        .map(|(noun, (one, _))| (noun.clone(), one.clone()))
        .collect();
    found.extend(compared(&forms, &used.nouns));
    found.sort();
    found
}

fn compared(texts: &HashMap<String, String>, used: &BTreeSet<String>) -> Vec<Finding> {
    let missing = used.iter().filter(|text| !texts.contains_key(*text));
    let not_said = texts.keys().filter(|text| !used.contains(*text));
    let is_other = |(english, other): &(&String, &String)| {
        Template::new(english).names() != Template::new(other).names()
    };
    let others = texts.iter().filter(is_other);
    let missing = missing.cloned().map(Finding::Missing);
    let not_said = not_said.cloned().map(Finding::NotSaid);
    let others = others.map(|(english, _)| Finding::OtherWords(english.clone()));
    missing.chain(not_said).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "msgid \"\"\nmsgstr \"\"\n\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n";

    fn used() -> Used {
        let set = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Used {
            texts: set(&["{task} waits", "{} or {}"]),
            nouns: set(&["step"]),
            help: Some(set(&["List"])),
        }
    }

    const TEXTS: [&str; 4] = [
        "msgid \"{task} waits\"\nmsgstr \"{task} attend\"",
        "msgid \"{} or {}\"\nmsgstr \"{1} ou {0}\"",
        "msgid \"step\"\nmsgid_plural \"steps\"\nmsgstr[0] \"étape\"\nmsgstr[1] \"étapes\"",
        "msgctxt \"help\"\nmsgid \"List\"\nmsgstr \"Lister\"",
    ];

    fn found(texts: &[&str]) -> Vec<Finding> {
        findings_in(&format!("{HEAD}\n{}\n", texts.join("\n\n")), &used())
    }

    #[test]
    fn a_whole_file_has_no_findings() {
        assert_eq!(found(&TEXTS), []);
    }

    #[test]
    fn whatever_is_wrong_is_found() {
        use Finding::{Missing, NotSaid, OtherWords};
        let [waits, or, step, list] = TEXTS;
        let named = |finding: fn(String) -> Finding, text: &str| finding(text.to_owned());
        for (texts, finding) in [
            (vec![or, step, list], named(Missing, "{task} waits")),
            (vec![waits, or, list], named(Missing, "step")),
            (vec![waits, or, step], named(Missing, "List")),
            (
                vec![waits, or, step, list, "msgid \"old\"\nmsgstr \"ancien\""],
                named(NotSaid, "old"),
            ),
            (
                vec![
                    waits,
                    or,
                    step,
                    list,
                    "msgctxt \"help\"\nmsgid \"old\"\nmsgstr \"ancien\"",
                ],
                named(NotSaid, "old"),
            ),
            (
                vec![
                    "msgid \"{task} waits\"\nmsgstr \"{tâche} attend\"",
                    or,
                    step,
                    list,
                ],
                named(OtherWords, "{task} waits"),
            ),
            (
                vec![waits, "msgid \"{} or {}\"\nmsgstr \"{}\"", step, list],
                named(OtherWords, "{} or {}"),
            ),
            (
                vec!["msgid \"{task} waits\"\nmsgstr \"\"", or, step, list],
                named(Missing, "{task} waits"),
            ),
            (
                vec![
                    waits,
                    or,
                    "msgid \"step\"\nmsgid_plural \"steps\"\nmsgstr[0] \"étape\"\nmsgstr[1] \"\"",
                    list,
                ],
                named(Missing, "step"),
            ),
        ] {
            assert_eq!(found(&texts), [finding], "{texts:?}");
        }
    }
}
