//! Wrong command lines, explained in the language that is spoken. English has clap's own words.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use kata::text;
use kata::texts::{self, Language};
use std::error::Error as _;

/// What is wrong with the command line, and what to do; `None` if clap is to say it.
pub fn told(error: &Error) -> Option<String> {
    if texts::language() == Language::English {
        return None;
    }
    let what = what(error)?;
    let mut text = text!("error: {error}", error = what) + "\n";
    if let Some(values) = named(error, ContextKind::ValidValue) {
        let names = values.join(", ");
        text += &format!(" {}\n", text!(" [possible values: {names}]", names));
    }
    for kind in [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ] {
        if let Some(names) = named(error, kind) {
            let names = texts::either(&names);
            text += &format!("\n  {}\n", text!("tip: perhaps {names} is meant", names));
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        text += &format!("\n{usage}\n");
    }
    Some(text + "\n" + text!("For more information, try '--help'.") + "\n")
}

fn what(error: &Error) -> Option<String> {
    let named = |kind| named(error, kind).map(|names| texts::list(&names));
    let argument = named(ContextKind::InvalidArg);
    let value = named(ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            text!("unexpected argument {argument}", argument = argument?)
        }
        ErrorKind::InvalidSubcommand => {
            let verb = named(ContextKind::InvalidSubcommand)?;
            text!("there is no command {verb}", verb)
        }
        ErrorKind::InvalidValue if value.as_deref() == Some("''") => {
            text!("{argument} needs a value", argument = argument?)
        }
        ErrorKind::InvalidValue => text!(
            "{value} is no value of {argument}",
            value = value?,
            argument = argument?
        ),
        ErrorKind::ValueValidation => text!(
            "{value} is no value of {argument}: {why}",
            value = value?,
            argument = argument?,
            why = error.source()?
        ),
        ErrorKind::MissingRequiredArgument => {
            text!("{arguments} is missing", arguments = argument?)
        }
        ErrorKind::ArgumentConflict => text!(
            "{argument} cannot be used with {other}",
            argument = argument?,
            other = named(ContextKind::PriorArg)?
        ),
        ErrorKind::TooManyValues => text!(
            "unexpected value {value} of {argument}",
            value = value?,
            argument = argument?
        ),
        _ => return None,
    })
}

/// What is named there, each in quotes.
fn named(error: &Error, kind: ContextKind) -> Option<Vec<String>> {
    let quoted = |name: &String| format!("'{name}'");
    match error.get(kind)? {
        ContextValue::String(name) => Some(vec![quoted(name)]),
        ContextValue::Strings(names) if !names.is_empty() => {
            Some(names.iter().map(quoted).collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    fn explained(arguments: &[&str]) -> Option<String> {
        let arguments = std::iter::once(&"kata").chain(arguments);
        let error = Cli::command().try_get_matches_from(arguments);
        told(&error.expect_err("a wrong command line"))
    }

    #[test]
    fn wrong_command_lines_are_explained_in_french() {
        for (arguments, says) in [
            (["list", "--all"].as_slice(), "argument inattendu '--all'"),
            (&["lst"], "il n'y a pas de commande 'lst'"),
            (
                &["brief", "counte"],
                "'counte' n'est pas une valeur de '<NAME>'",
            ),
            (&["brief", "counte"], "conseil\u{a0}: peut-être 'counter'"),
            (
                &["brief", "counte"],
                "[valeurs possibles\u{a0}: 'counter', 'latch'",
            ),
            (&["brief"], "il manque '<NAME>'"),
            (
                &["replay", "x"],
                "'x' n'est pas une valeur de '<TOKEN>'\u{a0}: ",
            ),
            (
                &["check", "--only"],
                "'--only <CHECK>' a besoin d'une valeur",
            ),
        ] {
            let text = texts::speaking(Language::French, || explained(arguments));
            let text = text.expect("words");
            assert!(text.contains(says), "no `{says}` in:\n{text}");
            assert!(text.starts_with("erreur\u{a0}: "), "{text}");
            assert!(text.contains("'--help'"), "{text}");
        }
    }

    #[test]
    fn in_english_clap_says_it() {
        assert_eq!(explained(&["lst"]), None);
    }
}
