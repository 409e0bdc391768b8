//! `cargo kata play`: who plays is the scheduler.

mod keys;
mod words;

use crate::cli::outcome::{CommandError, CommandResult};
use crate::cli::services::broken::{self, Broken, Game, Sought};
use crate::cli::services::code::find_slip;
use crate::cli::services::course::Course;
use crate::cli::services::names;
use kata::curriculum::Kata;
use kata::harness::{PlayRequest, Terminal};
use kata::results::Position;
use kata::text;
use kata::texts;
use keys::{Answer, Keys};
use std::io::Write;

/// What to play on.
#[derive(clap::Args)]
pub struct Arguments {
    /// The kata
    #[arg(value_parser = names::kata())]
    name: &'static Kata,
    /// The check to break; without, the one with the smallest failing execution
    #[arg(long, value_name = "NAME")]
    check: Option<String>,
    /// Play on this slip, a wrong solution that the course knows, instead of your file
    #[arg(long, value_name = "NAME", value_parser = names::SlipName, hide_possible_values = true)]
    slip: Option<String>,
}

/// Plays: by single keys in a terminal, line by line elsewhere.
pub fn play(arguments: &Arguments, out: &mut impl Write) -> CommandResult {
    let kata = arguments.name;
    let check = arguments.check.as_deref();
    let slip = arguments.slip.as_deref();
    let slip = slip.map(|name| find_slip(kata, name)).transpose()?;
    let sought = match slip {
        Some(slip) => broken::of_slip(kata, slip, check)?,
        None => {
            let course = Course::find().map_err(CommandError::Usage)?;
            broken::of_file(&course, kata, check)?
        }
    };
    let broken = match sought {
        Sought::Broken(broken) => *broken,
        Sought::Not(why) => return why.tell(text!("There is nothing to play"), kata, slip, out),
    };
    // What has no token may be no one execution: only the whole game tells.
    if broken.failure.token.is_none() && matches!(broken.game(kata), Game::NotOne) {
        let text = text!(
            "{nothing}: {why}",
            nothing = text!("There is nothing to play"),
            why = words::not_one(&broken)
        );
        writeln!(out, "{}", Terminal::of_stdout().wrapped(&text))?;
        return Ok(());
    }
    let played = broken.beginning();
    let terminal = Terminal::of_stdout();
    let mut table = Table {
        kata,
        broken,
        played,
        terminal,
    };
    out.flush()?;
    table.play(out)
}

/// A game that is being played.
struct Table {
    kata: &'static Kata,
    broken: Broken,
    played: PlayRequest,
    terminal: Terminal,
}

impl Table {
    fn play(&mut self, out: &mut impl Write) -> CommandResult {
        let mut position = self.position()?;
        if position.question.is_none() {
            out.write_all(words::only_one(&position, self.terminal).as_bytes())?;
            return Ok(());
        }
        let mut keys = Keys::of_terminal()?;
        let heading = words::heading(&self.broken, &position, self.terminal);
        loop {
            let options = position.question.as_ref();
            let options = options.map_or(Vec::new(), words::options);
            let told = match position.question {
                Some(_) => words::so_far(&position),
                None => words::so_far(&position) + &self.end(&position),
            };
            keys.show(&heading, &told, &words::listed(&options), out)?;
            match keys.answer(options.len(), out)? {
                Answer::Quit => return Ok(()),
                Answer::Restart => self.played.choices.clear(),
                Answer::Undo => {
                    self.played.choices.pop();
                }
                Answer::Choose(choice) => self.played.choices.push(choice),
            }
            position = self.position()?;
        }
    }

    fn position(&self) -> Result<Position, CommandError> {
        self.broken.code.position(self.kata, &self.played)
    }

    /// What an execution came to that has ended.
    fn end(&self, position: &Position) -> String {
        let fewest = self.broken.failure.fewest_disturbances;
        if position.failed {
            words::lost(position, fewest, self.terminal)
        } else {
            format!("\n{}\n", texts::of(words::HOLDS))
        }
    }
}
