//! Names on the command line. clap knows them all, so it suggests the nearest.

use super::course::Course;
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use kata::curriculum::{self, Kata, Slip};
use kata::explore::token::Token;
use kata::text;
use std::ffi::OsStr;
use std::path::Path;

/// A kata, by its name.
pub fn kata() -> impl TypedValueParser<Value = &'static Kata> {
    let values = curriculum::all()
        .iter()
        .map(|kata| PossibleValue::new(kata.name).help(kata.title()));
    PossibleValuesParser::new(values)
        .try_map(|name| curriculum::find(&name).ok_or_else(|| text!("there is no such kata")))
}

/// A kata, by its name or by its file in the course.
pub fn kata_or_file() -> impl TypedValueParser<Value = &'static Kata> {
    KataOrFile
}

#[derive(Clone)]
struct KataOrFile;

impl TypedValueParser for KataOrFile {
    type Value = &'static Kata;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<&'static Kata, Error> {
        let path = Path::new(value);
        if path.extension().is_none_or(|end| end != "rs") {
            return kata().parse_ref(command, argument, value);
        }
        of_file(path).map_err(|why| {
            let error = Error::raw(ErrorKind::InvalidValue, format!("{why}\n"));
            error.with_cmd(command)
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = kata().possible_values()?.collect::<Vec<_>>();
        Some(Box::new(values.into_iter()))
    }
}

/// The kata of which this is the learner's file.
fn of_file(path: &Path) -> Result<&'static Kata, String> {
    let course = Course::find()?;
    let shown = path.display();
    let file = path
        .canonicalize()
        .map_err(|error| format!("{shown}: {error}"))?;
    let is_its = |kata: &&Kata| course.stub(kata).canonicalize().is_ok_and(|it| it == file);
    curriculum::all().iter().find(is_its).ok_or_else(|| {
        text!(
            "{shown} is none of the files under {katas}; `cargo kata grade` checks files elsewhere",
            shown,
            katas = course.katas().display()
        )
    })
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
        text!(
            "there is no kata `{name}`; there are: {all}",
            name,
            all = all.join(", ")
        )
    })
}

/// A token, and the kata that it names.
pub fn token(text: &str) -> Result<(Token, &'static Kata), String> {
    let token: Token = text.parse()?;
    let kata = find_kata(&token.kata)?;
    Ok((token, kata))
}
