//! Counts the executions of a program without any search: an independent witness.
//!
//! Two executions are equivalent if they order the conflicting operations alike. The versions say
//! all of that: for each operation how often its cell had been written before it. So the classes of
//! executions of one more step are those of a step less, each with the next operation of a thread,
//! without those met before.

use super::Counts;
use super::program::{Memory, Operation, Program};
use std::collections::HashSet;

/// What a thread does next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Perform(Operation),
    Finished,
    GaveUp,
}

/// A cell or a lock; a lock holds 1 while it is locked.
#[derive(Clone, Copy)]
struct Place {
    value: u64,
    /// How often it has been written.
    version: u16,
}

/// The beginning of an execution.
#[derive(Clone)]
struct Prefix {
    places: Vec<Place>,
    /// What each thread's operations returned.
    results: Vec<Vec<u64>>,
    /// For each thread's operations the version that they found.
    versions: Vec<Vec<u16>>,
    next: Vec<Next>,
}

/// So much is looked at. Threads that are independent have very many prefixes, however few
/// executions there are.
const MOST_PREFIXES: usize = 50_000;
const MOST_THREADS: usize = 9;

/// How many executions of the program are not equivalent; `None` if it is too large.
pub(super) fn count(program: &Program) -> Option<Counts> {
    if program.threads.len() > MOST_THREADS {
        return None;
    }
    let mut counts = Counts::default();
    let mut level = vec![Prefix::empty(program)];
    let mut prefixes = 0;
    while !level.is_empty() {
        prefixes += level.len();
        if prefixes > MOST_PREFIXES {
            return None;
        }
        let mut met = HashSet::new();
        let mut longer = Vec::new();
        for prefix in level {
            let mut is_over = true;
            for thread in 0..program.threads.len() {
                let Some(extended) = prefix.extended(program, thread) else {
                    continue;
                };
                is_over = false;
                if met.insert(extended.versions.clone()) {
                    longer.push(extended);
                }
            }
            match is_over {
                true if prefix.next.contains(&Next::GaveUp) => counts.given_up += 1,
                true => counts.full += 1,
                false => {}
            }
        }
        level = longer;
    }
    Some(counts)
}

impl Prefix {
    fn empty(program: &Program) -> Self {
        let place = |value| Place { value, version: 0 };
        let locks = std::iter::repeat_n(0, program.locks);
        let threads = program.threads.len();
        Prefix {
            places: program
                .cells
                .iter()
                .copied()
                .chain(locks)
                .map(place)
                .collect(),
            results: vec![Vec::new(); threads],
            versions: vec![Vec::new(); threads],
            next: (0..threads)
                .map(|thread| next(program, thread, &[]))
                .collect(),
        }
    }

    /// This and the next operation of the thread; `None` if it waits, or has come to its end.
    fn extended(&self, program: &Program, thread: usize) -> Option<Prefix> {
        let Next::Perform(operation) = self.next[thread] else {
            return None;
        };
        let (place, change) = effect(operation, program.cells.len());
        let old = self.places[place].value;
        if matches!(operation, Operation::Lock(_)) && old == 1 {
            return None;
        }
        let mut extended = self.clone();
        extended.results[thread].push(match operation {
            Operation::TryLock(_) => 1 - old,
            _ => old,
        });
        extended.versions[thread].push(self.places[place].version);
        if let Some(new) = change(old) {
            extended.places[place].value = new;
            extended.places[place].version += 1;
        }
        extended.next[thread] = next(program, thread, &extended.results[thread]);
        Some(extended)
    }
}

/// Which place an operation is about, and what it writes there, if it writes. What fails only
/// reads, and so does an update that leaves the value as it is; a store always writes.
fn effect(operation: Operation, cells: usize) -> (usize, Box<dyn Fn(u64) -> Option<u64>>) {
    let update = |new: u64| Box::new(move |old| (old != new).then_some(new)) as Box<_>;
    match operation {
        Operation::Load(cell) => (cell, Box::new(|_| None)),
        Operation::Store(cell, value) => (cell, Box::new(move |_| Some(value))),
        Operation::Add(cell, value) => (
            cell,
            Box::new(move |old| (value != 0).then_some(old + value)),
        ),
        Operation::Swap(cell, value) => (cell, update(value)),
        Operation::Exchange(cell, current, new) => (
            cell,
            Box::new(move |old| (old == current && old != new).then_some(new)),
        ),
        Operation::Lock(lock) | Operation::TryLock(lock) => (cells + lock, update(1)),
        Operation::Unlock(lock) => (cells + lock, update(0)),
    }
}

/// Runs the thread's code on the results so far, up to the operation after them.
fn next(program: &Program, thread: usize, results: &[u64]) -> Next {
    let mut replay = Replay {
        results: results.iter(),
        wanted: None,
    };
    let end = program.threads[thread](&mut replay);
    match (replay.wanted, end) {
        (Some(operation), _) => Next::Perform(operation),
        (None, Some(())) => Next::Finished,
        (None, None) => Next::GaveUp,
    }
}

struct Replay<'a> {
    results: std::slice::Iter<'a, u64>,
    wanted: Option<Operation>,
}

impl Memory for Replay<'_> {
    fn perform(&mut self, operation: Operation) -> Option<u64> {
        let result = self.results.next().copied();
        if result.is_none() {
            self.wanted = Some(operation);
        }
        result
    }
}
