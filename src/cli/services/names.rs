//! Names on the command line. clap knows them all, so it suggests the nearest.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use kata::curriculum::{self, Kata, Slip};
use kata::explore::token::Token;

/// A kata, by its name.
pub fn kata() -> impl TypedValueParser<Value = &'static Kata> {
    let values = curriculum::all()
        .iter()
        .map(|kata| PossibleValue::new(kata.name).help(kata.title));
    PossibleValuesParser::new(values)
        .try_map(|name| curriculum::find(&name).ok_or("there is no such kata"))
}

/// The name of a slip of any kata.
pub fn slip() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(slips().map(|slip| slip.name))
}

fn slips() -> impl Iterator<Item = &'static Slip> {
    curriculum::all().iter().flat_map(|kata| kata.slips)
}

/// A token, and the kata that it names.
pub fn token(text: &str) -> Result<(Token, &'static Kata), String> {
    let token: Token = text.parse()?;
    let Some(kata) = curriculum::find(&token.kata) else {
        let names: Vec<&str> = curriculum::all().iter().map(|kata| kata.name).collect();
        let (unknown, names) = (&token.kata, names.join(", "));
        return Err(format!("there is no kata `{unknown}`; there are: {names}"));
    };
    Ok((token, kata))
}
