//! What is recorded where, and what is shown again.

use crate::explore::verdict::Caller;
use crate::judge::{Model, Recorder};

type Register = Model<u8, Option<u8>, u8>;

/// A register: `Some` sets it and answers 0, `None` gets it.
fn register() -> Register {
    Model::new(0, |value: &mut u8, set: &Option<u8>| match set {
        Some(new) => {
            *value = *new;
            Some(0)
        }
        None => Some(*value),
    })
}

#[test]
fn the_calls_of_real_threads_are_recorded_in_their_order() {
    let recorder = Recorder::new(register());
    recorder.call(Some(1), || 0);
    let other = recorder.clone();
    std::thread::scope(|scope| scope.spawn(move || other.call(None, || 1)).join()).unwrap();
    assert_eq!(recorder.verdict(), Ok(()));
    recorder.call(None, || 0);
    let why = recorder.verdict().expect_err("it has forgotten the 1");
    let callers: Vec<Caller> = why.calls.iter().map(|call| call.caller).collect();
    let [main, other] = [0, 1].map(Caller::Thread);
    assert_eq!(callers, [main, other, main]);
    assert_eq!((why.blame, why.instead), (2, vec!["1".to_owned()]));
}

#[test]
fn what_overlaps_on_real_threads_may_come_in_either_order() {
    let recorder = Recorder::new(register());
    let inner = recorder.clone();
    recorder.call(Some(1), || {
        assert_eq!(inner.call(None, || 0), 0);
        assert_eq!(inner.call(None, || 1), 1);
        0
    });
    assert_eq!(recorder.verdict(), Ok(()));
    recorder.call(None, || 0);
    assert!(recorder.verdict().is_err());
}

#[test]
fn a_call_that_panics_has_not_returned() {
    let recorder = Recorder::new(register());
    let panics = || recorder.call(Some(1), || panic!("on purpose"));
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics));
    assert!(caught.is_err());
    // It may have set it, or not, or do so later.
    for answers in [[0, 1], [1, 1], [0, 0]] {
        let recorder = recorder.clone();
        let _ = answers.map(|answer| recorder.call(None, || answer));
    }
    let why = recorder.verdict().expect_err("after 1 there is no 0");
    assert_eq!(why.calls.len(), 6);
    assert!(why.calls[0].returns.is_none());
}

#[cfg(not(loom))]
mod explored {
    use super::register;
    use crate::explore::driver::{End, search};
    use crate::explore::runtime::settings::Settings;
    use crate::explore::search::dpor::Dpor;
    use crate::explore::tests::options;
    use crate::explore::verdict::FailureKind;
    use crate::explore::{
        BackEnd, Check, Replay, Scenario, Schedule, Token, Verdict, explore, replay,
    };
    use crate::judge::{Model, Recorder, Session, check};
    use crate::sync::atomic::{AtomicU8, AtomicU64, Ordering::SeqCst};
    use std::sync::Arc;

    /// A check with one scenario.
    fn kept(scenario: impl Fn() -> Scenario + Send + Sync + 'static) -> Check {
        let one = proptest::strategy::Just(0);
        Check::new("check", "holds", one, [0_u8], [], move |_| scenario())
    }

    fn token(workload: &str, schedule: Schedule) -> Token {
        Token {
            kata: "register".to_owned(),
            check: "keeps".to_owned(),
            workload: workload.to_owned(),
            schedule,
        }
    }

    /// A register of which each thread has its own copy.
    fn copies() -> Check {
        let sessions = [Session::of([vec![None], vec![Some(1)]])];
        let new = || [0, 0].map(|_| AtomicU8::new(0));
        let call = |copies: &[AtomicU8; 2], set: Option<u8>| match set {
            Some(new) => {
                copies[1].store(new, SeqCst);
                0
            }
            None => copies[0].load(SeqCst),
        };
        check("register", "keeps", register(), sessions, new, call)
    }

    /// To the reduction there is one execution, and in its own order nothing is wrong.
    #[test]
    fn an_execution_is_judged_for_all_that_it_stands_for() {
        let check = copies();
        let settings = Settings::new(&options());
        let workload = &check.exhaustive[0];
        let (found, _) = search(workload, Dpor::default(), 10, &settings);
        assert_eq!(found.executions, 1);
        let End::Failed(schedule, FailureKind::Unexplained(_)) = found.end else {
            panic!("not refused");
        };
        // The execution at hand passes; the schedule is that of one which does not.
        let own = token("1", Schedule::default());
        assert!(matches!(
            replay(&check, &own, &options()),
            Ok(Replay::Passed(_))
        ));
        let token = token("1", schedule);
        let Ok(Replay::Failed(failure)) = replay(&check, &token, &options()) else {
            panic!("it passes when it is run again");
        };
        assert!(matches!(failure.kind, FailureKind::Unexplained(_)));
    }

    #[test]
    fn a_failure_is_replayed_by_its_token() {
        let check = copies();
        let Verdict::Failed(failure) = explore(&check, BackEnd::Exhaustive, &options()) else {
            panic!("not refused");
        };
        let schedule = failure.schedule.clone().expect("it can be run again");
        let again = token(&failure.workload, schedule);
        let Ok(Replay::Failed(again)) = replay(&check, &again, &options()) else {
            panic!("it passes when it is run again");
        };
        assert_eq!(again.kind, failure.kind);
        assert_eq!(again.record, failure.record);
        let other = token("2", Schedule::default());
        let error = replay(&check, &other, &options()).expect_err("there is one session");
        assert_eq!(
            error,
            "there is no workload `2` on the check's list, which has 1"
        );
    }

    /// What a task starts, and what the final check does, comes after what was done before.
    #[test]
    fn a_spawned_thread_and_the_final_check_know_what_came_before() {
        use crate::sync::thread;
        let answers = |of_child: u8, of_check: u8| {
            let scenario = move || {
                let recorder = Recorder::new(register());
                let [first, child, last] = [(); 3].map(|()| recorder.clone());
                let scenario = Scenario::new().thread("first", move || {
                    first.call(Some(1), || 0);
                    let child = thread::spawn(move || child.call(None, || of_child));
                    drop(child.join());
                });
                recorder.judge(scenario.finally(move || {
                    last.call(None, || of_check);
                }))
            };
            let check = kept(scenario);
            explore(&check, BackEnd::Exhaustive, &options())
        };
        assert!(matches!(
            answers(1, 1),
            Verdict::Verified { executions: 1, .. }
        ));
        for (of_child, of_check) in [(0, 1), (1, 0)] {
            assert!(answers(of_child, of_check).failure().is_some());
        }
    }

    #[test]
    fn a_call_that_lets_another_thread_do_its_work_has_begun_before_that() {
        let scenario = || {
            let count = Arc::new(AtomicU64::new(0));
            let recorder = Recorder::new(Model::new(0, |count: &mut u64, adds: &bool| {
                *count += u64::from(*adds);
                Some(*count)
            }));
            let judge = recorder.clone();
            let (other, asks) = (Arc::clone(&count), recorder.clone());
            let adds = move || {
                let add = || crate::sync::thread::spawn(move || count.fetch_add(1, SeqCst) + 1);
                recorder.call(true, || add().join().unwrap());
            };
            judge.judge(
                Scenario::new()
                    .thread("adds", adds)
                    .thread("asks", move || {
                        asks.call(false, || other.load(SeqCst));
                    }),
            )
        };
        let check = kept(scenario);
        for back_end in [BackEnd::Generated, BackEnd::Exhaustive] {
            let verdict = explore(&check, back_end, &options());
            assert!(verdict.failure().is_none(), "{back_end}: {verdict:#?}");
        }
    }
}
