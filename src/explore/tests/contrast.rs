//! The nearest execution that passes: what happens there instead, at the first difference.

use super::*;
use crate::explore::model::operation::{Operation, Response, TaskId};
use crate::explore::model::record::{Event, EventKind};
use crate::explore::model::verdict::Contrast;
use crate::explore::{Replay, Token, replay};

/// Two threads that load, add and store, and a final check.
fn lost_update() -> Scenario {
    let (count, scenario) = together(2, AtomicUsize::new(0), |count| {
        let seen = count.load(SeqCst);
        count.store(seen + 1, SeqCst);
    });
    scenario.finally(move || assert_eq!(count.load(SeqCst), 2))
}

/// Who does what where the two executions part: in the failing one, and instead.
fn parting(failure: &Failure) -> Option<[(TaskId, EventKind); 2]> {
    let Contrast::Passes { event, instead } = &**failure.contrast.as_ref()? else {
        return None;
    };
    let told = |event: &Event| (event.task, event.what.clone());
    let event = &failure.record.events[*event];
    Some([told(event), told(instead)])
}

#[test]
fn a_lost_update_is_none_if_the_first_thread_stores_before_the_second_one_loads() {
    let failure = failure(lost_update);
    let Some([event, instead]) = parting(&failure) else {
        panic!("no execution that passes");
    };
    assert!(matches!(
        (event, instead),
        (
            (TaskId(2), EventKind::Performed(Operation::Load(loaded), _)),
            (TaskId(1), EventKind::Performed(Operation::Store(stored), _)),
        ) if loaded == stored
    ));
}

#[test]
fn a_replay_knows_it_as_well() {
    let failure = failure(lost_update);
    let check = check(lost_update);
    let token = Token {
        kata: "kata".to_owned(),
        check: check.name.to_owned(),
        workload: failure.workload.clone(),
        schedule: failure.schedule.clone().expect("it can be replayed"),
    };
    let Ok(Replay::Failed(replayed)) = replay(&check, &token, &options()) else {
        panic!("it does not fail again");
    };
    assert_eq!(replayed.contrast, failure.contrast);
}

#[test]
fn what_ends_without_a_reason_goes_on_instead() {
    let failure = failure(|| {
        let (flag, scenario) = together(1, AtomicUsize::new(0), |flag| {
            let _ = flag.compare_exchange_weak(0, 1, SeqCst, SeqCst);
        });
        scenario.finally(move || assert_eq!(flag.load(SeqCst), 1))
    });
    let Some([(task, what), (other, instead)]) = parting(&failure) else {
        panic!("no execution that passes");
    };
    let response = |what| match what {
        EventKind::Performed(_, response) => Some(response),
        _ => None,
    };
    assert_eq!(
        (task, response(what), response(instead)),
        (other, Some(Response::Spurious), Some(Response::Done))
    );
}

#[test]
fn it_is_known_where_every_execution_fails() {
    let failure = failure(|| {
        let lock = Mutex::new(());
        Scenario::new().thread("a", move || {
            let _first = lock.lock();
            let _second = lock.lock();
        })
    });
    let none = Contrast::NonePasses { executions: 1 };
    assert_eq!(failure.contrast.as_deref(), Some(&none));
    let failure = self::failure(|| {
        let (_, scenario) = together(2, AtomicUsize::new(0), |count| {
            count.fetch_add(1, SeqCst);
        });
        scenario.finally(|| panic!("whatever comes first"))
    });
    let none = Contrast::NonePasses { executions: 2 };
    assert_eq!(failure.contrast.as_deref(), Some(&none));
}

#[test]
fn it_is_looked_for_among_all_executions_where_the_plainest_one_fails() {
    let failure = failure(|| {
        let (flag, scenario) = together(1, AtomicUsize::new(0), |flag| {
            assert_eq!(flag.load(SeqCst), 1, "who is second comes first");
        });
        scenario.thread("first", move || flag.store(1, SeqCst))
    });
    assert_eq!(
        failure
            .schedule
            .as_ref()
            .map(ToString::to_string)
            .as_deref(),
        Some("straight")
    );
    let Some([(task, _), (other, instead)]) = parting(&failure) else {
        panic!("no execution that passes");
    };
    assert!(task != other && matches!(instead, EventKind::Performed(Operation::Store(_), _)));
}
