//! A token names one execution, always the same.

use super::*;
use crate::explore::execution::Limits;
use crate::explore::guide::Follow;
use crate::explore::operation::Record;
use crate::explore::run::{Settings, run};
use crate::explore::smallest::{self, Culprit};
use crate::explore::verdict::Size;
use crate::explore::watchdog::Watchdog;
use crate::explore::{Replay, Schedule, Token, Workload, replay};
use crate::sync::native::Condvar;
use crate::sync::native::time::Duration;
use proptest::prelude::*;

/// A step of a random program, on one of two objects of its kind.
#[derive(Clone, Copy, Debug)]
enum Step {
    Increment(usize),
    Locked(usize),
    BothLocks(usize),
    Wait(usize),
    NotifyOne(usize),
    Send(usize),
    Receive(usize),
    TimedReceive(usize),
    Spawn,
    Yield,
}

fn step() -> impl Strategy<Value = Step> {
    use Step::*;
    (0..10usize, 0..2usize).prop_map(|(kind, object)| match kind {
        0 => Increment(object),
        1 => Locked(object),
        2 => BothLocks(object),
        3 => Wait(object),
        4 => NotifyOne(object),
        5 => Send(object),
        6 => Receive(object),
        7 => TimedReceive(object),
        8 => Spawn,
        _ => Yield,
    })
}

type Program = Vec<Vec<Step>>;

fn program() -> impl Strategy<Value = Program> {
    let thread = |steps| prop::collection::vec(step(), 1..=steps);
    prop::collection::vec(thread(3), 1..=3)
}

#[derive(Default)]
struct Objects {
    counters: [AtomicUsize; 2],
    locks: [Mutex<usize>; 2],
    condvars: [Condvar; 2],
}

type Channel = (Sender<usize>, crate::sync::native::channel::Receiver<usize>);

fn perform(step: Step, objects: &Arc<Objects>, channels: &[Channel; 2]) {
    match step {
        Step::Increment(i) => {
            let old = objects.counters[i].load(SeqCst);
            objects.counters[i].store(old + 1, SeqCst);
        }
        Step::Locked(i) => *objects.locks[i].lock() += 1,
        Step::BothLocks(i) => {
            let _first = objects.locks[i].lock();
            *objects.locks[1 - i].lock() += 1;
        }
        Step::Wait(i) => objects.condvars[i].wait(&mut objects.locks[i].lock()),
        Step::NotifyOne(i) => objects.condvars[i].notify_one(),
        Step::Send(i) => channels[i].0.send(i).unwrap(),
        Step::Receive(i) => {
            channels[i].1.recv().ok();
        }
        Step::TimedReceive(i) => {
            channels[i].1.recv_timeout(Duration::from_secs(1)).ok();
        }
        Step::Spawn => {
            let objects = Arc::clone(objects);
            thread::spawn(move || objects.counters[0].fetch_add(1, SeqCst));
        }
        Step::Yield => thread::yield_now(),
    }
}

/// Fails when an update of a counter was lost, or when tasks wait for ever.
fn scenario(program: &Program) -> Scenario {
    let objects = Arc::<Objects>::default();
    let channels = [bounded(1), unbounded()];
    let mut increments = 0;
    let mut scenario = Scenario::new();
    for (thread, steps) in program.iter().cloned().enumerate() {
        let own = |step: &&Step| matches!(step, Step::Increment(_));
        increments += steps.iter().filter(own).count();
        let (objects, channels) = (Arc::clone(&objects), channels.clone());
        scenario = scenario.thread(format!("t{thread}"), move || {
            steps
                .into_iter()
                .for_each(|step| perform(step, &objects, &channels));
        });
    }
    scenario.finally(move || {
        let sum: usize = objects
            .counters
            .iter()
            .map(|counter| counter.load(SeqCst))
            .sum();
        assert!(sum >= increments, "{sum} of {increments}");
    })
}

/// Runs the execution that a token names, by its text.
fn replayed(check: &Check, schedule: &Schedule) -> (Option<FailureKind>, Record, Schedule) {
    let text = format!("kata:check:0:{schedule}");
    let token: Token = text.parse().unwrap();
    match replay(check, &token).unwrap() {
        Replay::Passed(record) => (None, record, token.schedule),
        Replay::Failed(failure) => (
            Some(failure.kind),
            failure.record,
            failure.schedule.unwrap(),
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_token_replays_the_same_execution(
        program in program(),
        choices in prop::collection::vec(0..5u16, 0..40),
    ) {
        let check = check(move || scenario(&program));
        let (kind, record, schedule) = replayed(&check, &Schedule::new(choices));
        for _ in 0..2 {
            let (kind_again, record_again, _) = replayed(&check, &schedule);
            prop_assert_eq!(&kind_again, &kind);
            prop_assert_eq!(&record_again, &record);
        }
    }

    #[test]
    fn the_smallest_failure_is_as_small_as_brute_force_can_find(program in program()) {
        const LIMIT: u64 = 3_000;
        let check = check(move || scenario(&program));
        let workload = check.exhaustive[0].clone();
        if let Some(failures) = all_failures(&workload, LIMIT) {
            let fewest = failures.iter().map(|(disturbances, _)| *disturbances).min();
            let shown = failures.into_iter().next().map(|(_, schedule)| explained(&workload, schedule));
            prop_assert_eq!(shown, fewest);
        }
    }
}

/// How many choices of a schedule disturb, and the schedule, of every execution that fails;
/// `None` if there are more executions than the limit.
fn all_failures(workload: &Workload, limit: u64) -> Option<Vec<(usize, Schedule)>> {
    let watchdog = Watchdog::start();
    let settings = settings(&watchdog);
    let mut failures = Vec::new();
    let mut tree = Tree::default();
    for _ in 0..limit {
        let (outcome, next) = run(workload, tree, &settings);
        tree = next;
        if outcome.failure.is_some() {
            failures.push((tree.spent(), Schedule::new(outcome.choices)));
        }
        if !tree.advance() {
            return Some(failures);
        }
    }
    None
}

/// Brute force: an odometer over the choices, written without a thought for speed.
#[derive(Default)]
struct Tree {
    digits: Vec<(usize, Vec<u8>)>,
    at: usize,
}

impl crate::explore::guide::Guide for Tree {
    fn choose(&mut self, costs: &[u8]) -> usize {
        if self.at == self.digits.len() {
            self.digits.push((0, costs.to_vec()));
        }
        self.at += 1;
        self.digits[self.at - 1].0
    }
}

impl Tree {
    fn spent(&self) -> usize {
        self.digits
            .iter()
            .map(|(choice, costs)| usize::from(costs[*choice]))
            .sum()
    }

    fn advance(&mut self) -> bool {
        self.at = 0;
        while self
            .digits
            .pop_if(|(choice, costs)| *choice + 1 == costs.len())
            .is_some()
        {}
        match self.digits.last_mut() {
            Some((choice, _)) => *choice += 1,
            None => return false,
        }
        true
    }
}

fn settings(watchdog: &Watchdog) -> Settings {
    Settings {
        limits: Limits::default(),
        recording: false,
        watch: watchdog.watch(),
    }
}

fn explained(workload: &Workload, schedule: Schedule) -> usize {
    let watchdog = Watchdog::start();
    let culprit = Culprit {
        workload: workload.clone(),
        schedule,
        executions: 1,
    };
    match smallest::explain(&[], culprit, &settings(&watchdog)).size {
        Size::Smallest { disturbances } => disturbances,
        Size::Unknown { why } => panic!("{why}"),
    }
}

#[test]
fn a_schedule_that_is_ignored_would_be_noticed() {
    let check = check(|| {
        let (counter, scenario) = together(2, AtomicUsize::new(0), |counter| {
            let old = counter.load(SeqCst);
            counter.store(old + 1, SeqCst);
        });
        scenario.finally(move || assert_eq!(counter.load(SeqCst), 2))
    });
    let watchdog = Watchdog::start();
    let fails = |schedule: &str| {
        let guide = Follow::new(schedule.parse().unwrap());
        run(&check.exhaustive[0], guide, &settings(&watchdog))
            .0
            .failure
            .is_some()
    };
    assert!(!fails("straight"));
    assert!(
        fails("1-1"),
        "the first task is interrupted between its load and its store"
    );
}
