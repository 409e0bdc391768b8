//! Which language is spoken: what the environment asks for.

use crate::text;
use crate::texts::{self, Language};
use std::env;

/// The environment variable that names the language: `en` or `fr`.
pub const LANGUAGE_VARIABLE: &str = "KATA_LANG";

/// Speaks the language that [`LANGUAGE_VARIABLE`] names, or else that of the user's locale; English if
/// there is no such language.
///
/// # Errors
/// The variable names a language that the suite does not speak. It then speaks that of the locale.
pub fn speak() -> Result<(), String> {
    let named = env::var(LANGUAGE_VARIABLE).ok();
    let (language, wrong) = asked(named.as_deref(), sys_locale::get_locale().as_deref());
    texts::set(language);
    match wrong {
        None => Ok(()),
        Some(name) => {
            let codes: Vec<&str> = Language::ALL.iter().map(|it| it.code()).collect();
            Err(text!(
                "{variable} is `{name}`; there is {languages}",
                variable = LANGUAGE_VARIABLE,
                name = name.escape_debug(),
                languages = texts::either(&codes)
            ))
        }
    }
}

/// The language that is asked for, and the name of one that there is not.
fn asked<'n>(named: Option<&'n str>, locale: Option<&str>) -> (Language, Option<&'n str>) {
    let of_locale = locale.and_then(Language::of_locale).unwrap_or_default();
    match named.filter(|name| !name.is_empty()) {
        None => (of_locale, None),
        Some(name) => match name.parse() {
            Ok(language) => (language, None),
            Err(()) => (of_locale, Some(name)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::asked;
    use crate::texts::Language::{English, French};

    #[test]
    fn the_variable_comes_before_the_locale_and_a_wrong_one_is_named() {
        for (named, locale, expected) in [
            (None, None, (English, None)),
            (None, Some("fr-FR"), (French, None)),
            (None, Some("de-DE"), (English, None)),
            (Some("en"), Some("fr-FR"), (English, None)),
            (Some("fr"), Some("en-GB"), (French, None)),
            (Some(""), Some("fr-FR"), (French, None)),
            (Some("xx"), Some("fr-FR"), (French, Some("xx"))),
            (Some("FR"), None, (English, Some("FR"))),
        ] {
            assert_eq!(asked(named, locale), expected, "{named:?}, {locale:?}");
        }
    }
}
