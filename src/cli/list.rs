//! `cargo kata list`.

use super::Outcome;
use super::course::stub_path;
use kata::curriculum;
use std::io::Write;

/// One line per kata.
pub fn list(out: &mut impl Write) -> Outcome {
    let katas = curriculum::all();
    let width = |length: fn(&str) -> usize, text: fn(&curriculum::Kata) -> &str| {
        katas
            .iter()
            .map(|kata| length(text(kata)))
            .max()
            .unwrap_or(0)
    };
    let name_width = width(str::len, |kata| kata.name);
    let stub_width = width(str::len, |kata| kata.stub) + "katas/".len();
    for kata in katas {
        let (number, name, summary) = (kata.number, kata.name, kata.summary);
        let stub = stub_path(kata).to_string();
        writeln!(
            out,
            "{number:2}  {name:name_width$}  {stub:stub_width$}  {summary}"
        )?;
    }
    Ok(())
}
