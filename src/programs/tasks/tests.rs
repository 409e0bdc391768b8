//! The programs under every order of their tasks, with a clock that is virtual: what they can print.

use super::lock::{self, Lock};
use super::welcome::{self, Way};
use super::{results, say_after, semaphore};
use crate::explore::check::Workload;
use crate::explore::outcomes;
use crate::explore::scenario::Scenario;
use crate::harness;
use crate::programs::kit::speed::Speed;
use crate::sync::time::Instant;
use std::io;
use std::num::NonZeroU16;

/// A program that prints on this paper.
type Program = fn(&mut Vec<u8>) -> io::Result<()>;

/// All that can be printed, each with how many seconds that takes.
fn printed(program: Program) -> Vec<String> {
    let scenario = move || {
        let (tell, told) = crate::sync::channel::unbounded();
        let runs = move || {
            let start = Instant::now();
            let mut paper = Vec::new();
            program(&mut paper).expect("there is room");
            let text = String::from_utf8(paper).expect("UTF-8");
            let time = start.elapsed();
            tell.send(format!("{text}{time:?}")).expect("it is read");
        };
        let scenario = Scenario::new().thread("program", runs);
        scenario.outcome(move || told.try_recv().expect("the program has ended"))
    };
    let outcomes = outcomes(&Workload::new("program", scenario), &harness::options());
    assert!(outcomes.is_complete, "there are too many executions");
    outcomes.counts.into_keys().collect()
}

/// A time of day that stands still.
fn clock() -> String {
    "04:05:06".to_owned()
}

#[test]
fn something_is_said_before_the_second_and_after_it() {
    let said = printed(|out| say_after::run(Speed::ORIGINAL, clock, out));
    assert_eq!(said, ["before Hello 04:05:06\nafter Hello 04:05:06\n1s"]);
}

#[test]
fn who_is_made_welcome_in_turn_waits_twice_as_long_as_at_the_same_time() {
    let ways: [(Program, &[u64]); 3] = [
        (
            |out| welcome::run(Way::Sequential, Speed::ORIGINAL, out),
            &[4],
        ),
        // The second task may be polled for the first time when the pause of the first one is over.
        (
            |out| welcome::run(Way::Tasks, Speed::ORIGINAL, out),
            &[2, 4],
        ),
        // Of jobs all are polled at once.
        (|out| welcome::run(Way::Gather, Speed::ORIGINAL, out), &[2]),
    ];
    for (program, seconds) in ways {
        let told = |seconds| {
            format!("Bienvenue en Python\nBienvenue en Python\n0:00:0{seconds}\n{seconds}s")
        };
        let expected: Vec<String> = seconds.iter().map(told).collect();
        assert_eq!(printed(program), expected);
    }
}

#[test]
fn a_result_is_there_once_it_is_awaited() {
    assert_eq!(
        printed(|out| results::run(Speed::ORIGINAL, out)),
        ["False\nTrue Bienvenue en Python\n2s"]
    );
}

#[test]
fn what_has_failed_stands_among_the_results() {
    assert_eq!(
        printed(|out| results::run_exceptions(Speed::ORIGINAL, out)),
        [
            "False\nTrue ['Bienvenue en Python', Exception('Ceci est une erreur !'), \
             'Bienvenue en Python']\n2s"
        ]
    );
}

#[test]
fn with_the_lock_no_addition_gets_lost() {
    let with = printed(|out| lock::run_with(2, Lock::With, Speed::ORIGINAL, out));
    assert_eq!(with, ["2\n200ms"]);
    let without = printed(|out| lock::run_with(2, Lock::Without, Speed::ORIGINAL, out));
    assert!(without.contains(&"1\n100ms".to_owned()), "{without:?}");
}

#[test]
fn no_more_tasks_work_at_the_same_time_than_there_are_permits() {
    for text in printed(|out| semaphore::run_with(2, NonZeroU16::MIN, Speed::ORIGINAL, out)) {
        let mut lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.split_off(4), ["au plus 1 à la fois", "200ms"]);
        let first = lines[0].strip_suffix(" commence (1 au travail)");
        let first = first.expect("one begins");
        assert_eq!(lines[1], format!("{first} a fini (0 au travail)"));
    }
}
