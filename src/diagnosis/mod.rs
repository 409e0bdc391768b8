//! What happened in a failing execution, by the name under which people know it.
//!
//! A diagnosis is made of the events and of nothing else, and rather says nothing than something
//! wrong: each rule demands evidence that a program with another fault would not leave. Where that
//! evidence is that a preemption was *needed*, only an execution known to be the smallest has it.
//!
//! | to read in this order | |
//! |---|---|
//! | [`sentences`], `label` | sentences that name threads, objects and places; the patterns by name |
//! | `touches` | the record as looks at objects of whatever kind, and changes of them |
//! | `trace` | the record as reads, writes, critical sections and touches |
//! | `deeds` | what belongs to a touch, and touches in words |
//! | `partings` | where an execution that passes leaves the record, and which steps are one piece of code |
//! | `updates`, `sections`, `refusals`, `memory`, `overlaps` | what panics come of, and threads that never meet |
//! | `wakeups` | waits at condvars |
//! | `spurious` | parks and exchanges that came to nothing without a reason |
//! | `interruptions` | steps between which others came, where an execution passes in which none do |
//! | `orders` | what came too early or too late, where an execution passes in which it does not |
//! | `parks`, `deadlocks`, `spins` | executions that do not end |
//! | `tasks` | tasks of async code: wake-ups, polls, and waits within them |

mod deadlocks;
mod deeds;
mod interruptions;
mod label;
mod memory;
mod orders;
mod overlaps;
mod parks;
mod partings;
mod refusals;
mod sections;
pub mod sentences;
mod spins;
mod spurious;
mod tasks;
mod touches;
mod trace;
mod updates;
mod wakeups;

pub use label::{Diagnosis, Label};

use crate::explore::verdict::{Failure, FailureKind};
use label::Finding;
use trace::Trace;

/// Rules compare events with events: of records with more of them they are not asked.
const LONGEST: usize = 10_000;

/// A question to the record, and its answer.
type Rule = fn(&Trace) -> Finding;

/// Of panics in records with too many events only these are asked, which compare none.
const TOO_LONG: &[Rule] = &[
    refusals::nothing_seen,
    refusals::one_thread,
    orders::every_order,
];

/// Of assertions that fail, and of code that does. The surest evidence comes first, here and below.
const PANICS: &[Rule] = &[
    tasks::after_completion,
    tasks::poll_for_nothing,
    tasks::dropped_halfway,
    wakeups::not_rechecked,
    spurious::not_tried_again,
    refusals::nothing_seen,
    refusals::one_thread,
    parks::stale_permit,
    memory::seen_too_late,
    memory::store_buffering,
    updates::lost_update,
    sections::lost_update,
    updates::check_then_act,
    sections::check_then_act,
    refusals::sleeps_holding_lock,
    refusals::refusal_ignored,
    refusals::not_waited_for,
    orders::time_for_order,
    interruptions::refusal_for_answer,
    orders::empty_for_end,
    orders::end_too_early,
    orders::not_waited_for,
    interruptions::check_then_act,
    interruptions::dirty_read,
    interruptions::announced_too_early,
    interruptions::atomicity_violation,
    orders::order_violation,
    orders::every_order,
];

/// Of tasks that wait for ever.
const WAITS: &[Rule] = &[
    tasks::guard_over_await,
    tasks::blocks_its_executor,
    tasks::old_waker,
    tasks::poll_for_nothing,
    tasks::dropped_halfway,
    wakeups::not_rechecked,
    spurious::not_tried_again,
    deadlocks::circle,
    deadlocks::waits_holding_lock,
    deadlocks::never_unlocked,
    wakeups::lost_wake_up,
    interruptions::refusal_for_answer,
    interruptions::lost_wake_up,
    wakeups::wrong_waiter,
    deadlocks::held_up,
    parks::never_unparked,
    tasks::waker_too_late,
    tasks::never_woken,
    wakeups::nobody_notifies,
    deadlocks::queue,
    orders::order_violation,
    orders::every_order,
];

/// Of calls that no order explains.
const CALLS: &[Rule] = &[
    tasks::poll_for_nothing,
    tasks::dropped_halfway,
    spurious::not_tried_again,
    updates::lost_update,
    sections::lost_update,
    updates::check_then_act,
    sections::check_then_act,
    refusals::gave_up,
    orders::time_for_order,
    interruptions::refusal_for_answer,
    orders::empty_for_end,
    orders::end_too_early,
    interruptions::check_then_act,
    interruptions::dirty_read,
    interruptions::announced_too_early,
    interruptions::atomicity_violation,
    orders::order_violation,
    orders::every_order,
];

/// Of executions that go round in a circle.
const CIRCLES: &[Rule] = &[
    spurious::not_tried_again,
    tasks::never_yields,
    spins::spins,
    orders::order_violation,
];

/// Of what never happens.
const NEVERS: &[Rule] = &[overlaps::one_after_another, overlaps::waits_for_the_slow];

/// Names what happened in a failing execution.
pub fn diagnose(failure: &Failure) -> Diagnosis {
    let trace = Trace::new(failure);
    let is_too_long = failure.record.events.len() > LONGEST;
    let rules: &[Rule] = match &failure.kind {
        FailureKind::Panic { .. } if is_too_long => TOO_LONG,
        FailureKind::Livelock { .. } if is_too_long => &[tasks::never_yields, spins::spins],
        _ if is_too_long => &[],
        FailureKind::Panic { .. } => PANICS,
        kind if !kind.waiting().0.is_empty() => WAITS,
        FailureKind::Unexplained(_) => CALLS,
        FailureKind::Livelock { .. } => CIRCLES,
        FailureKind::Never { .. } => NEVERS,
        _ => &[],
    };
    let found = rules.iter().find_map(|rule| rule(&trace));
    found.map_or(Diagnosis::Unknown, |(label, sentences)| {
        Diagnosis::Known(label, sentences)
    })
}
