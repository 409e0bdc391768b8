//! The texts of a language, from its file.

use super::Language;
use polib::catalog::Catalog as File;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The French texts.
const FRENCH: &str = include_str!("fr.po");

/// Under this name the file has the texts of the command line's help.
pub(super) const HELP: &str = "help";

/// The texts of a language, by the English ones.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    pub(super) texts: HashMap<String, String>,
    /// One, and several, of what is counted.
    pub(super) nouns: HashMap<String, (String, String)>,
    pub(super) help: HashMap<String, String>,
}

/// The file of a language; English needs none.
pub(super) fn file(language: Language) -> Option<&'static str> {
    match language {
        Language::English => None,
        Language::French => Some(FRENCH),
    }
}

/// The catalog of a language; English needs none.
pub(super) fn of(language: Language) -> Option<&'static Catalog> {
    static OF_FRENCH: OnceLock<Catalog> = OnceLock::new();
    match language {
        Language::English => None,
        Language::French => Some(OF_FRENCH.get_or_init(|| Catalog::read(FRENCH))),
    }
}

impl Catalog {
    /// Reads a file of texts.
    ///
    /// # Panics
    /// If it is broken: it is a part of this crate.
    pub(super) fn read(file: &str) -> Self {
        let file: File = polib::po_file::parse_from_reader(file.as_bytes())
            .expect("a file of texts in gettext's format");
        let mut catalog = Catalog::default();
        for message in file.messages().filter(|message| message.is_translated()) {
            let english = message.msgid().to_owned();
            let context = message.msgctxt();
            if let Ok([one, several]) = message.msgstr_plural().map(Vec::as_slice) {
                let forms = (one.clone(), several.clone());
                catalog.nouns.insert(english, forms);
            } else if let Ok(text) = message.msgstr() {
                let texts = match context {
                    Some(HELP) => &mut catalog.help,
                    _ => &mut catalog.texts,
                };
                texts.insert(english, text.to_owned());
            }
        }
        catalog
    }

    pub(super) fn text(&self, english: &str) -> Option<&str> {
        self.texts.get(english).map(String::as_str)
    }

    pub(super) fn help(&self, english: &str) -> Option<&str> {
        self.help.get(english).map(String::as_str)
    }

    pub(super) fn noun(&self, english: &str) -> Option<(&str, &str)> {
        let (one, several) = self.nouns.get(english)?;
        Some((one, several))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "finished"
msgstr "terminé"

msgid "not yet"
msgstr ""

msgid "step"
msgid_plural "steps"
msgstr[0] "étape"
msgstr[1] "étapes"

msgctxt "help"
msgid "List the katas"
msgstr "Lister les katas"
"#;

    #[test]
    fn texts_nouns_and_help_are_read_apart_and_what_is_empty_is_not_there() {
        let catalog = Catalog::read(FILE);
        assert_eq!(catalog.text("finished"), Some("terminé"));
        assert_eq!(catalog.text("not yet"), None);
        assert_eq!(catalog.noun("step"), Some(("étape", "étapes")));
        assert_eq!(catalog.help("List the katas"), Some("Lister les katas"));
        assert_eq!(catalog.text("List the katas"), None);
    }
}
