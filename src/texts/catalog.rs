//! The texts of a language, from its file.

use super::Language;
use polib::catalog::Catalog as File;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The French texts.
const FRENCH: &str = include_str!("fr.po");

/// The texts of a language, by the English ones.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    texts: HashMap<String, String>,
    /// One, and several, of what is counted.
    nouns: HashMap<String, (String, String)>,
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
    fn read(file: &str) -> Self {
        let file: File = polib::po_file::parse_from_reader(file.as_bytes())
            .expect("a file of texts in gettext's format");
        let mut catalog = Catalog::default();
        for message in file.messages().filter(|message| message.is_translated()) {
            let english = message.msgid().to_owned();
            if let Ok(forms) = message.msgstr_plural() {
                let mut forms = forms.iter().cloned();
                let mut next = || forms.next().expect("one, and several");
                catalog.nouns.insert(english, (next(), next()));
            } else if let Ok(text) = message.msgstr() {
                catalog.texts.insert(english, text.to_owned());
            }
        }
        catalog
    }

    pub(super) fn text(&self, english: &str) -> Option<&str> {
        self.texts.get(english).map(String::as_str)
    }

    pub(super) fn noun(&self, english: &str) -> Option<(&str, &str)> {
        let (one, several) = self.nouns.get(english)?;
        Some((one, several))
    }

    /// All texts, and the first forms of all nouns, by the English ones.
    pub(super) fn all(&self) -> Vec<(String, String)> {
        let nouns = self.nouns.iter().map(|(noun, (one, _))| (noun, one));
        let all = self.texts.iter().chain(nouns);
        all.map(|(english, other)| (english.clone(), other.clone()))
            .collect()
    }
}
