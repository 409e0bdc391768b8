//! `cargo kata run players`.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::course::Course;
use crate::cli::services::out::{Out, unless_closed};
use kata::programs::kit::visible::visible;
use kata::programs::players::{self, DEFAULT_FILE};
use kata::text;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The arguments.
#[derive(clap::Args)]
pub struct Arguments {
    /// The nation, exactly as in the list
    nation: Option<String>,
    /// Lines name:club:position:birth_year:nation [default: foot_2020.txt]
    file: Option<PathBuf>,
    /// Ignored, as by the original
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    more: Vec<OsString>,
}

/// Lists the players.
pub fn players(arguments: &Arguments, out: &mut Out<impl Write>) -> CommandResult {
    let mut errors = io::stderr();
    let Some(nation) = &arguments.nation else {
        writeln!(
            errors,
            "{}",
            text!("Usage: cargo kata run players NATION [FILE]")
        )?;
        return Err(CommandError::Failed);
    };
    let file = match &arguments.file {
        // The original ignores all arguments but the first, and so it is with these, unless the
        // second one is there to be read.
        Some(file) if !arguments.more.is_empty() && !is_there(file) => {
            let shown = shown(file);
            writeln!(
                errors,
                "{}",
                text!(
                    "note: there is no file {shown}: it is ignored, as what follows it is",
                    shown
                )
            )?;
            None
        }
        file => file.clone(),
    };
    let list = List::open(file.map_or_else(default_file, Ok)?)?;
    let lines = BufReader::with_capacity(64 * 1024, list);
    let this_year = players::this_year();
    let listed = players::run(
        nation,
        lines,
        this_year,
        &mut out.until_closed(),
        &mut errors,
    );
    Ok(unless_closed(listed)?)
}

/// Also true of what can be seen, and not opened: that is to be said.
fn is_there(file: &Path) -> bool {
    fs::symlink_metadata(file).is_ok()
}

fn shown(file: &Path) -> String {
    visible(&file.display().to_string()).into_owned()
}

/// The file in the current folder, or else in the course.
fn default_file() -> io::Result<PathBuf> {
    let here = PathBuf::from(DEFAULT_FILE);
    let in_course = Course::find().map(|course| course.katas().join(DEFAULT_FILE));
    [Some(here), in_course.ok()]
        .into_iter()
        .flatten()
        .find(|file| is_there(file))
        .ok_or_else(|| {
            let what = text!(
                "cannot open {file}: it is neither here nor in a course. \
                 Name a list: cargo kata run players NATION FILE",
                file = DEFAULT_FILE
            );
            io::Error::new(ErrorKind::NotFound, what)
        })
}

/// A file whose errors name it.
struct List {
    file: File,
    path: PathBuf,
}

impl List {
    fn open(path: PathBuf) -> io::Result<Self> {
        let why = |error: io::Error| {
            let what = text!("cannot open {path}: {error}", path = shown(&path), error);
            io::Error::new(error.kind(), what)
        };
        let file = File::open(&path).map_err(why)?;
        if file.metadata().map_err(why)?.is_dir() {
            return Err(why(io::Error::new(
                ErrorKind::IsADirectory,
                text!("it is a folder"),
            )));
        }
        Ok(List { file, path })
    }
}

impl Read for List {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer).map_err(|error| {
            let kind = error.kind();
            if kind == ErrorKind::Interrupted {
                return error;
            }
            let what = text!(
                "cannot read {path}: {error}",
                path = shown(&self.path),
                error
            );
            io::Error::new(kind, what)
        })
    }
}
