//! What one thread sees that enters events and lets them run.

use super::Make;
use super::agenda::{Agenda, Counted};
use super::diary::{
    Diary, cancel, cancel_pending, enter, enter_all, enter_at, expect_pending, run,
};
use crate::curriculum::scheduler::contract::Scheduler as Contract;
use crate::explore::scenario::Scenario;
use crate::sync::thread;
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::sync::Arc;

/// Nothing takes no time: it gives way to nobody.
fn pause(time: Duration) {
    if !time.is_zero() {
        thread::sleep(time);
    }
}

/// Of one time any event may run.
pub(super) fn earlier_events_run_first(make: Make, agenda: &Agenda) -> Scenario {
    events_run_in_order(make, agenda, Agenda::are_at_one_time)
}

pub(super) fn then_the_lower_number_runs_first(make: Make, agenda: &Agenda) -> Scenario {
    events_run_in_order(make, agenda, |_, _, _| false)
}

/// An event may run before another one that is first only if `may_run` says so.
fn events_run_in_order(
    make: Make,
    agenda: &Agenda,
    may_run: fn(&Agenda, u64, u64) -> bool,
) -> Scenario {
    let agenda = Arc::new(agenda.clone());
    Scenario::new().thread("main", move || {
        let (scheduler, diary) = (make(), Diary::new());
        let order: Arc<[u64]> = agenda.order().into();
        enter_all(&*scheduler, &agenda, |number| {
            let (notes, order) = (Arc::clone(&diary), Arc::clone(&order));
            let agenda = Arc::clone(&agenda);
            diary.action(number, move || {
                notes.expect_next_of(&order, |number, next| may_run(&agenda, number, next));
            })
        });
        run(&*scheduler);
        diary.expect_all(1..=agenda.number());
    })
}

/// Time passes before the scheduler is made, before events are entered, and before they run.
pub(super) fn events_run_at_their_times(make: Make, agenda: &Agenda) -> Scenario {
    let agenda = agenda.clone();
    Scenario::new().thread("main", move || {
        // So little that nobody who looks now and then looks at the right moment.
        let (diary, rest) = (Diary::new(), agenda.latest() / 16);
        pause(rest);
        let scheduler = make();
        pause(rest);
        let entered = Instant::now();
        let began = entered + rest;
        for (number, entry) in agenda.events() {
            let time = entered + entry.delay();
            let notes = Arc::clone(&diary);
            let action = diary.action(number, move || {
                // What is late runs as soon as it can.
                notes.expect_time(number, Instant::now(), [time.max(began); 2]);
            });
            match number % 2 {
                0 => enter_at(&*scheduler, number, time, entry.priority, action),
                _ => enter(&*scheduler, number, entry.delay(), entry.priority, action),
            }
        }
        pause(rest);
        run(&*scheduler);
        diary.expect_all(1..=agenda.number());
    })
}

pub(super) fn the_queue_is_in_order(make: Make, agenda: &Agenda) -> Scenario {
    let agenda = agenda.clone();
    Scenario::new().thread("main", move || {
        let (scheduler, other, diary) = (make(), make(), Diary::new());
        enter(&*other, 1, Duration::MAX, 0, Arc::new(|| ()));
        expect_pending(&*scheduler, &[]);
        let order: Arc<[u64]> = agenda.order().into();
        enter_all(&*scheduler, &agenda, |number| {
            let (shared, notes) = (Arc::downgrade(&scheduler), Arc::clone(&diary));
            let order = Arc::clone(&order);
            diary.action(number, move || {
                let scheduler = shared.upgrade().expect("somebody is in `run`");
                expect_pending(&*scheduler, &order[notes.number()..]);
            })
        });
        expect_pending(&*scheduler, &order);
        run(&*scheduler);
        expect_pending(&*scheduler, &[]);
    })
}

pub(super) fn a_cancelled_event_does_not_run(make: Make, events: &Counted) -> Scenario {
    let agenda = events.agenda.clone();
    let cancelled = events.cancelled();
    Scenario::new().thread("main", move || {
        let (scheduler, diary) = (make(), Diary::new());
        enter_all(&*scheduler, &agenda, |number| {
            diary.action(number, move || {
                assert!(
                    number != cancelled,
                    "{}",
                    text!("event {number} was cancelled, and it runs", number)
                );
            })
        });
        let mut left = agenda.order();
        left.retain(|&number| number != cancelled);
        cancel_pending(&*scheduler, cancelled);
        expect_pending(&*scheduler, &left);
        expect_refused(&*scheduler, cancelled, text!("was cancelled before"));
        let before = Instant::now();
        run(&*scheduler);
        diary.expect_all(left.iter().copied());
        let last = left.last().and_then(|&number| diary.began(number));
        let passed = last.unwrap_or(before).elapsed();
        assert!(
            passed.is_zero(),
            "{}",
            text!(
                "`run` returns {passed} after the last event that was pending",
                passed = format!("{passed:?}")
            )
        );
        for number in left {
            expect_refused(&*scheduler, number, text!("has run"));
        }
    })
}

/// Cancels an event that is not pending, and why it is not.
fn expect_refused(scheduler: &dyn Contract, number: u64, why: &str) {
    assert!(
        cancel(scheduler, number).is_err(),
        "{}",
        text!(
            "event {number} {why}, and `cancel` returns no error",
            number,
            why
        )
    );
}

/// The first event's action enters all others but the second one, which never comes and which it
/// cancels.
pub(super) fn actions_make_calls(make: Make, agenda: &Agenda) -> Scenario {
    let agenda = agenda.clone();
    Scenario::new().thread("main", move || {
        let (scheduler, diary) = (make(), Diary::new());
        let (shared, notes) = (Arc::downgrade(&scheduler), Arc::clone(&diary));
        let (others, order) = (agenda.clone(), agenda.order());
        let before: Arc<[u64]> = [1].into_iter().chain(order.iter().map(|n| n + 2)).collect();
        let first = diary.action(1, move || {
            let scheduler = shared.upgrade().expect("somebody is in `run`");
            let now = Instant::now();
            for (number, entry) in others.events() {
                let (number, time) = (number + 2, now + entry.delay());
                let (its_notes, before) = (Arc::clone(&notes), Arc::clone(&before));
                let action = notes.action(number, move || {
                    its_notes.expect_next_of(&before, |_, _| false);
                    its_notes.expect_time(number, Instant::now(), [time; 2]);
                });
                enter(&*scheduler, number, entry.delay(), entry.priority, action);
            }
            cancel_pending(&*scheduler, 2);
            let pending: Vec<u64> = before[1..].to_vec();
            expect_pending(&*scheduler, &pending);
        });
        enter(&*scheduler, 1, Duration::ZERO, 0, first);
        let never = diary.action(2, || ());
        enter(&*scheduler, 2, Duration::MAX, 0, never);
        run(&*scheduler);
        let entered = 3..3 + agenda.number();
        diary.expect_all([1].into_iter().chain(entered));
    })
}
