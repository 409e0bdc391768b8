//! rustc, for a kata's file that is not in the course: told what cargo tells it for the one that is.

use super::recording;
use crate::cli::services::cargo::{Built, Cargo, Program};
use crate::cli::services::course::{Course, stub_name};
use crate::cli::services::limited::{self, Ended, Limit};
use kata::curriculum::Kata;
use kata::text;
use std::env::consts::EXE_SUFFIX;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// How long rustc may take: it is done in a second or two, unless somebody wants it not to be.
const COMPILING: Limit = Limit(Duration::from_secs(300));

/// For one kata, and one kind of build.
pub struct Compiler {
    kata: &'static Kata,
    rustc: String,
    arguments: Vec<String>,
    /// The package of the course's own file.
    package: PathBuf,
    thorough: bool,
}

impl Compiler {
    /// Builds what the kata's files are built with. Where that fails it is what cargo says.
    pub fn new(
        course: &Course,
        kata: &'static Kata,
        loom: bool,
        thorough: bool,
    ) -> io::Result<Result<Compiler, String>> {
        let recorded = match recording::record(&Cargo::new(course, loom), kata)? {
            Ok(recorded) => recorded,
            Err(said) => return Ok(Err(said)),
        };
        let mut recorded = recorded.into_iter();
        let rustc = recorded.next().unwrap_or_default();
        Ok(Ok(Compiler {
            kata,
            rustc,
            arguments: elsewhere(recorded),
            package: course.katas(),
            thorough,
        }))
    }

    /// Builds the file that stands in this folder where the course has its own; it may run for so long.
    pub fn build(&self, folder: &Path, limit: Limit) -> io::Result<Built> {
        let mut command = Command::new(&self.rustc);
        command
            .current_dir(folder)
            .arg(stub_name(self.kata))
            .args(&self.arguments)
            .args(["--emit=link,mir", "-Cdebuginfo=0", "--out-dir"])
            .arg(folder);
        let Ended {
            status,
            said,
            exceeded,
        } = limited::run(command, folder, COMPILING)?;
        if !status.is_some_and(|status| status.success()) {
            let why = exceeded.map(|why| text!("error: {error}", error = why));
            return Ok(Built::Refused(match why {
                Some(why) => format!("{why}\n{said}"),
                None => said,
            }));
        }
        let path = folder.join(format!("{}{EXE_SUFFIX}", self.kata.name));
        let program = Program::new(path, self.package.clone()).thorough(self.thorough);
        Ok(Built::Yes(program.within(folder, limit)))
    }
}

/// The arguments without those that say which file, where it goes, and how cargo likes to be told.
fn elsewhere(arguments: impl Iterator<Item = String>) -> Vec<String> {
    const OPTIONS: [&str; 5] = [
        "--emit",
        "--error-format",
        "--json",
        "--out-dir",
        "--diagnostic-width",
    ];
    const CODE_GENERATION: [&str; 5] = [
        "debuginfo",
        "extra-filename",
        "incremental",
        "metadata",
        "split-debuginfo",
    ];
    let mut arguments = arguments.peekable();
    let mut kept = Vec::new();
    while let Some(argument) = arguments.next() {
        let (option, value) = match argument.split_once('=') {
            Some((option, value)) if option.starts_with("--") => (option, Some(value.to_owned())),
            _ if argument == "-C" || OPTIONS.contains(&argument.as_str()) => {
                (argument.as_str(), arguments.next())
            }
            _ => match argument.strip_prefix("-C") {
                Some(value) => ("-C", Some(value.to_owned())),
                None => (argument.as_str(), None),
            },
        };
        let of_code_generation = |value: &String| {
            let name = value.split('=').next().unwrap_or_default();
            CODE_GENERATION.contains(&name)
        };
        let is_left_out = match (option, &value) {
            ("-C", Some(value)) => of_code_generation(value),
            (option, None) => !option.starts_with('-') && option.ends_with(".rs"),
            (option, Some(_)) => OPTIONS.contains(&option),
        };
        if is_left_out {
            continue;
        }
        kept.push(match (option, value) {
            ("-C", Some(value)) => format!("-C{value}"),
            (option, Some(value)) => format!("{option}={value}"),
            (option, None) => option.to_owned(),
        });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_says_of_its_own_file_is_left_out_and_nothing_else() {
        let told = "--crate-name counter --edition=2024 katas/counter.rs --error-format=json \
                    --json=diagnostic-rendered-ansi,artifacts --crate-type bin --emit=dep-info,link \
                    -C opt-level=1 -C embed-bitcode=no -C debuginfo=2 -Cincremental=/t/i \
                    --deny=unsafe_code --check-cfg cfg(loom) -C metadata=1a -C extra-filename=-1a \
                    --out-dir /t/deps -L dependency=/t/deps --extern kata=/t/deps/libkata.rlib \
                    --emit=link,mir --cfg=loom";
        let kept = "--crate-name counter --edition=2024 --crate-type bin -Copt-level=1 \
                    -Cembed-bitcode=no --deny=unsafe_code --check-cfg cfg(loom) -L \
                    dependency=/t/deps --extern kata=/t/deps/libkata.rlib --cfg=loom";
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        assert_eq!(elsewhere(words(told).into_iter()), words(kept));
    }
}
