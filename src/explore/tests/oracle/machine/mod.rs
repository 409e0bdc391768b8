//! The oracle: a program's executions as paths through a graph of states.
//!
//! It is written from the rules of each operation alone, and shares nothing with the engine. A
//! state holds what the threads have seen so far, so that a state without a successor is an outcome.

mod channels;
mod locks;
mod panics;
mod quick;
mod rendezvous;
mod state;
mod steps;
mod tasks;

use super::outcome::{Ending, Outcome};
use super::program::{Program, Thread};
use quick::Quick;
use state::{Life, State};
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasherDefault;

/// What the oracle knows of a program.
pub(super) struct Expected {
    pub(super) outcomes: BTreeSet<Outcome>,
    /// How many executions there are, those included that differ in nothing that matters.
    pub(super) executions: u64,
}

/// All outcomes of a program; `None` if it has more states than `limit`.
pub(super) fn expected(program: &Program, limit: usize) -> Option<Expected> {
    let table = program.table();
    let mut walk = Walk {
        table: &table,
        limit,
        visited: HashMap::default(),
        outcomes: BTreeSet::new(),
    };
    let executions = walk.executions_from(State::initial(&table))?;
    Some(Expected {
        outcomes: walk.outcomes,
        executions,
    })
}

struct Walk<'t> {
    table: &'t [Thread],
    limit: usize,
    /// How many executions go on from each state that has been seen.
    visited: HashMap<State, u64, BuildHasherDefault<Quick>>,
    outcomes: BTreeSet<Outcome>,
}

impl Walk<'_> {
    /// Depth first; nothing loops, so no state is met on the way from itself.
    fn executions_from(&mut self, state: State) -> Option<u64> {
        if let Some(&known) = self.visited.get(&state) {
            return Some(known);
        }
        if self.visited.len() >= self.limit {
            return None;
        }
        let next = state.successors(self.table);
        let mut executions = 0_u64;
        if next.is_empty() {
            self.outcomes.insert(outcome(&state, self.table));
            executions = 1;
        }
        for next in next {
            executions = executions.saturating_add(self.executions_from(next)?);
        }
        self.visited.insert(state, executions);
        Some(executions)
    }
}

/// What an execution has come to that cannot go on from here.
fn outcome(state: &State, table: &[Thread]) -> Outcome {
    let waiting: Vec<(usize, usize)> = (state.tasks.iter().enumerate())
        .filter(|(id, task)| task.life == Life::Runs && task.at < table[*id].code.len())
        .map(|(id, task)| (id, task.at))
        .collect();
    let ending = match state.panic.or_else(|| state.panic_in_the_end(table)) {
        Some((thread, seen)) => Ending::Panic(thread, seen),
        None if waiting.is_empty() => Ending::Ends,
        None => Ending::Deadlock(waiting),
    };
    let logs = state.tasks.iter().map(|task| task.log.clone()).collect();
    Outcome { logs, ending }
}
