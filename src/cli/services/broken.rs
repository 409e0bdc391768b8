//! The execution that breaks a learner's file or a slip: the smallest, as its check finds it; or why
//! there is none to show.

use super::cargo::{Cargo, Messages};
use super::checking::{Effort, build, check_file};
use super::code::Code;
use super::course::{Course, stub_name};
use super::progress;
use crate::cli::outcome::{CommandError, CommandResult};
use kata::curriculum::{Kata, Slip};
use kata::explore::BackEnd;
use kata::explore::check::Check;
use kata::harness::{self, PlayRequest, Report};
use kata::results::{
    BackEndName, Board, CheckResult, FailureResult, Outcome, Status, VerdictName, VerdictResult,
};
use kata::text;
use std::io::Write;

/// An execution that breaks a check, and the code that it is an execution of.
pub struct Broken {
    /// The check's name.
    pub check: String,
    /// The execution.
    pub failure: FailureResult,
    /// The code.
    pub code: Code,
}

/// What there is to show of some code.
pub enum Sought {
    Broken(Box<Broken>),
    Not(Unbroken),
}

/// Why no execution breaks it.
pub enum Unbroken {
    /// All that was tried holds; in words, what that is.
    Holds(String),
    /// Only weak memory breaks this check, which no order of the threads shows.
    OnlyMemory { check: String },
    /// A check could not tell; why.
    Unknown { check: String, why: String },
}

impl Unbroken {
    /// Says that there is nothing `to` do, and ends the command.
    pub fn tell(
        &self,
        nothing: &str,
        kata: &Kata,
        slip: Option<&Slip>,
        out: &mut impl Write,
    ) -> CommandResult {
        let text = text!("{nothing}: {why}", nothing, why = self.words(kata, slip));
        writeln!(out, "{}", harness::Terminal::of_stdout().wrapped(&text))?;
        match self {
            Unbroken::Holds(_) => Ok(()),
            Unbroken::OnlyMemory { .. } => Err(CommandError::Failed),
            Unbroken::Unknown { .. } => Err(CommandError::Inconclusive),
        }
    }

    /// The reason, in words.
    pub fn words(&self, kata: &Kata, slip: Option<&Slip>) -> String {
        match (self, slip) {
            (Unbroken::Holds(what), _) => what.clone(),
            (Unbroken::OnlyMemory { check }, Some(slip)) => text!(
                "no order of the threads breaks `{slip}`. It fails `{check}` with weak memory only, \
                 which loom explores: {story}",
                slip = slip.name,
                check,
                story = slip.story()
            ),
            (Unbroken::OnlyMemory { check }, None) => text!(
                "no order of the threads breaks {file}. It fails `{check}` with weak memory only, \
                 which loom explores: cargo kata check {kata} --loom",
                file = stub_name(kata),
                check,
                kata = kata.name
            ),
            (Unbroken::Unknown { check, why }, _) => {
                let why = why.trim_end_matches('.');
                text!(
                    "no execution that was tried fails, and `{check}` could not tell: {why}.",
                    check,
                    why
                )
            }
        }
    }
}

/// The check of this name, of these.
fn named<'a>(kata: &Kata, checks: &'a [Check], name: &str) -> Result<&'a Check, CommandError> {
    let found = checks.iter().find(|check| check.name == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = checks.iter().map(|check| check.name).collect();
        let (kata, names) = (kata.name, names.join(", "));
        CommandError::Usage(text!(
            "the kata `{kata}` has no check `{name}`; it has {names}",
            kata,
            name,
            names
        ))
    })
}

/// The execution that breaks a check of the slip: this one, or else the first that fails.
pub fn of_slip(kata: &Kata, slip: &Slip, check: Option<&str>) -> Result<Sought, CommandError> {
    let checks = (slip.checks)();
    let check = named(kata, &checks, check.unwrap_or(slip.caught_by))?;
    // Generated schedules come to the same failure, and need longer: they are for what is in no list.
    let listed = Report::within(check.clone(), &[BackEnd::Exhaustive]);
    let report = match listed.failure() {
        Some(_) => listed,
        None => Report::of(check.clone()),
    };
    let name = check.name.to_owned();
    if let Some(failure) = report.failure() {
        let failure = harness::describe(kata, &report.check, &harness::explained(failure));
        return Ok(Sought::Broken(Box::new(Broken {
            check: name,
            failure,
            code: Code::Slip(checks),
        })));
    }
    Ok(Sought::Not(match report.inconclusive() {
        Some((_, why)) => Unbroken::Unknown {
            check: name,
            why: why.to_owned(),
        },
        None if name == slip.caught_by && slip.is_caught_under(BackEnd::Loom) => {
            Unbroken::OnlyMemory { check: name }
        }
        None => Unbroken::Holds(text!(
            "`{check}` passes, and `{caught_by}` is what catches `{slip}`.",
            check = name,
            caught_by = slip.caught_by,
            slip = slip.name
        )),
    }))
}

/// The execution that breaks a check of the learner's file: this one, or else the smallest of all.
pub fn of_file(
    course: &Course,
    kata: &'static Kata,
    check: Option<&str>,
) -> Result<Sought, CommandError> {
    if let Some(name) = check {
        named(kata, &(kata.solution)(), name)?;
    }
    let is_meant = |result: &CheckResult| check.is_none_or(|name| result.name == name);
    // What loom has found would be forgotten by a check without it.
    let known = progress::last_results(course, kata);
    let known = known.map_or(Vec::new(), |results| results.checks);
    let code = Code::File(build(&Cargo::new(course, false), kata)?);
    if let Some(check) = known
        .iter()
        .find(|check| is_meant(check) && only_memory(check))
    {
        let check = check.name.clone();
        return Ok(Sought::Not(Unbroken::OnlyMemory { check }));
    }
    let checked = check_file(course, kata, Effort::default(), Messages::Kept, None)?;
    if matches!(checked.status, Status::EndedEarly) && checked.checks.is_empty() {
        let said = checked.said.trim();
        writeln!(anstream::stderr(), "{said}\n")?;
        let file = stub_name(kata);
        writeln!(
            anstream::stderr(),
            "{}",
            text!("{file} ended before its checks did.", file)
        )?;
        return Err(CommandError::Failed);
    }
    let meant: Vec<CheckResult> = checked.checks.into_iter().filter(is_meant).collect();
    let failing = CheckResult::smallest_failing(&meant);
    if let Some((name, failure)) = failing.and_then(|it| Some((&it.name, it.failure.as_ref()?))) {
        return Ok(Sought::Broken(Box::new(Broken {
            check: name.clone(),
            failure: failure.clone(),
            code,
        })));
    }
    let unknown = meant.iter().find(|check| check.has(Outcome::Inconclusive));
    Ok(Sought::Not(match unknown {
        Some(check) => Unbroken::Unknown {
            check: check.name.clone(),
            why: check.why().unwrap_or_default().to_owned(),
        },
        None => {
            let what = check.map_or(text!("it"), |name| name);
            Unbroken::Holds(text!(
                "{what} passes with schedules. With weak memory: cargo kata check {kata} --loom",
                what,
                kata = kata.name
            ))
        }
    }))
}

/// True if the check fails, and no order of the threads makes it.
fn only_memory(check: &CheckResult) -> bool {
    let failing = |verdict: &&VerdictResult| matches!(verdict.verdict, VerdictName::Failed);
    let mut failing = check.verdicts.iter().filter(failing).peekable();
    failing.peek().is_some() && failing.all(|verdict| verdict.back_end == BackEndName::Loom)
}

/// What can be played of a failing execution's session.
pub enum Game {
    /// All that can happen in it, up to a bound.
    Board(Box<Board>),
    /// More than can be told beforehand.
    TooLarge,
    /// Nothing: it fails before there is a choice.
    NoChoice,
    /// Nothing: it is not one execution that fails, but all of them together.
    NotOne,
}

impl Broken {
    /// The beginning of the session that fails.
    pub fn beginning(&self) -> PlayRequest {
        PlayRequest {
            check: self.check.clone(),
            workload: self.failure.workload.clone(),
            choices: Vec::new(),
        }
    }

    /// What can be played of it.
    pub fn game(&self, kata: &Kata) -> Game {
        let Some(board) = self.code.board(kata, &self.beginning()) else {
            return Game::TooLarge;
        };
        let has_choice = board.states.first().is_some_and(|first| first.0.is_some());
        let can_be_broken = board.ends.iter().any(Option::is_some);
        match (has_choice, can_be_broken, board.complete) {
            (false, true, _) => Game::NoChoice,
            (true, true, _) => Game::Board(Box::new(board)),
            (_, false, true) => Game::NotOne,
            (_, false, false) => Game::TooLarge,
        }
    }
}
