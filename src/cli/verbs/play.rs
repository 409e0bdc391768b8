//! `cargo kata play`: who plays is the scheduler.

use crate::cli::outcome::{Outcome, Trouble};
use crate::cli::services::board::{Board, find_slip};
use crate::cli::services::cargo::Cargo;
use crate::cli::services::checking::build;
use crate::cli::services::course::{Course, path_from_here};
use crate::cli::services::steps::{self, text};
use crate::cli::services::{names, progress};
use kata::curriculum::Kata;
use kata::explore::check::Check;
use kata::harness::{self, Played, Report, Terminal};
use serde_json::Value;
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
pub fn play(arguments: &Arguments, out: &mut impl Write) -> Outcome {
    let kata = arguments.name;
    let board = match &arguments.slip {
        Some(name) => Board::Slip((find_slip(kata, name)?.checks)()),
        None => {
            let course = Course::find().map_err(Trouble::Usage)?;
            Board::File(build(&Cargo::new(&course, false), kata)?)
        }
    };
    let mut game = Game {
        kata,
        played: start(kata, &board, arguments)?,
        board,
    };
    game.play(&mut io::stdin().lock(), out)
}

/// The check and the workload to begin with.
fn start(kata: &'static Kata, board: &Board, arguments: &Arguments) -> Result<Played, Trouble> {
    let checks = (kata.solution)();
    // A check of one thread is no game.
    let has_choices = |check: &&Check| {
        let played = Played::beginning(check);
        let stands = played.and_then(|played| board.stand(kata, &played).ok());
        stands.is_some_and(|standing| !standing["question"].is_null())
    };
    let check = match &arguments.check {
        Some(name) => checks
            .iter()
            .find(|check| check.name == name)
            .ok_or_else(|| {
                let names: Vec<&str> = checks.iter().map(|check| check.name).collect();
                Trouble::Usage(format!(
                    "there is no check `{name}`; there are: {}",
                    names.join(", ")
                ))
            })?,
        None => match broken(kata, arguments.slip.as_deref()) {
            Some(played) => return Ok(played),
            None => checks.iter().find(has_choices).unwrap_or(&checks[0]),
        },
    };
    Played::beginning(check)
        .ok_or_else(|| Trouble::Usage(format!("`{}` lists no workload", check.name)))
}

/// The check that is known to fail, with the workload with which it does.
fn broken(kata: &'static Kata, slip: Option<&str>) -> Option<Played> {
    if let Some(slip) = slip {
        let checks = (kata.solution)();
        let slip = find_slip(kata, slip).ok()?;
        return Played::beginning(checks.iter().find(|check| check.name == slip.caught_by)?);
    }
    let results = progress::last_results(&Course::find().ok()?, kata)?;
    let mut checks = results["checks"].as_array()?.iter();
    let check = checks.find(|check| check["passed"] == false)?;
    Some(Played {
        check: check["name"].as_str()?.to_owned(),
        workload: check["failure"]["workload"].as_str()?.to_owned(),
        choices: Vec::new(),
    })
}

struct Game {
    kata: &'static Kata,
    board: Board,
    played: Played,
}

impl Game {
    fn play(&mut self, keys: &mut impl BufRead, out: &mut impl Write) -> Outcome {
        let mut standing = self.board.stand(self.kata, &self.played)?;
        let Played {
            check, workload, ..
        } = &self.played;
        let promise = standing["promise"].as_str().unwrap_or_default();
        writeln!(
            out,
            "{check}, with workload {workload}: {promise}\n\
             You say who goes on. Make it fail."
        )?;
        loop {
            self.show(&standing, out)?;
            let options = options(&standing["question"]);
            if options.is_empty() {
                self.show_end(&standing, out)?;
                write!(out, "u(ndo), r(estart) or q(uit)? ")?;
            } else {
                for (number, option) in (1..).zip(&options) {
                    writeln!(out, "  {number}  {}", option)?;
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
            standing = self.board.stand(self.kata, &self.played)?;
        }
    }

    /// What has happened so far.
    fn show(&self, standing: &Value, out: &mut impl Write) -> Outcome {
        writeln!(out)?;
        let so_far = steps::lines(&standing["told"], usize::MAX);
        write!(out, "{}", so_far)?;
        for waiting in standing["question"]["waiting"]
            .as_array()
            .into_iter()
            .flatten()
        {
            writeln!(
                out,
                "     {} has to wait: {}",
                text(&waiting["task"]),
                text(&waiting["words"])
            )?;
        }
        Ok(())
    }

    fn show_end(&self, standing: &Value, out: &mut impl Write) -> Outcome {
        if standing["failed"] != true {
            writeln!(
                out,
                "\nIt ended, and the check holds. Undo, and try another order."
            )?;
            return Ok(());
        }
        let told = &standing["told"];
        let what = format!("You broke it: {}", text(&told["what"]));
        writeln!(out, "\n{}", Terminal::of_stdout().wrapped(&what))?;
        let yours = standing["disturbances"].as_u64().unwrap_or(0);
        let yours = harness::counted(yours, "disturbance");
        writeln!(out, "You needed {yours}{}.", self.fewest())?;
        if let Some(token) = told["token"].as_str() {
            writeln!(out, "Replay: cargo kata replay {token}")?;
        }
        Ok(())
    }

    /// How few would have done.
    fn fewest(&self) -> String {
        let failure = match &self.board {
            Board::Slip(checks) => {
                let check = checks.iter().find(|check| check.name == self.played.check);
                let report = check.map(|check| Report::of(check.clone()));
                report.and_then(|report| {
                    let failure = report.failure()?;
                    Some(harness::describe(self.kata, &report.check, failure))
                })
            }
            Board::File(program) => {
                let results = program.run(None, None).ok().and_then(|ran| ran.results);
                let checks = results.map_or(Value::Null, |mut results| results["checks"].take());
                let mut checks = checks.as_array().into_iter().flatten();
                let check = checks.find(|check| check["name"] == self.played.check.as_str());
                check.map(|check| check["failure"].clone())
            }
        };
        let fewest = failure.and_then(|failure| failure["fewest_disturbances"].as_u64());
        fewest.map_or(String::new(), |fewest| {
            format!("; the fewest that do are {fewest}")
        })
    }
}

/// What can be chosen, in the order of the choices.
fn options(question: &Value) -> Vec<String> {
    match question["kind"].as_str() {
        Some("turn") => {
            let ready = question["ready"].as_array().into_iter().flatten();
            let option = |next: &Value| {
                let (task, words) = (text(&next["task"]), text(&next["words"]));
                let (path, line) = (path_from_here(text(&next["path"])), &next["line"]);
                let code = match text(&next["code"]) {
                    "" => String::new(),
                    code => format!("\n       {code}"),
                };
                format!("{task}: {words}   {path}:{line}{code}")
            };
            ready.map(option).collect()
        }
        Some("waiter") => {
            let waiters = question["waiters"].as_u64().unwrap_or(0);
            (1..=waiters)
                .map(|number| format!("the notification wakes waiter {number}"))
                .collect()
        }
        Some("spurious") => vec![
            "the wait goes on until it is notified".to_owned(),
            "the wait ends although nobody notifies, as it may".to_owned(),
        ],
        _ => Vec::new(),
    }
}
