//! Random small programs with a loop that waits by looking: its rounds in vain leave out nothing.

use super::*;
use crate::explore::Workload;
use crate::explore::driver::Executions;
use crate::explore::runtime::settings::Settings;
use crate::explore::search::dpor::Dpor;
use crate::explore::search::{BoundedDfs, SearchStrategy};
use crate::sync::engine::channel::Receiver;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use std::mem::discriminant;
use std::sync::Mutex as Log;

/// What the threads of a program share.
struct Shared {
    number: AtomicUsize,
    guarded: Mutex<usize>,
    table: RwLock<usize>,
    messages: (Sender<()>, Receiver<()>),
    /// No loop looks at it.
    other: AtomicUsize,
}

/// What a thread does.
type Step = (&'static str, fn(&Shared));

const STEPS: [Step; 9] = [
    ("adds", |all| {
        all.number.fetch_add(1, SeqCst);
    }),
    ("adds to the other", |all| {
        all.other.fetch_add(1, SeqCst);
    }),
    ("looks under the lock", |all| {
        _ = *all.guarded.lock();
    }),
    ("adds under the lock", |all| *all.guarded.lock() += 1),
    ("adds to the other while it holds the lock", |all| {
        let _guard = all.guarded.lock();
        all.other.fetch_add(1, SeqCst);
    }),
    ("adds to the other while it reads", |all| {
        let _guard = all.table.read();
        all.other.fetch_add(1, SeqCst);
    }),
    ("writes", |all| *all.table.write() += 1),
    ("sends", |all| _ = all.messages.0.try_send(())),
    ("receives", |all| _ = all.messages.1.try_recv()),
];

/// A round of the loop; true if the loop has what it waited for.
type Round = (&'static str, fn(&Shared) -> bool);

const ROUNDS: [Round; 11] = [
    ("a number", |all| all.number.load(SeqCst) >= 2),
    ("an exchange", |all| {
        all.number.compare_exchange(1, 5, SeqCst, SeqCst).is_ok()
    }),
    ("a try_lock", |all| all.guarded.try_lock().is_some()),
    ("a section", |all| *all.guarded.lock() >= 1),
    ("a try_read", |all| all.table.try_read().is_some()),
    ("a try_write", |all| all.table.try_write().is_some()),
    ("a try_recv", |all| all.messages.1.try_recv().is_ok()),
    ("a try_send", |all| all.messages.0.try_send(()).is_ok()),
    ("a sum", |all| {
        all.number.load(SeqCst) + *all.guarded.lock() >= 2
    }),
    ("a lock, then a number", |all| {
        let guard = all.guarded.try_lock();
        guard.is_some() && all.number.load(SeqCst) >= 1
    }),
    ("a length, then a number", |all| {
        all.messages.1.len() + all.number.load(SeqCst) >= 2
    }),
];

#[derive(Clone)]
struct Program {
    round: Round,
    threads: Vec<Vec<Step>>,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = |steps: &Vec<Step>| steps.iter().map(|step| step.0).collect::<Vec<_>>();
        let threads: Vec<_> = self.threads.iter().map(names).collect();
        write!(f, "waits for {}; {threads:?}", self.round.0)
    }
}

/// Whether the loop has looked in vain, and what there was after it, if it has ended.
type Seen = Option<(bool, [usize; 2])>;

fn scenario(program: &Program, log: &Arc<Log<Seen>>) -> Scenario {
    let shared = Arc::new(Shared {
        number: AtomicUsize::new(0),
        guarded: Mutex::new(0),
        table: RwLock::new(0),
        messages: bounded(1),
        other: AtomicUsize::new(0),
    });
    let (all, log, round) = (Arc::clone(&shared), Arc::clone(log), program.round.1);
    let scenario = Scenario::new().thread("waits", move || {
        let mut in_vain = false;
        while !round(&all) {
            in_vain = true;
            thread::yield_now();
        }
        let after = [&all.other, &all.number].map(|cell| cell.load(SeqCst));
        *log.lock().unwrap() = Some((in_vain, after));
    });
    program.threads.iter().fold(scenario, |scenario, steps| {
        let (all, steps) = (Arc::clone(&shared), steps.clone());
        scenario.thread("does", move || steps.iter().for_each(|step| step.1(&all)))
    })
}

/// All outcomes, unless there are too many executions or the search is not for the program.
fn outcomes<S: SearchStrategy>(
    program: &Program,
    strategy: S,
    looks: u8,
) -> Option<BTreeSet<String>> {
    const LIMIT: usize = 2_000;
    let log = Arc::new(Log::new(None));
    let (shared, program) = (Arc::clone(&log), program.clone());
    let workload = Workload::new("", move || scenario(&program, &shared));
    // Some of the loops never end.
    let options = Options {
        steps: 300,
        ..Options::default()
    };
    let settings = Settings::new(&options).looking(looks);
    let mut executions = Executions::new(&workload, strategy, &settings);
    let mut all = BTreeSet::new();
    for _ in 0..LIMIT {
        if !executions.advance() {
            return Some(all);
        }
        let failure = executions.run().failure;
        if executions.strategy().error().is_some() {
            return None;
        }
        let end = failure.map(|failure| format!("{:?}", discriminant(&failure)));
        let seen: Seen = log.lock().unwrap().take();
        if executions.strategy().latest_counts() {
            all.insert(format!("{seen:?}, {end:?}"));
        }
    }
    None
}

fn program() -> impl Strategy<Value = Program> {
    let thread = prop::collection::vec(select(&STEPS[..]), 1..=3);
    let threads = prop::collection::vec(thread, 1..=2);
    let program = |(round, threads)| Program { round, threads };
    (select(&ROUNDS[..]), threads).prop_map(program)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 30,
        rng_seed: RngSeed::Fixed(0),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn one_round_in_vain_is_enough_for_a_loop_that_does_not_count(program in program()) {
        let Some(all) = outcomes(&program, BoundedDfs::through_all(), 2) else {
            return Err(TestCaseError::reject("too many executions"));
        };
        let once = outcomes(&program, BoundedDfs::through_all(), 1);
        prop_assert_eq!(once.as_ref(), Some(&all), "the plain search");
        for reduction in Dpor::one_after_the_other() {
            if let Some(found) = outcomes(&program, reduction, 1) {
                prop_assert_eq!(&found, &all, "the reduced search");
            }
        }
    }
}
