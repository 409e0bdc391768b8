//! Finds the states that choices lead to.

use super::words::{MOST_TOLD, Told, Words};
use crate::curriculum::Kata;
use crate::explore::fingerprint::{digest, fingerprint};
use crate::explore::interactive::{Player, Position, Question};
use crate::explore::record::{Event, EventKind};
use crate::results;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// How many choices are tried at most.
const MOST_CHOICES: usize = 4_000;

/// How many events all the executions may have together: long ones take long to tell.
const MOST_EVENTS: usize = 160_000;

/// Makes a board, state by state.
pub(super) struct Builder<'a> {
    player: Player,
    words: Words<'a>,
    states: Vec<ReachedState>,
    /// The states by what tells them apart.
    known: HashMap<u64, usize>,
    /// How many choices were tried, and how many events there were in all.
    tried: usize,
    events: usize,
}

/// A state, as it was first reached.
struct ReachedState {
    choices: Vec<u16>,
    told: Told,
    /// What tells this state from the others.
    key: u64,
    /// What its history has that no fingerprint shows.
    salt: u64,
    /// How many disturbances have led to it.
    disturbed: usize,
    question: Option<Question>,
    moves: Vec<Option<Move>>,
}

/// What a choice does.
struct Move {
    to: usize,
    disturbs: usize,
    takes_back: usize,
    adds: Vec<usize>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(kata: &'a Kata, player: Player) -> Self {
        Builder {
            player,
            words: Words::new(kata),
            states: Vec::new(),
            known: HashMap::new(),
            tried: 0,
            events: 0,
        }
    }

    /// Tries the choices, those first that disturb least. True if there are no others.
    pub(super) fn explore(&mut self) -> bool {
        let beginning = self.reach(None, 0);
        self.states.push(beginning);
        let mut open = BinaryHeap::from([Reverse((0, 0, 0))]);
        while let Some(Reverse((_, _, at))) = open.pop() {
            for choice in 0..options(self.states[at].question.as_ref()) {
                if self.tried >= MOST_CHOICES || self.events >= MOST_EVENTS {
                    return false;
                }
                self.tried += 1;
                let (step, is_new) = self.step(at, choice as u16);
                let state = &self.states[step.to];
                if is_new {
                    open.push(Reverse((state.disturbed, state.choices.len(), step.to)));
                }
                self.states[at].moves[choice] = Some(step);
            }
        }
        true
    }

    /// Makes a choice in a state, and adds the state to which it leads if that is a new one.
    fn step(&mut self, from: usize, choice: u16) -> (Move, bool) {
        let reached = self.reach(Some(from), choice);
        let before = &self.states[from];
        let rows = before.told.rows.iter().zip(&reached.told.rows);
        let common = rows.take_while(|(before, after)| before == after).count();
        let disturbs = reached.disturbed - before.disturbed;
        let takes_back = before.told.rows.len() - common;
        let adds = reached.told.rows[common..].to_vec();
        let new = self.states.len();
        let to = *self.known.entry(reached.key).or_insert(new);
        if to == new {
            self.states.push(reached);
        }
        let step = Move {
            to,
            disturbs,
            takes_back,
            adds,
        };
        (step, to == new)
    }

    fn reach(&mut self, from: Option<usize>, choice: u16) -> ReachedState {
        let from = from.map(|from| &self.states[from]);
        let mut choices = from.map_or(Vec::new(), |from| from.choices.clone());
        choices.extend(from.map(|_| choice));
        let position = self.player.position(&choices);
        let record = &position.so_far.record;
        self.events += record.events.len();
        let told = self.words.tell(&position);
        let path = digest(&(from.map(|from| from.key), choice));
        let question = from.and_then(|from| from.question.as_ref());
        let salt = match question {
            Some(question) if is_unseen(question, choice) => path,
            _ => from.map_or(0, |from| from.salt),
        };
        let key = match fingerprint(record).filter(|_| record.events.len() <= MOST_TOLD) {
            Some(happened) => digest(&(happened, last(&position), told.ask, told.objects, salt)),
            None => path,
        };
        ReachedState {
            choices,
            told,
            key,
            salt,
            disturbed: position.disturbances,
            moves: std::iter::repeat_with(|| None)
                .take(options(position.question.as_ref()))
                .collect(),
            question: position.question,
        }
    }

    /// The rows before the first choice, and the states, by the places of the words.
    pub(super) fn states(&self) -> (&[usize], impl Iterator<Item = results::BoardState>) {
        let first = match self.states.first() {
            Some(beginning) => &beginning.told.rows[..],
            None => &[],
        };
        (first, self.states.iter().map(ReachedState::result))
    }

    pub(super) fn into_words(self) -> Words<'a> {
        self.words
    }
}

impl ReachedState {
    fn result(&self) -> results::BoardState {
        let moves = self.moves.iter().map(|step| {
            let Move {
                to,
                disturbs,
                takes_back,
                adds,
            } = step.as_ref()?;
            Some([&[*to, *disturbs, *takes_back], adds.as_slice()].concat())
        });
        let Told {
            ask, objects, end, ..
        } = self.told;
        results::BoardState(ask, objects, end, moves.collect())
    }
}

/// How many answers there are.
fn options(question: Option<&Question>) -> usize {
    match question {
        None => 0,
        Some(Question::Turn { ready, .. }) => ready.len(),
        Some(Question::Waiter(waiters)) => *waiters,
        Some(Question::Spurious(_)) => 2,
    }
}

/// True if the record does not show what the answer comes to: whom a notification has woken, or
/// that a task is in the middle of a call.
fn is_unseen(question: &Question, choice: u16) -> bool {
    match question {
        Question::Waiter(_) => true,
        Question::Turn { ready, .. } => ready[usize::from(choice)].operation.is_inner(),
        Question::Spurious(_) => false,
    }
}

/// Who had the last turn: that one goes on without a preemption.
fn last(position: &Position) -> Option<u16> {
    let is_step = |event: &&Event| matches!(event.what, EventKind::Performed(..));
    let mut steps = position.so_far.record.events.iter().rev();
    steps.find(is_step).map(|event| event.task.0)
}
