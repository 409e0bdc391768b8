//! What people read, in their language.
//!
//! The English text stands in the code, where it is said: `text!("{task} waits for {what}", what = …)`.
//! For every other language there is one file, `fr.po`, that has the same text for each: its name in
//! the file is the English text. The format is gettext's, which translators' tools know.
//!
//! A text that a language lacks stays English. `tests/texts.rs` finds those, and so does
//! `cargo kata dev check`.
//!
//! | to read in this order | |
//! |---|---|
//! | `template` | a text with places for words |
//! | `catalog` | the texts of a language |
//! | `findings`, `used` | what is wrong with them; those that the code says |

mod catalog;
mod findings;
mod template;
mod used;

pub use findings::{Finding, Used, findings, findings_in};
pub use template::{Piece, Template, fill};
pub use used::{of_frame, of_script, used};

use crate::text;
use std::cell::Cell;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

/// A language that the suite speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Language {
    /// The default.
    #[default]
    English,
    /// That of the textbooks.
    French,
}

impl Language {
    /// All of them.
    pub const ALL: &[Language] = &[Language::English, Language::French];

    /// Its short name: `en`, `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
        }
    }

    /// The language of a locale such as `fr`, `fr-CA` or `fr_FR.UTF-8`, if it is one of these.
    pub fn of_locale(locale: &str) -> Option<Language> {
        let code = locale.split(['-', '_', '.', '@']).next()?;
        let mut all = Language::ALL.iter().copied();
        all.find(|language| language.code().eq_ignore_ascii_case(code))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = ();

    /// By its short name only: whoever names a language does not mean another one.
    fn from_str(name: &str) -> Result<Self, ()> {
        let mut all = Language::ALL.iter().copied();
        all.find(|language| language.code() == name).ok_or(())
    }
}

/// The language of this process, once it has been set.
static LANGUAGE: OnceLock<Language> = OnceLock::new();

thread_local! {
    /// The language of what this thread does, where that is another one.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Sets the language of this process; the first to do so decides.
pub fn set(language: Language) {
    // Whoever comes second has read the same environment.
    let _ = LANGUAGE.set(language);
}

/// The language that is spoken.
pub fn language() -> Language {
    let process = || LANGUAGE.get().copied().unwrap_or_default();
    HERE.get().unwrap_or_else(process)
}

/// What `speak` comes to in this language, on this thread.
pub fn speaking<R>(language: Language, speak: impl FnOnce() -> R) -> R {
    /// A panic must not leave the language behind.
    struct Before(Option<Language>);
    impl Drop for Before {
        fn drop(&mut self) {
            HERE.set(self.0);
        }
    }
    let _before = Before(HERE.replace(Some(language)));
    speak()
}

/// The text in the language that is spoken; as it stands, if it has no such text.
pub fn of(english: &str) -> &str {
    translated(english).unwrap_or(english)
}

/// A text of the command line's help in the language that is spoken, if it has one of its own.
pub fn help(english: &str) -> Option<&'static str> {
    catalog::of(language())?.help(english)
}

/// A number's thing in the language that is spoken: "execution" or "executions".
pub fn noun(thing: &str, number: u64) -> String {
    let found = forms(thing).map(|(one, many)| {
        // In French nought is one too.
        if number < 2 { one } else { many }
    });
    match found {
        Some(noun) => noun.to_owned(),
        None if number == 1 => thing.to_owned(),
        None => match thing.strip_suffix("ry") {
            Some(stem) => format!("{stem}ries"),
            None => format!("{thing}s"),
        },
    }
}

/// "a", "a or b", "a, b or c".
pub fn either(items: &[impl AsRef<str>]) -> String {
    joined(items, |most, last| text!("{most} or {last}", most, last))
}

/// "a", "a and b", "a, b and c".
pub fn list(items: &[impl AsRef<str>]) -> String {
    joined(items, |most, last| text!("{most} and {last}", most, last))
}

/// The items, with what comes between the last one and those before it.
fn joined(items: &[impl AsRef<str>], at_the_end: impl FnOnce(&str, &str) -> String) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            at_the_end(&most.join(", "), last.as_ref())
        }
    }
}

/// The text in the language that is spoken, if it has one of its own.
pub fn translated(english: &str) -> Option<&'static str> {
    catalog::of(language())?.text(english)
}

fn forms(thing: &str) -> Option<(&'static str, &'static str)> {
    catalog::of(language())?.noun(thing)
}

/// A text for people, in their language: `text!("no sender is left")`, or with words in it:
/// `text!("{task} waits for {what}", task, what = names.object(lock))`.
///
/// Each word has a name, and is written as `{}` would be. The compiler checks the names in the
/// English text, and `tests/texts.rs` in the others.
#[macro_export]
#[doc(hidden)]
macro_rules! text {
    (@value $name:ident) => { $name };
    (@value $name:ident $value:expr) => { $value };
    ($template:literal $(,)?) => { $crate::texts::of($template) };
    ($template:literal $(, $name:ident $(= $value:expr)?)+ $(,)?) => {
        match ($(&$crate::text!(@value $name $($value)?),)+) {
            ($($name,)+) => {
                // Not run: it has the compiler compare the names.
                if false {
                    let _ = format!($template, $($name = $name),+);
                }
                $crate::texts::fill(
                    $crate::texts::of($template),
                    &[$((stringify!($name), $name as &dyn ::std::fmt::Display)),+],
                )
            }
        }
    };
}

/// Marks an English noun that is counted later, by [`noun`](texts::noun()).
#[macro_export]
#[doc(hidden)]
macro_rules! noun {
    ($noun:literal $(,)?) => {
        $noun
    };
}

/// Marks an English text that is told later, by [`of`](texts::of): in a constant, or where it is a name
/// as well.
#[macro_export]
#[doc(hidden)]
macro_rules! told_later {
    ($text:literal $(,)?) => {
        $text
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        for (locale, language) in [
            ("fr", Some(Language::French)),
            ("fr_FR.UTF-8", Some(Language::French)),
            ("FR-ca", Some(Language::French)),
            ("en_GB", Some(Language::English)),
            ("de_DE", None),
            ("C.UTF-8", None),
            ("frr_DE", None),
            ("", None),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
    }

    #[test]
    fn a_language_that_there_is_not_is_refused() {
        assert_eq!("fr".parse(), Ok(Language::French));
        assert_eq!("xx".parse::<Language>(), Err(()));
    }

    #[test]
    fn words_come_in_the_places_of_their_names() {
        let holder = "adder-1";
        assert_eq!(text!("held by {holder}", holder), "held by adder-1");
        assert_eq!(
            text!("{lock}, held by {holder}", lock = "count", holder),
            "count, held by adder-1"
        );
    }

    #[test]
    fn another_language_is_spoken_for_a_while_even_if_it_ends_in_a_panic() {
        let nobody = || text!("nobody waits");
        assert_eq!(speaking(Language::French, nobody), "personne n'attend");
        let panics = || speaking(Language::French, || panic!("half-way"));
        assert!(std::panic::catch_unwind(panics).is_err());
        assert_eq!(nobody(), "nobody waits");
    }

    #[test]
    fn things_are_counted_as_each_language_counts() {
        let counted = |language, number| speaking(language, || noun("execution", number));
        let all = |language| [0, 1, 2].map(|number| counted(language, number));
        assert_eq!(
            all(Language::English),
            ["executions", "execution", "executions"]
        );
        assert_eq!(
            all(Language::French),
            ["exécution", "exécution", "exécutions"]
        );
    }

    #[test]
    fn what_has_no_text_stays_english() {
        let told = speaking(Language::French, || of("no such text").to_owned());
        assert_eq!(told, "no such text");
    }
}
