//! A board tells what playing tells.

#![cfg(not(loom))]

use kata::curriculum;
use kata::explore::{BackEnd, Check, Verdict, explore};
use kata::harness::{PlayRequest, board, fewest_disturbances, options, play};
use kata::results::{Asked, Board, BoardState, Row, Step};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::slice;

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
    board: Board,
}

/// What who plays sees.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    rows: Vec<SeenRow>,
    question: Option<Asked>,
    objects: Vec<(String, String)>,
    failed: bool,
}

#[derive(PartialEq, Eq, Debug)]
struct SeenRow {
    task: Option<String>,
    words: String,
    path: Option<String>,
    line: Option<u32>,
}

impl Game {
    fn new(kata: &str, slip: &str) -> Game {
        let kata = curriculum::find(kata).expect("a kata");
        let slip = kata.slips.iter().find(|other| other.name == slip);
        let slip = slip.expect("a slip of that name");
        let mut checks = (slip.checks)().into_iter();
        let check = checks.find(|check| check.name == slip.caught_by);
        let check = check.expect("the check that catches it");
        let beginning = PlayRequest::beginning(&check).expect("a workload");
        Game {
            kata,
            board: board(kata, slice::from_ref(&check), &beginning).expect("a board"),
            check,
        }
    }

    /// Plays with chance's choices up to the end, or to where the board ends.
    fn walk(&self, mut chance: u64) -> (Vec<u16>, Seen) {
        let (mut choices, mut at) = (Vec::new(), 0);
        let mut rows = self.board.first.clone();
        loop {
            let state = &self.board.states[at];
            let BoardState(.., moves) = state;
            chance = chance
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let choice = (chance >> 33) as usize % moves.len().max(1);
            let Some(Some(step)) = moves.get(choice) else {
                return (choices, self.seen(&rows, state));
            };
            choices.push(choice as u16);
            at = step[0];
            rows.truncate(rows.len() - step[2]);
            rows.extend(&step[3..]);
        }
    }

    fn seen(&self, rows: &[usize], &BoardState(ask, objects, end, _): &BoardState) -> Seen {
        let board = &self.board;
        let row = |&row: &usize| {
            let Row(task, words, path, line, _) = board.rows[row].clone();
            SeenRow {
                task: task.map(|task| board.tasks[task].clone()),
                words,
                path,
                line,
            }
        };
        Seen {
            rows: rows.iter().map(row).collect(),
            question: ask.map(|ask| board.asks[ask].clone()),
            objects: board.objects[objects].clone(),
            failed: end.is_some_and(|end| board.ends[end].is_some()),
        }
    }

    /// The same from the engine.
    fn played_to(&self, choices: &[u16]) -> Seen {
        let played = PlayRequest {
            choices: choices.to_vec(),
            ..PlayRequest::beginning(&self.check).expect("a workload")
        };
        let position = play(self.kata, slice::from_ref(&self.check), &played).expect("a position");
        let told = position.told;
        let is_told = |step: &&Step| step.to.is_none() || step.words == "finished";
        let row = |step: &Step| SeenRow {
            task: step.task.map(|task| told.tasks[task].clone()),
            words: step.words.clone(),
            path: step.path.clone(),
            line: step.line,
        };
        let last = told.steps.last();
        Seen {
            rows: told.steps.iter().filter(is_told).map(row).collect(),
            question: position.question,
            objects: last.map_or(Vec::new(), |step| step.objects.clone()),
            failed: position.failed,
        }
    }
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

#[test]
fn what_one_process_writes_another_reads() {
    #[track_caller]
    fn survives<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
        let text = serde_json::to_string(value).expect("JSON");
        assert_eq!(serde_json::from_str::<T>(&text).ok().as_ref(), Some(value));
    }
    let game = Game::new("counter", "no_lock");
    survives(&game.board);
    let (choices, _) = game.walk(1);
    for length in 0..=choices.len() {
        let played = PlayRequest {
            choices: choices[..length].to_vec(),
            ..PlayRequest::beginning(&game.check).expect("a workload")
        };
        survives(&play(game.kata, slice::from_ref(&game.check), &played).expect("a position"));
    }
}

/// The fewest disturbances of a path through the board to a failure.
fn fewest(board: &Board) -> Option<usize> {
    let mut best = vec![None; board.states.len()];
    best[0] = Some(0);
    // A state is found after one that leads to it; but a later one may lead to it with less.
    for _ in 0..best.len() {
        let before = best.clone();
        for (known, BoardState(.., moves)) in before.iter().zip(&board.states) {
            let Some(known) = known else {
                continue;
            };
            for step in moves.iter().flatten() {
                let found = known + step[1];
                let best: &mut Option<usize> = &mut best[step[0]];
                *best = Some(best.map_or(found, |best| best.min(found)));
            }
        }
        if before == best {
            break;
        }
    }
    let fails =
        |BoardState(_, _, end, _): &BoardState| end.is_some_and(|end| board.ends[end].is_some());
    let ends = best.iter().zip(&board.states);
    ends.filter(|(_, state)| fails(state))
        .filter_map(|(best, _)| *best)
        .min()
}

#[test]
fn a_whole_board_can_be_won_with_as_few_disturbances_as_the_search_needs() {
    for (kata, slip) in SLIPS {
        let mut game = Game::new(kata, slip);
        let Verdict::Failed(failure) = explore(&game.check, BackEnd::Exhaustive, &options()) else {
            panic!("{slip} is not caught");
        };
        let played = PlayRequest {
            workload: failure.workload.clone(),
            ..PlayRequest::beginning(&game.check).expect("a workload")
        };
        game.board = board(game.kata, slice::from_ref(&game.check), &played).expect("a board");
        assert!(game.board.complete, "{slip}");
        assert_eq!(fewest(&game.board), fewest_disturbances(&failure), "{slip}");
    }
}
