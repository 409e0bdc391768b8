//! `cargo kata grade`.

use crate::cli::outcome::{CommandError, CommandResult, ended_with};
use crate::cli::services::checked::Checked;
use crate::cli::services::checking::Effort;
use crate::cli::services::course::Course;
use crate::cli::services::formats::json;
use crate::cli::services::grading::class::{Class, end_on_interrupt, shown};
use crate::cli::services::grading::report::{self, Table};
use crate::cli::services::grading::submissions::{self, Found, Submission};
use crate::cli::services::limited::Limit;
use crate::cli::services::names;
use kata::curriculum::Kata;
use kata::text;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Which files, and how.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files, and folders with files: their names say for which kata they are
    #[arg(required = true, value_name = "FILE or FOLDER")]
    places: Vec<PathBuf>,
    /// The kata for which all of them are, whatever they are called
    #[arg(long, value_name = "NAME", value_parser = names::kata())]
    kata: Option<&'static Kata>,
    /// Explore with loom too, which also knows weak memory
    #[arg(long)]
    loom: bool,
    /// Try twenty times as many executions: larger sessions, and more at random
    #[arg(long)]
    thorough: bool,
    /// For how long a file may run, with each kind of build
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 300,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    limit: u64,
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// In what form results are given.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table, a row as soon as it is known
    Text,
    /// A line for each file, for programs that show tables
    Csv,
    /// One value, whose schema is numbered
    Json,
    /// What CI systems show as test results
    Junit,
}

impl Arguments {
    /// True if it is not a program that reads what comes of it.
    pub fn speaks_to_people(&self) -> bool {
        self.format == Format::Text
    }
}

/// Checks the files that learners have handed in.
pub fn grade(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let found = submissions::find(&arguments.places, arguments.kata);
    let Found {
        submissions,
        left_out,
    } = found.map_err(CommandError::Usage)?;
    let course = Course::find().map_err(CommandError::Usage)?;
    end_on_interrupt();
    let effort = Effort {
        loom: arguments.loom,
        thorough: arguments.thorough,
        ..Effort::default()
    };
    let katas = submissions.iter().map(|submission| submission.kata);
    let limit = Limit(Duration::from_secs(arguments.limit));
    let class = match Class::new(&course, katas, effort, limit)? {
        Ok(class) => class,
        Err(said) => {
            writeln!(anstream::stderr(), "{}", said.trim_end())?;
            return Err(CommandError::Io(io::Error::other(text!(
                "the course itself could not be built: what cargo says is above"
            ))));
        }
    };
    let checked = check(&class, &submissions, arguments.format, out)?;
    for path in left_out {
        let path = shown(&path);
        let why = text!("its name says nothing of a kata, nor do those of the folders around it");
        writeln!(
            anstream::stderr(),
            "{}",
            text!("left out: {path}: {why}", path, why)
        )?;
    }
    ended_with(Checked::all(&checked))
}

/// Checks them, and writes what comes of it.
// What is timed here are processes, which nobody explores.
#[allow(clippy::disallowed_methods)]
fn check(
    class: &Class,
    submissions: &[Submission],
    format: Format,
    out: &mut impl Write,
) -> io::Result<Vec<Checked>> {
    let began = Instant::now();
    let table = Some(Table::new(submissions)).filter(|_| format == Format::Text);
    if let Some(table) = &table {
        table.title(out)?;
    }
    let checked = class.check(submissions, |submission, checked| match &table {
        Some(table) => table.row(out, submission, checked),
        None => Ok(()),
    })?;
    match format {
        Format::Text => writeln!(out, "\n{}", report::summary(&checked, began.elapsed()))?,
        Format::Csv => write!(out, "{}", report::csv(submissions, &checked)?)?,
        Format::Json => {
            let result = report::result(submissions, &checked);
            writeln!(out, "{}", json::pretty(&result))?;
        }
        Format::Junit => write!(out, "{}", report::junit(submissions, &checked))?,
    }
    Ok(checked)
}
