//! `cargo kata play`: who plays is the scheduler.

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::cargo::Cargo;
use crate::cli::services::checking::build;
use crate::cli::services::code::{Code, find_slip};
use crate::cli::services::course::{Course, path_from_here};
use crate::cli::services::steps;
use crate::cli::services::{names, progress};
use kata::curriculum::Kata;
use kata::explore::check::Check;
use kata::harness::{self, PlayRequest, Report, Terminal};
use kata::results::{Asked, CheckResult, Next, Position, Spurious};
use std::io::{self, BufRead, Write};

/// What to play on.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
    /// The check to break; without, the one that failed last, or else the first with a choice
    #[arg(long, value_name = "NAME")]
    check: Option<String>,
    /// Play on this slip, a wrong solution that the course knows, instead of your file
    #[arg(long, value_name = "NAME", value_parser = names::slip(), hide_possible_values = true)]
    slip: Option<String>,
}

/// Plays, line by line: so it works in every terminal.
pub fn play(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let kata = arguments.name;
    let code = match &arguments.slip {
        Some(name) => Code::Slip((find_slip(kata, name)?.checks)()),
        None => {
            let course = Course::find().map_err(CommandError::Usage)?;
            Code::File(build(&Cargo::new(&course, false), kata)?)
        }
    };
    let mut game = Game {
        kata,
        played: start(kata, &code, arguments)?,
        code,
    };
    game.play(&mut io::stdin().lock(), out)
}

/// The check and the workload to begin with.
fn start(
    kata: &'static Kata,
    code: &Code,
    arguments: &Arguments,
) -> Result<PlayRequest, CommandError> {
    let checks = (kata.solution)();
    // A check of one thread is no game.
    let has_choices = |check: &&Check| {
        let played = PlayRequest::beginning(check);
        let stands = played.and_then(|played| code.position(kata, &played).ok());
        stands.is_some_and(|position| position.question.is_some())
    };
    let check = match &arguments.check {
        Some(name) => checks
            .iter()
            .find(|check| check.name == name)
            .ok_or_else(|| {
                let names: Vec<&str> = checks.iter().map(|check| check.name).collect();
                CommandError::Usage(format!(
                    "there is no check `{name}`; there are: {}",
                    names.join(", ")
                ))
            })?,
        None => match broken(kata, arguments.slip.as_deref()) {
            Some(played) => return Ok(played),
            None => checks.iter().find(has_choices).unwrap_or(&checks[0]),
        },
    };
    PlayRequest::beginning(check)
        .ok_or_else(|| CommandError::Usage(format!("`{}` lists no workload", check.name)))
}

/// The check that is known to fail, with the workload with which it does.
fn broken(kata: &'static Kata, slip: Option<&str>) -> Option<PlayRequest> {
    if let Some(slip) = slip {
        let checks = (kata.solution)();
        let slip = find_slip(kata, slip).ok()?;
        return PlayRequest::beginning(checks.iter().find(|check| check.name == slip.caught_by)?);
    }
    let results = progress::last_results(&Course::find().ok()?, kata)?;
    let check = results.failed_check()?;
    Some(PlayRequest {
        check: check.name.clone(),
        workload: check.failure.as_ref()?.workload.clone(),
        choices: Vec::new(),
    })
}

struct Game {
    kata: &'static Kata,
    code: Code,
    played: PlayRequest,
}

impl Game {
    fn play(&mut self, keys: &mut impl BufRead, out: &mut impl Write) -> CommandResult {
        let mut position = self.code.position(self.kata, &self.played)?;
        let (check, promise) = (&self.played.check, &position.promise);
        let terminal = Terminal::of_stdout();
        let heading = format!("{check}, with {}:", position.told.in_words);
        let heading = terminal.render(terminal.wrapped(&heading));
        writeln!(
            out,
            "{heading}\n{promise}\nYou say who goes on. Make it fail."
        )?;
        loop {
            self.show(&position, out)?;
            let options = position.question.as_ref().map_or(Vec::new(), options);
            if options.is_empty() {
                self.show_end(&position, out)?;
                write!(out, "u(ndo), r(estart) or q(uit)? ")?;
            } else {
                for (number, option) in (1..).zip(&options) {
                    writeln!(out, "  {number}  {option}")?;
                }
                write!(out, "1-{}, u(ndo), r(estart) or q(uit)? ", options.len())?;
            }
            out.flush()?;
            let mut line = String::new();
            if keys.read_line(&mut line)? == 0 {
                writeln!(out)?;
                return Ok(());
            }
            match line.trim() {
                "q" | "quit" => return Ok(()),
                "r" | "restart" => self.played.choices.clear(),
                "u" | "undo" => {
                    self.played.choices.pop();
                }
                text => match text
                    .parse::<u16>()
                    .ok()
                    .and_then(|number| number.checked_sub(1))
                {
                    Some(choice) if usize::from(choice) < options.len() => {
                        self.played.choices.push(choice);
                    }
                    _ => {
                        writeln!(out, "`{text}` is none of these.")?;
                        continue;
                    }
                },
            }
            position = self.code.position(self.kata, &self.played)?;
        }
    }

    /// What has happened so far.
    fn show(&self, position: &Position, out: &mut impl Write) -> CommandResult {
        let told = &position.told;
        write!(out, "\n{}", steps::lines(&told.tasks, &told.steps))?;
        if let Some(Asked::Turn { waiting, .. }) = &position.question {
            for Next { task, words, .. } in waiting {
                writeln!(out, "     {task} has to wait: {words}")?;
            }
        }
        Ok(())
    }

    fn show_end(&self, position: &Position, out: &mut impl Write) -> CommandResult {
        if !position.failed {
            writeln!(
                out,
                "\nIt ended, and the check holds. Undo, and try another order."
            )?;
            return Ok(());
        }
        let what = format!("You broke it: {}", position.told.what);
        writeln!(out, "\n{}", Terminal::of_stdout().wrapped(&what))?;
        let yours = harness::counted(position.disturbances as u64, "disturbance");
        writeln!(out, "You needed {yours}{}.", self.fewest())?;
        if let Some(token) = &position.told.token {
            writeln!(out, "Replay: cargo kata replay {token}")?;
        }
        Ok(())
    }

    /// How few would have done, if that is known.
    fn fewest(&self) -> String {
        let fewest = match &self.code {
            Code::Slip(checks) => {
                let check = checks.iter().find(|check| check.name == self.played.check);
                let report = check.map(|check| Report::of(check.clone()));
                report.and_then(|report| harness::fewest_disturbances(report.failure()?))
            }
            Code::File(program) => {
                let results = program.run(None, None).ok().and_then(|ran| ran.results);
                let checks = results.map_or(Vec::new(), |results| results.checks);
                let is_it = |check: &&CheckResult| check.name == self.played.check;
                let failure = checks.iter().find(is_it).and_then(|it| it.failure.as_ref());
                failure.and_then(|failure| failure.fewest_disturbances)
            }
        };
        fewest.map_or(String::new(), |fewest| {
            format!("; the fewest that do are {fewest}")
        })
    }
}

/// What can be chosen, in the order of the choices.
fn options(question: &Asked) -> Vec<String> {
    match question {
        Asked::Turn { ready, .. } => ready.iter().map(option).collect(),
        Asked::Waiter { waiters } => (1..=*waiters)
            .map(|number| format!("the notification wakes waiter {number}"))
            .collect(),
        Asked::Spurious { what } => match what {
            Spurious::Wait => [
                "the wait goes on until it is notified",
                "the wait ends although nobody notifies, as it may",
            ],
            Spurious::Park => [
                "the park goes on until there is a permit",
                "the park ends without taking a permit, as it may",
            ],
            Spurious::Exchange => [
                "the exchange succeeds",
                "the exchange fails although it found what it asked for, as a weak one may",
            ],
        }
        .map(str::to_owned)
        .to_vec(),
    }
}

fn option(next: &Next) -> String {
    let Next {
        task, words, line, ..
    } = next;
    let path = path_from_here(&next.path);
    let option = format!("{task}: {words}   {path}:{line}");
    match &next.code {
        Some(code) => format!("{option}\n       {code}"),
        None => option,
    }
}
