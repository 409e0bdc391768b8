//! `cargo kata`: where the learner stands, and what to do next.

use super::cargo::{Built, Cargo};
use super::course::{Course, stub_path};
use super::{Outcome, Trouble};
use kata::curriculum::{self, Kata};
use std::io::{self, Write};
use std::process::Stdio;

/// Checks every file, and shows the first that is not done.
pub fn status(out: &mut impl Write) -> Outcome {
    let course = Course::find().map_err(Trouble::Usage)?;
    let cargo = Cargo::new(&course, false);
    let katas = curriculum::all();
    let mut done = 0;
    let mut next: Option<(&Kata, String)> = None;
    for kata in katas {
        match standing(&cargo, kata)? {
            None => done += 1,
            Some(why) => {
                next.get_or_insert((kata, why));
            }
        }
    }

    writeln!(out, "{done} of {} done.", katas.len())?;
    match next {
        None => {
            writeln!(
                out,
                "Every kata passes with schedules. With weak memory too?"
            )?;
            writeln!(out, "  cargo kata check --loom")?;
        }
        Some((kata, why)) => {
            let name = kata.name;
            writeln!(out, "\nNext: {name}. {}", kata.summary)?;
            writeln!(out, "  {} {why}.\n", stub_path(kata))?;
            writeln!(out, "  cargo kata brief {name}   what it asks for")?;
            writeln!(
                out,
                "  cargo kata check {name}   its checks, and the execution that breaks them"
            )?;
        }
    }
    Ok(())
}

/// What keeps a file from being done, if anything does.
fn standing(cargo: &Cargo, kata: &Kata) -> io::Result<Option<String>> {
    Ok(match cargo.build(kata, Stdio::null())? {
        Built::Refused => Some("does not compile yet".to_owned()),
        Built::CargoFailed => Some("could not be built".to_owned()),
        Built::Yes => match cargo.listen(kata)? {
            (true, _) => None,
            (false, said) => Some(what_fails(&said)),
        },
    })
}

/// What the list of tests says of a file that does not pass.
fn what_fails(said: &str) -> String {
    let tests = said
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.split_once(" ... "))
        .map(|(name, result)| (name.trim_end(), result));
    let mut failed = Vec::new();
    for (name, result) in tests {
        // What the file itself prints can stand before it.
        if result.ends_with("FAILED") {
            failed.push(name);
        } else if !result.ends_with("ok") {
            return format!("ends in the middle of the check {name}");
        }
    }
    match failed[..] {
        [] => "ends before its checks do".to_owned(),
        [name] => format!("fails {name}"),
        [name, ref others @ ..] => format!("fails {name}, and {} more", others.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::what_fails;

    #[test]
    fn the_list_of_tests_tells_what_fails() {
        for (said, expected) in [
            ("", "ends before its checks do"),
            ("running 1 test\ntest a ... FAILED\n", "fails a"),
            ("test a    ... ok\ntest bcd ... FAILED\n", "fails bcd"),
            (
                "test a ... FAILED\ntest b ... FAILED\ntest c ... FAILED\n",
                "fails a, and 2 more",
            ),
            (
                "test a ... ok\ntest b ... ",
                "ends in the middle of the check b",
            ),
            ("test a ... hello FAILED\n", "fails a"),
        ] {
            assert_eq!(what_fails(said), expected, "{said}");
        }
    }
}
