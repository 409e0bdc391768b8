//! Runs a program on `kata::sync` under an explorer, and collects what it comes to.

mod actor;
mod channels;
pub(super) mod histories;
pub(super) mod natively;
mod tasks;

use super::outcome::{Ending, Outcome};
use super::program::{MUTEX_OF_CONDVAR, Program, Seen, Thread};
use crate::explore::driver::Executions;
use crate::explore::model::budget::Limits;
use crate::explore::model::operation::TaskId;
use crate::explore::model::verdict::{Blocked, FailureKind};
use crate::explore::runtime::settings::Settings;
use crate::explore::search::{SearchError, SearchStrategy};
use crate::explore::tests::within;
use crate::explore::{Scenario, Workload};
use crate::sync::engine::atomic::AtomicU8;
use crate::sync::engine::{Condvar, Mutex, RwLock, thread};
use actor::act;
use channels::channels;
use histories::Told;
use std::collections::BTreeSet;
use std::sync::{Arc, Barrier, Mutex as Unseen, mpsc};
use tasks::Polled;

/// What an explorer finds of a program.
#[derive(Default)]
pub(super) struct Found {
    pub(super) outcomes: BTreeSet<Outcome>,
    /// How many executions ran to their end.
    pub(super) executions: usize,
    /// How many were broken off since they would have repeated others.
    pub(super) redundant: usize,
    /// Executions that differ in more than the order of operations that commute.
    pub(super) orders: BTreeSet<u64>,
}

/// Why an explorer finds nothing.
#[derive(Debug)]
pub(super) enum Refusal {
    /// There are more executions than it may try.
    TooMany,
    /// It says itself that the program is not for it.
    GaveUp,
}

/// All that an explorer finds in at most `limit` executions. `order` tells the order of the latest
/// execution from others.
pub(super) fn found<E: SearchStrategy>(
    program: &Program,
    explorer: E,
    order: fn(&E) -> u64,
    limit: usize,
) -> Result<Found, Refusal> {
    let table: Arc<[Thread]> = program.table().into();
    let records = Records::default();
    let (threads, kept) = (Arc::clone(&table), Arc::clone(&records));
    let workload = Workload::new("", move || scenario(World::of(&threads, &kept)));
    let settings = settings();
    let mut all = Executions::new(&workload, explorer, &settings);
    let mut found = Found::default();
    while all.advance() {
        if found.executions + found.redundant == limit {
            return Err(Refusal::TooMany);
        }
        *records.lock().unwrap() = vec![Record::default(); table.len()];
        let outcome = all.run();
        match all.strategy().error() {
            Some(SearchError::GaveUp) => return Err(Refusal::GaveUp),
            Some(SearchError::Diverged(difference)) => panic!("{difference}"),
            None => {}
        }
        if all.strategy().latest_counts() {
            found.executions += 1;
            found.orders.insert(order(all.strategy()));
            found
                .outcomes
                .insert(collect(&table, &records, outcome.failure));
        } else {
            found.redundant += 1;
        }
    }
    Ok(found)
}

fn settings() -> Settings {
    within(Limits {
        // The oracle knows no bounds but this one.
        spurious: 1,
        early_timers: u8::MAX,
        looks: u8::MAX,
        yields: u8::MAX,
        ..Limits::default()
    })
}

/// What is known of a thread of the execution that runs.
#[derive(Clone, Default)]
struct Record {
    log: Vec<Seen>,
    /// The operation that it is in.
    at: Option<usize>,
}

type Records = Arc<Unseen<Vec<Record>>>;

fn collect(table: &[Thread], records: &Records, failure: Option<FailureKind>) -> Outcome {
    let records = std::mem::take(&mut *records.lock().unwrap());
    let waiting: Vec<(usize, usize)> = (records.iter().enumerate())
        .filter_map(|(id, record)| Some((id, record.at?)))
        .collect();
    let is_deadlock_of_all = |blocked: &[Blocked]| {
        // A selection waits for several things.
        let tasks: BTreeSet<TaskId> = blocked.iter().map(|entry| entry.task).collect();
        tasks.len() == waiting.len()
    };
    let ending = match failure {
        None if waiting.is_empty() => Ending::Ends,
        Some(FailureKind::Deadlock { blocked, .. }) if is_deadlock_of_all(&blocked) => {
            Ending::Deadlock(waiting)
        }
        Some(FailureKind::Panic { message, .. }) => match panicked(table, &message) {
            Some(id) => Ending::Panic(id, *records[id].log.last().expect("it saw something")),
            None => Ending::Failure(format!("panic: {message}")),
        },
        other => Ending::Failure(format!("{other:?}, when {waiting:?} wait")),
    };
    let logs = records.into_iter().map(|record| record.log).collect();
    Outcome { logs, ending }
}

/// Whose panic this is.
fn panicked(table: &[Thread], message: &str) -> Option<usize> {
    let (name, _) = message.split_once(" saw ")?;
    table.iter().position(|thread| thread.name == name)
}

/// What the threads of a program share.
struct World {
    table: Arc<[Thread]>,
    records: Records,
    told: Told,
    mutexes: [Mutex<u8>; 2],
    rwlocks: [RwLock<u8>; 2],
    condvars: [Condvar; MUTEX_OF_CONDVAR.len()],
    atomics: [AtomicU8; 2],
    /// Those that the program begins with. Each enters itself before its first operation, and none
    /// performs one before all have come so far.
    threads: Unseen<Vec<Option<thread::Thread>>>,
    /// The tasks of async code: what each thread polls.
    polled: Vec<Polled>,
    /// Where real threads wait for each other, after that.
    start: Option<Arc<Barrier>>,
    /// Gone with the last real thread.
    _alive: Option<mpsc::Sender<()>>,
}

impl World {
    fn of(table: &Arc<[Thread]>, records: &Records) -> Self {
        World {
            table: Arc::clone(table),
            records: Arc::clone(records),
            told: Told::default(),
            mutexes: Default::default(),
            rwlocks: Default::default(),
            condvars: Default::default(),
            atomics: Default::default(),
            threads: Unseen::new(vec![None; table.len()]),
            polled: table.iter().map(|_| Polled::new()).collect(),
            start: None,
            _alive: None,
        }
    }
}

fn scenario(world: World) -> Scenario {
    let world = Arc::new(world);
    let table = Arc::clone(&world.table);
    let begin_with = || {
        table
            .iter()
            .enumerate()
            .filter(|(_, thread)| !thread.is_spawned)
    };
    let ends = begin_with().fold(0, |ends, (_, thread)| ends | thread.ends);
    let mut channels = channels(ends);
    let empty = Scenario::new().leaves_panics_to_joins();
    let scenario = begin_with().fold(empty, |scenario, (id, thread)| {
        let (world, ends) = (Arc::clone(&world), channels.share(thread.ends));
        scenario.thread(&thread.name, move || {
            world.threads.lock().unwrap()[id] = Some(thread::current());
            if let Some(start) = &world.start {
                start.wait();
            }
            act(&world, id, ends, None);
        })
    });
    channels.drop_all();
    scenario
}
