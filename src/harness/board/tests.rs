//! A board tells what playing tells.

use super::super::{Played, describe, play};
use super::board;
use crate::curriculum;
use crate::explore::Verdict;
use crate::explore::check::Check;
use crate::explore::{BackEnd, explore};
use serde_json::{Value, json};

/// Slips with locks, condvars, channels, atomics, deadlocks, and threads that spawn others.
const SLIPS: [(&str, &str); 7] = [
    ("counter", "no_lock"),
    ("counter", "lock_twice"),
    ("ping_pong", "one_condvar_notify_one"),
    ("bounded_queue", "put_with_if"),
    ("sentinel", "lock_held_in_the_body"),
    ("relay", "ghosts_speak"),
    ("stock", "load_then_subtract"),
];

struct Game {
    kata: &'static curriculum::Kata,
    check: Check,
    board: Value,
}

impl Game {
    fn new(kata: &str, slip: &str) -> Game {
        let kata = curriculum::find(kata).expect("a kata");
        let slip = kata.slips.iter().find(|other| other.name == slip);
        let slip = slip.expect("a slip of that name");
        let mut checks = (slip.checks)().into_iter();
        let check = checks.find(|check| check.name == slip.caught_by);
        let check = check.expect("the check that catches it");
        let mut game = Game {
            kata,
            check,
            board: Value::Null,
        };
        let checks = [game.check.clone()];
        game.board = board(kata, &checks, &game.played(&[])).expect("a board");
        game
    }

    fn played(&self, choices: &[u16]) -> Played {
        Played {
            check: self.check.name.to_owned(),
            workload: self.check.exhaustive[0].label.clone(),
            choices: choices.to_vec(),
        }
    }

    /// Plays with chance's choices up to the end, or to where the board ends.
    fn walk(&self, mut chance: u64) -> (Vec<u16>, Value) {
        let (mut choices, mut at) = (Vec::new(), 0);
        let mut rows = numbers(&self.board["first"]);
        loop {
            let state = &self.board["states"][at];
            let moves = state[3].as_array().expect("moves");
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let choice = (chance >> 33) as usize % moves.len().max(1);
            let Some(step) = moves.get(choice).filter(|step| !step.is_null()) else {
                return (choices, self.told(&rows, state));
            };
            let step = numbers(step);
            choices.push(choice as u16);
            at = step[0];
            rows.truncate(rows.len() - step[2]);
            rows.extend(&step[3..]);
        }
    }

    fn told(&self, rows: &[usize], state: &Value) -> Value {
        let at = |list: &str, place: &Value| match place.as_u64() {
            Some(place) => self.board[list][place as usize].clone(),
            None => Value::Null,
        };
        let words = rows.iter().map(|&row| {
            let row = &self.board["rows"][row];
            json!([at("tasks", &row[0]), row[1], row[2], row[3]])
        });
        json!({
            "rows": words.collect::<Vec<_>>(),
            "question": at("asks", &state[0]),
            "objects": at("objects", &state[1]),
            "failed": !state[2].is_null() && !at("ends", &state[2]).is_null(),
        })
    }

    /// The same from the engine.
    fn played_to(&self, choices: &[u16]) -> Value {
        let checks = [self.check.clone()];
        let standing = play(self.kata, &checks, &self.played(choices)).expect("a standing");
        let told = &standing["told"];
        let steps = told["steps"].as_array().expect("steps");
        let is_told = |step: &&Value| step["to"].is_null() || step["words"] == "finished";
        let words = steps.iter().filter(is_told).map(|step| {
            let task = step["task"].as_u64();
            let task = task.map(|task| told["tasks"][task as usize].clone());
            json!([task, step["words"], step["path"], step["line"]])
        });
        let objects = steps
            .last()
            .map_or(json!([]), |step| step["objects"].clone());
        json!({
            "rows": words.collect::<Vec<_>>(),
            "question": standing["question"],
            "objects": objects,
            "failed": standing["failed"],
        })
    }
}

fn numbers(value: &Value) -> Vec<usize> {
    let numbers = value.as_array().expect("numbers").iter();
    let number = |value: &Value| value.as_u64().expect("a number") as usize;
    numbers.map(number).collect()
}

#[test]
fn whatever_is_chosen_the_board_tells_what_the_engine_tells() {
    for (kata, slip) in SLIPS {
        let game = Game::new(kata, slip);
        for chance in 0..40 {
            let (choices, told) = game.walk(chance);
            assert_eq!(told, game.played_to(&choices), "{slip}: {choices:?}");
        }
    }
}

/// The fewest disturbances of a path through the board to a failure.
fn fewest(board: &Value) -> Option<usize> {
    let states = board["states"].as_array()?;
    let mut best = vec![usize::MAX; states.len()];
    best[0] = 0;
    // A state is found after one that leads to it; but a later one may lead to it with less.
    for _ in 0..states.len() {
        let before = best.clone();
        for (at, state) in states
            .iter()
            .enumerate()
            .filter(|(at, _)| before[*at] < usize::MAX)
        {
            for step in state[3].as_array()?.iter().filter(|step| !step.is_null()) {
                let step = numbers(step);
                best[step[0]] = best[step[0]].min(before[at] + step[1]);
            }
        }
        if before == best {
            break;
        }
    }
    let fails = |at: &usize| {
        let end = states[*at][2].as_u64();
        end.is_some_and(|end| !board["ends"][end as usize].is_null())
    };
    (0..states.len()).filter(fails).map(|at| best[at]).min()
}

#[test]
fn a_whole_board_can_be_won_with_as_few_disturbances_as_the_search_needs() {
    for (kata, slip) in SLIPS {
        let mut game = Game::new(kata, slip);
        let Verdict::Failed(failure) = explore(&game.check, BackEnd::Exhaustive) else {
            panic!("{slip} is not caught");
        };
        let described = describe(game.kata, &game.check, &failure);
        let played = Played {
            workload: failure.workload.clone(),
            ..game.played(&[])
        };
        game.board = board(game.kata, &[game.check.clone()], &played).expect("a board");
        assert_eq!(game.board["complete"], true, "{slip}");
        let needed = described["fewest_disturbances"].as_u64();
        assert_eq!(
            fewest(&game.board),
            needed.map(|needed| needed as usize),
            "{slip}"
        );
    }
}
