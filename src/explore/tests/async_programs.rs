//! Random small async programs: the reduction leaves out nothing of what they can come to.

use super::programs::Log;
use super::reduction::{Found, Outcome, found};
use super::*;
use crate::explore::search::dpor::Dpor;
use crate::explore::search::dpor::reorder::Reorder;
use crate::explore::search::{BoundedDfs, SearchStrategy};
use crate::sync::task::{JoinHandle, block_on, sleep, spawn, timeout, yield_now};
use crate::sync::time::Duration;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, Waker};

/// How many executions at random are tried of a program, with others of the same partial orders.
const REORDERED: usize = 20;

const SHORT: Duration = Duration::from_millis(1);

/// What a task does; numbers name mailboxes.
#[derive(Clone, Debug)]
enum Step {
    /// Awaits what somebody brings; the second form gives up.
    Receive(usize),
    ReceiveFor(usize),
    Bring(usize),
    Spawn(Code),
    /// Awaits the task that was started last.
    Join,
    /// Gives it up.
    Abort,
    Asks,
    Yield,
    Sleep,
}

type Code = Vec<Step>;

/// Code of a task that starts others, or of one that starts none.
fn code(length: std::ops::RangeInclusive<usize>, may_spawn: bool) -> BoxedStrategy<Code> {
    let mailbox = || prop_oneof![3 => Just(0_usize), 1 => Just(1)];
    let alone = prop_oneof![
        3 => mailbox().prop_map(|number| vec![Step::Receive(number)]),
        1 => mailbox().prop_map(|number| vec![Step::ReceiveFor(number)]),
        3 => mailbox().prop_map(|number| vec![Step::Bring(number)]),
        1 => Just(vec![Step::Yield]),
        1 => Just(vec![Step::Sleep]),
    ];
    let steps = if may_spawn {
        let child = || code(1..=2, false);
        prop_oneof![
            3 => alone,
            1 => child().prop_map(|child| vec![Step::Spawn(child)]),
            1 => child().prop_map(|child| vec![Step::Spawn(child), Step::Join]),
            1 => child().prop_map(|child| vec![Step::Spawn(child), Step::Abort]),
            1 => child().prop_map(|child| vec![Step::Spawn(child), Step::Abort, Step::Join]),
            1 => child().prop_map(|child| vec![Step::Spawn(child), Step::Asks]),
            2 => (child(), mailbox()).prop_map(|(child, number)| {
                vec![Step::Spawn(child), Step::Receive(number), Step::Abort, Step::Join]
            }),
        ]
        .boxed()
    } else {
        alone.boxed()
    };
    vec(steps, length).prop_map(|parts| parts.concat()).boxed()
}

fn programs() -> impl Strategy<Value = Vec<Code>> {
    prop_oneof![vec(code(1..=2, true), 2..=2), vec(code(1..=1, true), 1..=3)]
}

#[derive(Default)]
struct Mailbox {
    letters: Vec<usize>,
    waker: Option<Waker>,
}

#[derive(Clone, Default)]
struct World {
    mailboxes: Arc<[Mutex<Mailbox>; 2]>,
    log: Log,
}

impl World {
    fn sees(&self, task: usize, what: impl Into<String>) {
        self.log.lock().unwrap().push((task, what.into()));
    }

    /// What somebody has brought, or will.
    fn letter(&self, mailbox: usize) -> impl Future<Output = usize> + Send + 'static {
        let mailboxes = Arc::clone(&self.mailboxes);
        poll_fn(move |context| {
            let mut held = mailboxes[mailbox].lock();
            let Some(letter) = held.letters.pop() else {
                held.waker = Some(context.waker().clone());
                return Poll::Pending;
            };
            Poll::Ready(letter)
        })
    }

    fn bring(&self, mailbox: usize, letter: usize) {
        let mut held = self.mailboxes[mailbox].lock();
        held.letters.push(letter);
        let waker = held.waker.take();
        drop(held);
        waker.into_iter().for_each(Waker::wake);
    }

    /// The task of this number; its children have the numbers behind ten times that.
    fn runs(self, task: usize, code: Code) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            let mut children: Vec<JoinHandle<()>> = Vec::new();
            let mut spawned = 0;
            for step in code {
                match step {
                    Step::Receive(mailbox) => {
                        let letter = self.letter(mailbox).await;
                        self.sees(task, format!("letter of {letter}"));
                    }
                    Step::ReceiveFor(mailbox) => {
                        let letter = timeout(SHORT, self.letter(mailbox)).await;
                        self.sees(task, format!("{letter:?}"));
                    }
                    Step::Bring(mailbox) => self.bring(mailbox, task),
                    Step::Spawn(code) => {
                        spawned += 1;
                        let child = self.clone().runs(10 * task + spawned, code);
                        children.push(spawn(child));
                    }
                    Step::Join => {
                        if let Some(child) = children.pop() {
                            let end = child.await;
                            self.sees(task, format!("{end:?}"));
                        }
                    }
                    Step::Abort => children.last().into_iter().for_each(JoinHandle::abort),
                    Step::Asks => {
                        if let Some(child) = children.last() {
                            let is_done = child.done();
                            self.sees(task, format!("{is_done}"));
                        }
                    }
                    Step::Yield => yield_now().await,
                    Step::Sleep => sleep(SHORT).await,
                }
            }
            self.sees(task, "ends");
        })
    }
}

fn scenario(program: &[Code], log: &Log) -> Scenario {
    let world = World {
        log: Arc::clone(log),
        ..World::default()
    };
    let tasks = program.iter().cloned().enumerate();
    tasks.fold(Scenario::new(), |scenario, (index, code)| {
        let world = world.clone();
        scenario.thread(format!("{index}"), move || {
            block_on(world.runs(index + 1, code));
        })
    })
}

/// The logs tell who has not come to its end. Numbers of tasks do not: they are in order of creation.
fn ending(failure: Option<FailureKind>) -> String {
    match failure {
        None => "ends".to_owned(),
        Some(FailureKind::Deadlock { blocked, .. }) => {
            let waits: BTreeSet<&str> =
                blocked.iter().map(|entry| entry.operation.verb()).collect();
            format!("{waits:?}")
        }
        Some(other) => format!("{other:?}"),
    }
}

fn outcomes<E: SearchStrategy>(
    program: &[Code],
    explorer: E,
    order: fn(&E) -> u64,
) -> Option<Found> {
    let program = program.to_vec();
    found(move |log| scenario(&program, log), explorer, order, ending)
}

/// The reduction's finds: with wakeup trees, or else with source sets.
fn reduced(program: &[Code]) -> Option<Found> {
    let mut reductions = Dpor::one_after_the_other().into_iter();
    reductions.find_map(|reduction| outcomes(program, reduction, Dpor::order))
}

fn same(found: &BTreeSet<Outcome>, all: &BTreeSet<Outcome>) -> Result<(), TestCaseError> {
    let missing: Vec<_> = all.difference(found).collect();
    let extra: Vec<_> = found.difference(all).collect();
    prop_assert!(
        missing.is_empty() && extra.is_empty(),
        "missing: {missing:#?}, extra: {extra:#?}"
    );
    Ok(())
}

fn config() -> ProptestConfig {
    let number = |name: &str| std::env::var(name).ok()?.parse::<u32>().ok();
    ProptestConfig {
        cases: number("KATA_ORACLE_PROGRAMS").map_or(40, |programs| programs / 15),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(number("KATA_ORACLE_SEED").unwrap_or_default().into()),
        max_global_rejects: u32::MAX,
        ..Default::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn async_programs_come_to_exactly_what_the_plain_search_finds(program in programs()) {
        let Some(all) = outcomes(&program, BoundedDfs::through_all(), |_| 0) else {
            return Err(TestCaseError::reject("too large for the plain search"));
        };
        let found = reduced(&program).expect("not larger");
        same(&found.outcomes, &all.outcomes)?;
        prop_assert!(found.executions <= all.executions);
        prop_assert_eq!(found.orders.len() + found.redundant, found.executions);
    }

    #[test]
    fn other_orders_of_the_same_kind_come_to_nothing_else(program in programs()) {
        let Some(found) = reduced(&program) else {
            return Err(TestCaseError::reject("too large"));
        };
        let reordered = outcomes(&program, Reorder::new(REORDERED), |_| 0);
        let Some(reordered) = reordered else {
            return Err(TestCaseError::reject("too large"));
        };
        let extra: Vec<_> = reordered.outcomes.difference(&found.outcomes).collect();
        prop_assert!(extra.is_empty(), "{extra:#?}");
    }
}
