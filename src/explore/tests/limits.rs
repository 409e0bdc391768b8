//! What is too much for the engine is said in so many words, and costs nothing that is needed later.

use super::*;
use crate::explore::exhaustive::explore_within;
use crate::explore::interactive::Player;
use crate::sync::engine::channel::Receiver;
use std::env;
use std::process::{Command, Output};

/// Lives as long as what owns it.
type Witness = Arc<()>;

/// The message of the back end that gave up.
#[track_caller]
fn message(kind: FailureKind) -> String {
    match kind {
        FailureKind::BackEnd { message } => message,
        other => panic!("{other:?}"),
    }
}

/// Names the test that runs in a process of its own.
const APART: &str = "KATA_TEST_APART";

/// Runs a test of this file in a process of its own, with what may harm others; what it printed.
#[track_caller]
fn apart(name: &str, test: impl FnOnce()) -> Option<Output> {
    if env::var(APART).is_ok_and(|running| running == name) {
        test();
        return None;
    }
    let mut command = Command::new(env::current_exe().expect("this test"));
    let path = format!("explore::tests::limits::{name}");
    command.args([&path, "--exact", "--nocapture"]);
    Some(command.env(APART, name).output().expect("a process"))
}

#[track_caller]
fn passes_apart(name: &str, test: impl FnOnce()) {
    if let Some(output) = apart(name, test) {
        let shown = String::from_utf8_lossy(&output.stderr);
        let has_run = String::from_utf8_lossy(&output.stdout).contains("1 passed");
        assert!(output.status.success() && has_run, "{shown}");
    }
}

#[test]
fn a_thread_for_which_there_is_no_room_is_dropped_with_what_it_owns() {
    let witness = Witness::default();
    let given = Arc::clone(&witness);
    let message = given_up(move || {
        let (given, kept) = (Arc::clone(&given), Arc::clone(&given));
        let scenario = Scenario::new().thread("spawner", move || {
            let (sender, _receiver) = unbounded();
            for _ in 0..1_100 {
                let owned = (sender.clone(), Arc::clone(&given));
                thread::spawn(move || owned.0.send(()).unwrap());
            }
        });
        scenario.finally(move || drop(kept))
    });
    let expected = "an execution can have at most 1024 tasks, its setup included";
    assert_eq!(message, expected);
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn a_scenario_of_too_many_threads_is_dropped_with_what_they_own() {
    let witness = Witness::default();
    let given = Arc::clone(&witness);
    let message = given_up(move || {
        let (sender, receiver) = unbounded();
        let add = |scenario: Scenario, _| {
            let owned = (sender.clone(), Arc::clone(&given));
            scenario.thread("sender", move || owned.0.send(()).unwrap())
        };
        let scenario = (0..1_100).fold(Scenario::new(), add);
        let kept = Arc::clone(&given);
        scenario.finally(move || drop((receiver, kept)))
    });
    assert!(message.contains("at most 1024 tasks"));
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn what_a_scenario_states_may_own_the_ends_of_its_channels() {
    for back_end in [BackEnd::Exhaustive, BackEnd::Generated] {
        let check = check(|| {
            let (sender, receiver) = unbounded();
            let (told, kept) = (receiver.clone(), sender.clone());
            Scenario::new()
                .thread("sender", move || sender.send(1).unwrap())
                .sometimes("something comes", move || receiver.recv() == Ok(1))
                .outcome(move || format!("{:?}{:?}", told.recv(), kept.send(2)))
        });
        assert!(explore(&check, back_end).failure().is_none());
    }
}

/// Waits for ever when it is dropped, for a message that nobody sends.
struct Waits(Receiver<()>, #[allow(dead_code)] Sender<()>);

impl Waits {
    fn new() -> Self {
        let (sender, receiver) = unbounded();
        Waits(receiver, sender)
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.recv().ok();
    }
}

fn one_that_gets_stuck(mut scenario: Scenario) -> Scenario {
    scenario = scenario.thread("stuck", || {
        let waits = Waits::new();
        waits.0.recv().ok();
    });
    scenario
}

#[test]
fn destructors_that_wait_for_ever_end_an_exploration_before_the_memory_does() {
    passes_apart(
        "destructors_that_wait_for_ever_end_an_exploration_before_the_memory_does",
        || {
            let check = check(|| {
                let (_, scenario) = together(3, AtomicUsize::new(0), |shared| {
                    (0..4).for_each(|_| drop(shared.fetch_add(1, SeqCst).to_string()));
                });
                one_that_gets_stuck(scenario)
            });
            let outcomes = outcomes(&check.exhaustive[0]);
            assert!(!outcomes.is_complete);
            assert_eq!(outcomes.executions(), 10_001);
            // An execution that is broken off has no failure of its own.
            let position = Player::new(&check, "0", &options()).unwrap().position(&[]);
            let message = message(position.so_far.kind);
            let wait = format!("`stuck`, waits for `recv` at {}:", file!());
            assert!(message.contains(&wait), "{message}");
            // Whose threads all end can be explored as before.
            assert_eq!(executions(|| locked_counter(2)), 2);
        },
    );
}

#[cfg(target_os = "linux")]
#[test]
fn without_memory_for_another_stack_the_execution_ends_and_says_so() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    passes_apart(
        "without_memory_for_another_stack_the_execution_ends_and_says_so",
        || {
            // Of 2 MiB each 250 would need almost all of it.
            let most = Some(512 << 20);
            let limit = Rlimit {
                current: most,
                maximum: most,
            };
            setrlimit(Resource::As, limit).unwrap();
            let witness = Witness::default();
            let given = Arc::clone(&witness);
            let message = given_up(move || {
                let given = Arc::clone(&given);
                let (_, scenario) = together(250, given, |_| thread::park());
                scenario
            });
            assert!(
                message.contains("no memory for another thread's stack"),
                "{message}"
            );
            assert_eq!(Arc::strong_count(&witness), 1);
        },
    );
}

/// Panics when it is dropped, also in the middle of another panic.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("the bomb goes off");
    }
}

/// Ends the process of its own, which says this before.
#[track_caller]
fn aborts_apart(name: &str, expected: &[&str], scenario: fn() -> Scenario) {
    let explore = || drop(explore(&check(scenario), BackEnd::Exhaustive));
    if let Some(output) = apart(name, explore) {
        let shown = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{shown}");
        for part in expected {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }
}

#[test]
fn a_destructor_that_panics_while_a_deadlock_is_unwound_ends_the_process_and_is_named() {
    aborts_apart(
        "a_destructor_that_panics_while_a_deadlock_is_unwound_ends_the_process_and_is_named",
        &[
            concat!("a destructor of the thread `t2` has panicked at ", file!()),
            "the bomb goes off",
            "The execution had ended in a deadlock",
        ],
        || {
            let park = |(): &()| {
                let _bomb = Bomb;
                thread::park();
            };
            together(2, (), park).1
        },
    );
}

#[test]
fn a_destructor_that_panics_in_the_middle_of_a_panic_ends_the_process_and_is_named() {
    aborts_apart(
        "a_destructor_that_panics_in_the_middle_of_a_panic_ends_the_process_and_is_named",
        &["`twice`", "the bomb goes off", "had panicked before"],
        || {
            Scenario::new().thread("twice", || {
                let _bomb = Bomb;
                panic!("first");
            })
        },
    );
}

/// A thread that is at it for so long.
fn increments(number: usize, lock: bool) -> Scenario {
    let shared = Arc::new((AtomicUsize::new(0), Mutex::new(0)));
    Scenario::new().thread("counter", move || {
        for _ in 0..number {
            if lock {
                *shared.1.lock() += 1
            } else {
                drop(shared.0.fetch_add(1, SeqCst).to_string())
            }
        }
    })
}

#[test]
fn straight_code_may_be_as_long_as_it_wants() {
    for lock in [false, true] {
        let straight = check(move || increments(100_000, lock));
        let verdict = explore(&straight, BackEnd::Exhaustive);
        assert!(
            matches!(verdict, Verdict::Verified { executions: 1, .. }),
            "{verdict:?}"
        );
        let options = Options {
            cases: 3,
            ..options()
        };
        let verdict = crate::explore::explore(&straight, BackEnd::Generated, &options);
        assert!(
            matches!(verdict, Verdict::NotRefuted { executions: 3 }),
            "{verdict:?}"
        );
    }
}

#[test]
fn code_that_goes_on_and_on_without_a_circle_is_too_long_to_explore_and_no_failure() {
    let endless = || increments(usize::MAX, false);
    for back_end in [BackEnd::Exhaustive, BackEnd::Generated] {
        let Verdict::Inconclusive { why, .. } = explore(&check(endless), back_end) else {
            panic!("{back_end}: it is blamed");
        };
        let expected = "too long to explore: an execution had not ended after 500000 operations";
        assert!(why.contains(expected), "{why}");
        assert!(why.contains("KATA_STEPS=50000"), "{why}");
    }
    let outcomes = outcomes(&check(endless).exhaustive[0]);
    let names: Vec<&String> = outcomes.counts.keys().collect();
    assert_eq!(names, ["too long to explore"]);
    assert!(!outcomes.is_complete);
}

#[test]
fn a_higher_bound_lets_longer_code_be_explored() {
    let straight = check(|| increments(600, false));
    let verdict = |steps| {
        let options = Options { steps, ..options() };
        explore_within(&straight, &Settings::new(&options), 100)
    };
    assert!(matches!(verdict(5), Verdict::Inconclusive { .. }));
    assert!(matches!(
        verdict(50),
        Verdict::Verified { executions: 1, .. }
    ));
}

#[test]
fn choices_that_nobody_makes_any_more_are_a_bound_that_is_named() {
    let two = check(|| {
        let (_, scenario) = together(2, AtomicUsize::new(0), |count| {
            for _ in 0..3 {
                count.fetch_add(1, SeqCst);
            }
        });
        scenario
    });
    let verdict = |steps| {
        let options = Options { steps, ..options() };
        explore_within(&two, &Settings::new(&options), 100)
    };
    assert!(matches!(verdict(20), Verdict::Verified { .. }));
    let Verdict::Bounded { within, .. } = verdict(6) else {
        panic!("choices are left out, and that is not said");
    };
    assert_eq!(within, "the choices in the first 3 operations of each");
}

#[test]
fn who_waits_in_a_circle_is_shown_where_it_goes_round() {
    let failure = failure(|| {
        let (_, scenario) = together(2, AtomicBool::new(false), |flag| {
            while !flag.load(SeqCst) {
                thread::yield_now();
            }
        });
        scenario
    });
    let FailureKind::Livelock { cycle, .. } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    let places: Vec<_> = cycle.iter().map(|turning| turning.task.0).collect();
    assert_eq!(places, [1, 1, 2, 2], "both load, and both give way");
    let lines = [cycle[0].location.line(), cycle[1].location.line()];
    assert_eq!(lines[0] + 1, lines[1]);
}

#[test]
fn a_loop_in_which_something_changes_every_time_is_not_told_to_be_a_circle() {
    let scenario = || {
        let shared = (AtomicBool::new(false), AtomicUsize::new(0));
        let (_, scenario) = together(1, shared, |(flag, rounds)| {
            while !flag.load(SeqCst) {
                rounds.fetch_add(1, SeqCst);
                thread::yield_now();
            }
        });
        scenario
    };
    let verdict = explore(&check(scenario), BackEnd::Exhaustive);
    assert!(
        matches!(verdict, Verdict::Inconclusive { .. }),
        "{verdict:?}"
    );
}
