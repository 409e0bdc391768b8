//! What one thread sees that adds jobs and lets them run.

use super::Make;
use super::diary::{Diary, NOBODY, add, cancel, expect_cancel, expect_next, run_pending};
use super::jobs::{Chosen, Jobs, Late};
use crate::curriculum::periodic::contract::State;
use crate::explore::scenario::Scenario;
use std::sync::Arc;

/// Time passes second by second, and each time somebody looks twice.
pub(super) fn jobs_run_at_their_times(make: Make, jobs: &Jobs) -> Scenario {
    let jobs = jobs.clone();
    Scenario::new().thread("main", move || {
        let diary = Diary::new();
        diary.set(-1);
        let list = make(diary.clock());
        diary.set(0);
        for (number, every) in jobs.each() {
            add(&*list, number, every, diary.job(number, || ()));
        }
        for seconds in 0..=jobs.longest() {
            diary.set(seconds);
            run_pending(&*list);
            let is_due = |&(_, every): &(u64, i64)| seconds > 0 && seconds % every == 0;
            let due = jobs.each().filter(is_due);
            let due: Vec<u64> = due.map(|(number, _)| number).collect();
            diary.expect_runs_in_any_order(&due);
            run_pending(&*list);
            diary.expect_runs(&[]);
        }
    })
}

/// Nobody looks for a while.
pub(super) fn what_was_missed_runs_once(make: Make, late: &Late) -> Scenario {
    let (every, passed) = (late.every(), late.passed());
    Scenario::new().thread("main", move || {
        let diary = Diary::new();
        let list = make(diary.clock());
        add(&*list, 1, every, diary.job(1, || ()));
        diary.set(passed);
        run_pending(&*list);
        let is_due = passed >= every;
        diary.expect_runs(if is_due { &[1] } else { &[] });
        let next = (passed / every + 1) * every;
        expect_next(&*list, Some(next));
        diary.set(next);
        run_pending(&*list);
        diary.expect_runs(&[1]);
    })
}

/// All are late, each by another time.
pub(super) fn the_earliest_runs_first(make: Make, jobs: &Jobs) -> Scenario {
    let jobs = jobs.clone();
    Scenario::new().thread("main", move || {
        let diary = Diary::new();
        let list = make(diary.clock());
        for (number, every) in jobs.each() {
            add(&*list, number, every, diary.job(number, || ()));
        }
        expect_next(&*list, Some(jobs.shortest()));
        diary.set(jobs.longest());
        run_pending(&*list);
        diary.expect_runs(&jobs.order());
    })
}

/// While the job runs for the first time, the clock goes on.
pub(super) fn a_slow_job_is_due_again(make: Make, late: &Late) -> Scenario {
    let (every, passed) = (late.every(), late.passed());
    Scenario::new().thread("main", move || {
        let diary = Diary::new();
        let list = make(diary.clock());
        let clock = Arc::clone(&diary);
        // Later runs take no time.
        let job = diary.job(1, move || clock.set(every + passed));
        add(&*list, 1, every, job);
        diary.set(every);
        run_pending(&*list);
        diary.expect_runs(&[1]);
        expect_next(&*list, Some(2 * every));
        run_pending(&*list);
        let is_due = passed >= every;
        diary.expect_runs(if is_due { &[1] } else { &[] });
        let next = (passed / every + 2) * every;
        expect_next(&*list, Some(next));
    })
}

/// There is another list as well, made before, which none of this affects.
pub(super) fn a_cancelled_job_does_not_run(make: Make, chosen: &Chosen) -> Scenario {
    let (jobs, cancelled) = (chosen.jobs.clone(), chosen.number());
    Scenario::new().thread("main", move || {
        let (diary, others) = (Diary::new(), Diary::new());
        let (list, other) = (make(diary.clock()), make(others.clock()));
        add(&*other, 1, 1, others.job(1, || ()));
        expect_next(&*list, None);
        for (number, every) in jobs.each() {
            add(&*list, number, every, diary.job(number, || ()));
        }
        expect_cancel(&*list, cancelled, Some(State::AtRest));
        expect_cancel(&*list, cancelled, None);
        expect_cancel(&*list, NOBODY, None);
        expect_cancel(&*list, 0, None);
        let left = jobs.each().filter(|(number, _)| *number != cancelled);
        expect_next(&*list, left.map(|(_, every)| every).min());
        diary.set(jobs.longest());
        run_pending(&*list);
        let mut due = jobs.order();
        due.retain(|number| *number != cancelled);
        diary.expect_runs(&due);
        for number in due {
            expect_cancel(&*list, number, Some(State::AtRest));
        }
        expect_next(&*list, None);
        run_pending(&*other);
        others.expect_runs(&[]);
        expect_next(&*other, Some(1));
    })
}

/// The first job adds one more, cancels those that come after it and itself, and all are due. Another one
/// cancels one that stands before it and has taken its time: so it begins later than it was due.
pub(super) fn jobs_make_calls(make: Make, others: u16) -> Scenario {
    let others = 2..2 + u64::from(others);
    let added = others.end;
    Scenario::new().thread("main", move || {
        let diary = Diary::new();
        let list = make(diary.clock());
        let (shared, notes, cancelled) =
            (Arc::downgrade(&list), Arc::clone(&diary), others.clone());
        let first = diary.job(1, move || {
            let list = shared.upgrade().expect("somebody is in `run_pending`");
            // Its own next time counts as well.
            expect_next(&*list, Some(if cancelled.is_empty() { 2 } else { 1 }));
            for number in cancelled.clone() {
                expect_cancel(&*list, number, Some(State::AtRest));
            }
            expect_cancel(&*list, 1, Some(State::Running));
            expect_cancel(&*list, 1, None);
            expect_next(&*list, None);
            let clock = Arc::clone(&notes);
            let takes_two_seconds_once = move || {
                if clock.now() == clock.at(3) {
                    clock.set(5);
                }
            };
            add(&*list, added, 1, notes.job(added, takes_two_seconds_once));
            expect_next(&*list, Some(2));
        });
        add(&*list, 1, 1, first);
        for number in others {
            add(&*list, number, 1, diary.job(number, || ()));
        }
        diary.set(1);
        run_pending(&*list);
        diary.expect_runs(&[1]);
        diary.set(2);
        run_pending(&*list);
        diary.expect_runs(&[added]);
        expect_cancel(&*list, 1, None);
        expect_next(&*list, Some(3));
        let (shared, last) = (Arc::downgrade(&list), added + 1);
        let cancels = diary.job(last, move || {
            let list = shared.upgrade().expect("somebody is in `run_pending`");
            cancel(&*list, added);
        });
        add(&*list, last, 1, cancels);
        diary.set(3);
        run_pending(&*list);
        diary.expect_runs(&[added, last]);
        expect_next(&*list, Some(6));
        diary.set(6);
        run_pending(&*list);
        diary.expect_runs(&[last]);
    })
}
