//! The checks of `periodic`, from the simplest to the most demanding.

mod alone;
mod diary;
mod jobs;
mod party;
mod together;

use super::contract::{Clock, Periodic};
use crate::curriculum::words::counted;
use crate::curriculum::workload::{PerThread, listed};
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::{noun, text, told_later};
use jobs::{Chosen, Jobs, Late};
use party::Party;
use std::sync::Arc;

/// Makes a list of jobs.
type Make = fn(Clock) -> Arc<dyn Periodic>;

/// What every list of periodic jobs promises, from the simplest to the most demanding.
pub fn checks<P: Periodic>() -> Vec<Check> {
    checks_of(|clock| Arc::new(P::new(clock)))
}

/// The checks, from the simplest to the most demanding. Time is a number that the checks set: it
/// never passes while several threads look at it.
fn checks_of(make: Make) -> Vec<Check> {
    let mut checks = Vec::from(of_times(make));
    checks.extend(of_calls(make));
    checks.extend(of_many(make));
    checks
}

/// When jobs run, on one thread.
fn of_times(make: Make) -> [Check; 4] {
    type Of = fn(Make, &Jobs) -> Scenario;
    let jobs_check = move |name, promise, [exhaustive, loom]: Listed, scenario: Of| {
        let check = Check::told(
            name,
            promise,
            Jobs::in_words,
            Jobs::any(),
            listed(exhaustive),
            listed(loom),
            move |jobs| scenario(make, jobs),
        );
        check.growing(Jobs::larger)
    };
    [
        jobs_check(
            "jobs_run_at_their_times",
            told_later!("A job runs when its time has come, once, and not before."),
            [&["1", "2", "1+1", "2+3"], &["1", "2+1"]],
            alone::jobs_run_at_their_times,
        ),
        late_check(
            "what_was_missed_runs_once",
            told_later!(
                "For all times that were missed a job runs once, and the next time is as it was planned."
            ),
            Late::looked_at_in_words,
            move |late| alone::what_was_missed_runs_once(make, late),
        ),
        jobs_check(
            "the_earliest_runs_first",
            told_later!(
                "Jobs run in the order of their times; of one time, the one runs first that was added first."
            ),
            [&["2+1", "1+1", "3+1+2"], &["2+1", "1+1"]],
            alone::the_earliest_runs_first,
        ),
        late_check(
            "a_slow_job_is_due_again",
            told_later!(
                "A job whose next time comes while it runs is due again when it has ended."
            ),
            Late::running_in_words,
            move |late| alone::a_slow_job_is_due_again(make, late),
        ),
    ]
}

/// Which calls there are, and who makes them.
fn of_calls(make: Make) -> [Check; 3] {
    let chosen = Check::told(
        "a_cancelled_job_does_not_run",
        told_later!(
            "A cancelled job does not run, and the others do. To cancel it again comes to nothing."
        ),
        Chosen::in_words,
        Chosen::any(),
        listed(&["1/1", "1/1+1", "2/1+2", "1/2+1+1"]),
        listed(&["1/1", "1/1+1"]),
        move |chosen| alone::a_cancelled_job_does_not_run(make, chosen),
    );
    let calls = Check::told(
        "jobs_make_calls",
        told_later!("A job may add jobs, and cancel others and itself, while it runs."),
        |others: &u16| {
            text!(
                "a job that cancels itself, and {others} before they run",
                others = counted(*others, noun!("other job"))
            )
        },
        0..=3_u16,
        [0, 1, 2],
        [0, 1],
        move |others| alone::jobs_make_calls(make, *others),
    );
    let added = Check::told(
        "jobs_are_added_at_the_same_time",
        told_later!("Of jobs that several threads add, each has a number of its own, and runs."),
        |adders| adders.in_words(noun!("adder"), noun!("job")),
        PerThread::any(1..=3, 0..=2),
        listed(&["1", "1+1", "2+1", "1+1+1"]),
        listed(&["1", "1+1"]),
        move |adders| together::jobs_are_added_at_the_same_time(make, adders),
    );
    [
        chosen.growing(Chosen::larger),
        calls.growing(|others: &u16| others.checked_add(1).into_iter().collect()),
        added.growing(PerThread::larger),
    ]
}

/// What several threads see of jobs that run.
fn of_many(make: Make) -> [Check; 5] {
    [
        party_check(
            "each_time_has_one_run",
            told_later!("However many threads run what is due, a job runs once for a time."),
            Party::with_jobs,
            [&["2/1", "2/2", "3/1"], &["2/1"]],
            move |party| together::each_time_has_one_run(make, party),
        ),
        others_check(
            "a_running_job_is_passed_over",
            told_later!(
                "Who finds a job that is running does not begin it, does not wait for it, and runs the others."
            ),
            |others| {
                text!(
                    "a job that runs beyond its next time, and {others}",
                    others = counted(*others, noun!("other job"))
                )
            },
            [&[0, 1, 2], &[0, 1]],
            move |others| together::a_running_job_is_passed_over(make, others),
        ),
        others_check(
            "a_slow_job_holds_up_no_call",
            told_later!("While a job runs, no call of another thread waits for it."),
            |clients| {
                text!(
                    "a job that runs until all calls of {clients} have returned",
                    clients = counted(*clients, noun!("client"))
                )
            },
            [&[1, 2], &[1]],
            move |clients| together::a_slow_job_holds_up_no_call(make, clients),
        ),
        party_check(
            "a_cancelled_job_begins_no_more",
            told_later!(
                "When `cancel` has told that a job is at rest, it does not begin any more."
            ),
            Party::with_cancellers,
            [&["1/1", "2/1", "1/2"], &["1/1", "1/2"]],
            move |party| together::a_cancelled_job_begins_no_more(make, party),
        ),
        others_check(
            "a_panic_harms_no_schedule",
            told_later!(
                "A panic goes on to who called `run_pending`; that job runs again at its next time, and so do the others."
            ),
            |others| {
                text!(
                    "a job that panics once, and {others}",
                    others = counted(*others, noun!("other job"))
                )
            },
            [&[0, 1, 2], &[0, 1]],
            move |others| together::a_panic_harms_no_schedule(make, others),
        ),
    ]
}

/// The workloads of a check, for the engine and for loom.
type Listed = [&'static [&'static str]; 2];

/// A check with one job that is late.
fn late_check(
    name: &'static str,
    promise: &'static str,
    in_words: fn(&Late) -> String,
    scenario: impl Fn(&Late) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        in_words,
        Late::any(),
        listed(&["1/1", "1/2", "2/3", "3/7"]),
        listed(&["1/1", "1/2", "2/3"]),
        scenario,
    );
    check.growing(Late::larger)
}

/// A check with threads that run what is due, and something else beside them.
fn party_check(
    name: &'static str,
    promise: &'static str,
    in_words: fn(&Party) -> String,
    [exhaustive, loom]: Listed,
    scenario: impl Fn(&Party) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        in_words,
        Party::any(),
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Party::larger)
}

/// A check with a number of something beside one job.
fn others_check(
    name: &'static str,
    promise: &'static str,
    in_words: fn(&u16) -> String,
    [exhaustive, loom]: [&'static [u16]; 2],
    scenario: impl Fn(u16) -> Scenario + Send + Sync + 'static,
) -> Check {
    let least = exhaustive[0];
    let check = Check::told(
        name,
        promise,
        in_words,
        least..=3_u16,
        exhaustive.to_vec(),
        loom.to_vec(),
        // A token may have any number.
        move |others: &u16| scenario((*others).max(least)),
    );
    check.growing(|others: &u16| others.checked_add(1).into_iter().collect())
}
