//! Names on the command line. clap knows them all, so it suggests the nearest.

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};
use kata::curriculum::{self, Kata, Slip};
use kata::explore::token::Token;
use std::ffi::OsStr;

/// A kata, by its name.
pub fn kata() -> impl TypedValueParser<Value = &'static Kata> {
    let values = curriculum::all()
        .iter()
        .map(|kata| PossibleValue::new(kata.name).help(kata.title));
    PossibleValuesParser::new(values)
        .try_map(|name| curriculum::find(&name).ok_or("there is no such kata"))
}

/// The name of a slip. Of which kata is not known here: whoever finds it there says which it has.
#[derive(Clone)]
pub struct SlipName;

impl TypedValueParser for SlipName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    /// For the completions of shells.
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(slips().map(|slip| PossibleValue::new(slip.name))))
    }
}

fn slips() -> impl Iterator<Item = &'static Slip> {
    curriculum::all().iter().flat_map(|kata| kata.slips)
}

/// The kata of this name, where clap does not know that it is one.
pub fn find_kata(name: &str) -> Result<&'static Kata, String> {
    curriculum::find(name).ok_or_else(|| {
        let all: Vec<&str> = curriculum::all().iter().map(|kata| kata.name).collect();
        format!("there is no kata `{name}`; there are: {}", all.join(", "))
    })
}

/// A token, and the kata that it names.
pub fn token(text: &str) -> Result<(Token, &'static Kata), String> {
    let token: Token = text.parse()?;
    let kata = find_kata(&token.kata)?;
    Ok((token, kata))
}
