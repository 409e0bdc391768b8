//! The help of the command line, in the language that is spoken. The English texts are clap's own, and
//! those of the verbs' docs; the file of a language has the others, as `help`.

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, Command};
use kata::curriculum::{self, Kata};
use kata::text;
use kata::texts::{self, Language};
use std::collections::BTreeSet;

/// What is below this verb is for contributors, who read English.
const ENGLISH_ONLY: &str = "dev";

/// The command line with its help in the language that is spoken.
pub fn spoken(mut command: Command) -> Command {
    if texts::language() == Language::English {
        return command;
    }
    // Then it has what clap adds by itself, such as `--help`.
    command.build();
    told(command)
}

/// All English texts of the help that are told in other languages.
pub fn english(mut command: Command) -> BTreeSet<String> {
    command.build();
    let mut all = BTreeSet::new();
    add(&command, &mut all);
    all
}

fn add(command: &Command, all: &mut BTreeSet<String>) {
    let own = [
        command.get_about(),
        command.get_long_about(),
        command.get_after_help(),
    ];
    all.extend(own.into_iter().flatten().map(StyledStr::to_string));
    if command.get_name() == ENGLISH_ONLY {
        return;
    }
    for argument in command.get_arguments() {
        let own = [argument.get_help(), argument.get_long_help()];
        all.extend(own.into_iter().flatten().map(StyledStr::to_string));
        let values = choices(argument);
        let helps = values.iter().filter_map(PossibleValue::get_help);
        // A kata's title has its own translation.
        let titles: BTreeSet<&str> = curriculum::all().iter().map(Kata::title).collect();
        let helps = helps.map(StyledStr::to_string);
        all.extend(helps.filter(|help| !titles.contains(help.as_str())));
    }
    command.get_subcommands().for_each(|verb| add(verb, all));
}

fn told(command: Command) -> Command {
    let is_whole = command.get_name() != ENGLISH_ONLY;
    let described = described(command);
    if is_whole {
        described.mut_args(argument).mut_subcommands(told)
    } else {
        described
    }
}

fn described(command: Command) -> Command {
    let about = command.get_about().map(of).unwrap_or_default();
    let long_about = command.get_long_about().map(of);
    let after = command.get_after_help().map(of).unwrap_or_default();
    let short = command.about(about).after_help(after);
    let described = match long_about {
        Some(text) => short.long_about(text),
        None => short,
    };
    described.subcommand_help_heading(text!("Commands"))
}

fn argument(argument: Arg) -> Arg {
    let Some(help) = argument.get_help().map(of) else {
        return argument;
    };
    let long = argument.get_long_help().map(of);
    let (listed, default) = (listed(&argument), default(&argument));
    let short = format!("{help}{}{default}", named(&argument));
    // What is said here clap need not say again.
    let told = argument.hide_possible_values(true).hide_default_value(true);
    if listed.is_empty() && long.is_none() {
        return told.help(short);
    }
    let whole = format!(
        "{}{listed}\n\n{}",
        long.unwrap_or(help),
        default.trim_start()
    );
    told.help(short).long_help(whole.trim_end().to_owned())
}

/// The values of which the argument is one, if they are to be shown.
fn choices(argument: &Arg) -> Vec<PossibleValue> {
    let is_shown = argument.get_action().takes_values() && !argument.is_hide_possible_values_set();
    let all = argument.get_possible_values().into_iter();
    all.filter(|value| is_shown && !value.is_hide_set())
        .collect()
}

/// Its values, a line each, with what they mean; nothing if that is not known.
fn listed(argument: &Arg) -> String {
    let told = |value: PossibleValue| {
        let help = of(value.get_help()?);
        let told = text!("{value}: {help}", value = value.get_name(), help);
        Some(format!("\n- {told}"))
    };
    let all: String = choices(argument).into_iter().filter_map(told).collect();
    if all.is_empty() {
        return all;
    }
    format!("\n\n{}{all}", text!("Possible values:"))
}

/// " [possible values: text, json]"
fn named(argument: &Arg) -> String {
    let names = choices(argument);
    let names: Vec<&str> = names.iter().map(PossibleValue::get_name).collect();
    if names.is_empty() {
        return String::new();
    }
    text!(" [possible values: {names}]", names = names.join(", "))
}

/// " [default: text]"
fn default(argument: &Arg) -> String {
    let is_shown = argument.get_action().takes_values() && !argument.is_hide_default_value_set();
    let values = argument.get_default_values().iter();
    let values: Vec<String> = values
        .filter(|_| is_shown)
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    if values.is_empty() {
        return String::new();
    }
    text!(" [default: {values}]", values = values.join(" "))
}

/// The text in the language that is spoken.
fn of(english: &StyledStr) -> String {
    let english = english.to_string();
    texts::help(&english).map_or(english, str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;
    use kata::texts::Language::French;

    #[test]
    fn french_help_has_french_words_and_the_same_verbs() {
        let help = texts::speaking(French, || {
            let mut command = spoken(Cli::command());
            let check = command.find_subcommand_mut("check").expect("a verb");
            let check = check.render_long_help().to_string();
            format!("{}{check}", command.render_help())
        });
        for text in [
            "Commandes:",
            "Lister les katas",
            "Afficher l'aide",
            "Exemples\u{a0}:",
            "Valeurs possibles\u{a0}:",
            "[par défaut\u{a0}: text]",
        ] {
            assert!(help.contains(text), "no `{text}` in:\n{help}");
        }
        assert!(
            !help.contains("default:") && !help.contains("Show "),
            "{help}"
        );
    }

    #[test]
    fn english_help_is_as_it_was() {
        let mut as_it_was = Cli::command();
        let mut command = spoken(Cli::command());
        assert_eq!(
            command.render_long_help().to_string(),
            as_it_was.render_long_help().to_string()
        );
    }
}
