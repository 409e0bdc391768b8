//! What several threads see that add, cancel and run jobs at the same time.

use super::Make;
use super::diary::{
    Diary, Note, add, add_any, cancel, expect_cancel, expect_next, noted, run_pending,
};
use super::party::Party;
use crate::curriculum::periodic::contract::{Periodic as Contract, State};
use crate::curriculum::seen::{called, called_back, shown};
use crate::curriculum::signs::{await_signs, signal};
use crate::curriculum::workload::PerThread;
use crate::explore::scenario::Scenario;
use crate::sync::channel;
use crate::sync::thread;
use crate::text;
use std::panic;
use std::sync::Arc;

/// Threads that run what is due.
fn with_runners(scenario: Scenario, runners: u16, list: &Arc<dyn Contract>) -> Scenario {
    (1..=runners).fold(scenario, |scenario, number| {
        let list = Arc::clone(list);
        scenario.thread(format!("runner-{number}"), move || run_pending(&*list))
    })
}

pub(super) fn jobs_are_added_at_the_same_time(make: Make, adders: &PerThread) -> Scenario {
    let diary = Diary::new();
    let list = make(diary.clock());
    let added: Arc<Note<Vec<u64>>> = Arc::default();
    let mut scenario = Scenario::new();
    let mut jobs = 0;
    for (name, times) in adders.threads("adder") {
        let own = jobs + 1..=jobs + times;
        jobs += times;
        let (list, diary, added) = (Arc::clone(&list), Arc::clone(&diary), Arc::clone(&added));
        scenario = scenario.thread(name, move || {
            for job in own.clone() {
                let number = add_any(&*list, 1, diary.job(job, || ()));
                noted(&added).push(number);
            }
        });
    }
    scenario.finally(move || {
        let mut numbers = noted(&added).clone();
        numbers.sort_unstable();
        let expected: Vec<u64> = (1..=jobs).collect();
        assert!(
            numbers == expected,
            "{}",
            text!(
                "the numbers of the jobs that were added are {numbers}, and each has to have one of its own: {expected}",
                numbers = format!("{numbers:?}"),
                expected = format!("{expected:?}")
            )
        );
        diary.set(1);
        called("run_pending", || list.run_pending());
        diary.expect_runs_in_any_order(&expected);
        for number in expected {
            expect_cancel(&*list, number, Some(State::AtRest));
        }
        expect_next(&*list, None);
    })
}

pub(super) fn each_time_has_one_run(make: Make, party: &Party) -> Scenario {
    let diary = Diary::new();
    let list = make(diary.clock());
    let jobs: Vec<u64> = (1..=party.others.into()).collect();
    for &number in &jobs {
        add(&*list, number, 1, diary.job(number, || ()));
    }
    diary.set(1);
    let scenario = with_runners(Scenario::new(), party.runners, &list);
    scenario.finally(move || {
        diary.expect_runs_in_any_order(&jobs);
        expect_next(&*list, Some(2));
    })
}

/// The first job lets time pass up to its own next time and to that of the others, and then waits for a
/// thread that runs these.
pub(super) fn a_running_job_is_passed_over(make: Make, others: u16) -> Scenario {
    let diary = Diary::new();
    let list = make(diary.clock());
    let others: Vec<u64> = (2..2 + u64::from(others)).collect();
    let (begun, begins) = channel::bounded(1);
    let (end, ends) = channel::bounded(1);
    let clock = Arc::clone(&diary);
    let first = diary.job(1, move || {
        if clock.now() < clock.at(2) {
            clock.set(2);
            signal(&begun);
            await_signs(&ends, 1);
        }
    });
    add(&*list, 1, 1, first);
    for &number in &others {
        add(&*list, number, 2, diary.job(number, || ()));
    }
    diary.set(1);
    let scenario = with_runners(Scenario::new(), 1, &list);
    let (shared, notes) = (Arc::clone(&list), Arc::clone(&diary));
    let scenario = scenario.thread("helper", move || {
        await_signs(&begins, 1);
        run_pending(&*shared);
        let expected: Vec<u64> = [&[1], &others[..]].concat();
        notes.expect_runs(&expected);
        signal(&end);
    });
    scenario.finally(move || {
        diary.expect_runs(&[]);
        called("run_pending", || list.run_pending());
        diary.expect_runs(&[1]);
        expect_next(&*list, Some(3));
    })
}

/// The only job ends when each client has made all calls.
pub(super) fn a_slow_job_holds_up_no_call(make: Make, clients: u16) -> Scenario {
    let diary = Diary::new();
    let list = make(diary.clock());
    let (sign, signs) = channel::unbounded();
    let slow = diary.job(1, move || await_signs(&signs, clients.into()));
    add(&*list, 1, 1, slow);
    diary.set(1);
    let mut scenario = with_runners(Scenario::new(), 1, &list);
    for number in 1..=clients {
        let (list, sign) = (Arc::clone(&list), sign.clone());
        scenario = scenario.thread(format!("client-{number}"), move || {
            make_all_calls(&*list);
            signal(&sign);
        });
    }
    scenario
}

/// What comes of them does not matter.
fn make_all_calls(list: &dyn Contract) {
    let added = add_any(list, 1, Arc::new(|| ()));
    called("next_run", || list.next_run());
    cancel(list, added);
    cancel(list, 1);
}

pub(super) fn a_cancelled_job_begins_no_more(make: Make, party: &Party) -> Scenario {
    let diary = Diary::new();
    let list = make(diary.clock());
    // What `cancel` has answered, once it has returned.
    let answers: Arc<Note<Vec<Option<State>>>> = Arc::default();
    let notes = Arc::clone(&answers);
    let job = diary.job(1, move || {
        assert!(
            !noted(&notes).contains(&Some(State::AtRest)),
            "{}",
            text!("job 1 begins, and `cancel` has answered before that it is at rest")
        );
    });
    add(&*list, 1, 1, job);
    diary.set(1);
    let mut scenario = with_runners(Scenario::new(), party.runners, &list);
    for number in 1..=party.others {
        let (list, answers) = (Arc::clone(&list), Arc::clone(&answers));
        scenario = scenario.thread(format!("canceller-{number}"), move || {
            let answer = cancel(&*list, 1);
            noted(&answers).push(answer);
        });
    }
    scenario.finally(move || {
        let answers = noted(&answers).clone();
        let shown_answers = shown(&answers).unwrap_or_default();
        let states: Vec<State> = answers.into_iter().flatten().collect();
        assert!(
            states.len() == 1,
            "{}",
            text!(
                "`cancel` has answered {answers}, and one of these calls has cancelled job 1",
                answers = shown_answers
            )
        );
        assert!(
            states[0] == State::AtRest || diary.has_begun(1),
            "{}",
            text!("`cancel` has answered that job 1 is running, and it has not run")
        );
        expect_next(&*list, None);
    })
}

/// What the first job panics with.
struct Payload;

/// The first job panics in its first run. A thread hears of it, and then lets the others run.
pub(super) fn a_panic_harms_no_schedule(make: Make, others: u16) -> Scenario {
    let scenario = Scenario::new().thread("main", move || {
        let diary = Diary::new();
        let list = make(diary.clock());
        let jobs: Vec<u64> = (1..=1 + u64::from(others)).collect();
        let clock = Arc::clone(&diary);
        for &number in &jobs {
            let clock = Arc::clone(&clock);
            let job = diary.job(number, move || {
                if number == 1 && clock.now() == clock.at(1) {
                    called_back(|| panic::panic_any(Payload));
                }
            });
            add(&*list, number, 1, job);
        }
        diary.set(1);
        let its = Arc::clone(&list);
        let runner = thread::Builder::new().name("runner".to_owned());
        let runner = runner.spawn(move || run_pending(&*its));
        let outcome = runner.expect("an exploration has room for it").join();
        let is_its_panic = match outcome {
            Ok(()) => false,
            Err(payload) if payload.is::<Payload>() => true,
            Err(other) => panic::resume_unwind(other),
        };
        assert!(
            is_its_panic,
            "{}",
            text!("a job has panicked, and that did not go on to who called `run_pending`")
        );
        run_pending(&*list);
        diary.expect_runs(&jobs);
        diary.set(2);
        run_pending(&*list);
        diary.expect_runs(&jobs);
        expect_next(&*list, Some(3));
    });
    scenario.leaves_panics_to_joins()
}
