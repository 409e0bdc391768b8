//! The hints of the katas of tasks.

use super::{NONE, UNRECOGNISED, leads_to};
use kata::diagnosis::Label::*;

#[test]
fn the_hints_of_who_polls_are_for_wake_ups_that_are_kept() {
    let kept = [LostWakeUp, NotRechecked, NobodyNotifies, NeverUnparked];
    leads_to("block_on", &kept, "a wake-up in a poll is kept");
    let waits_for_nobody = [SelfDeadlock, QueueStaysFull, WaitsHoldingLock];
    leads_to("block_on", &waits_for_nobody, "may wait for nobody");
    leads_to("block_on", UNRECOGNISED, "and then that it is told twice");
    leads_to("block_on", &[WrongWaiter, GuardOverAwait], NONE);
}

#[test]
fn the_executors_hints_are_for_where_a_task_is_and_for_the_end() {
    let held = [SelfDeadlock, WaitsHoldingLock, HeldUp, NotRechecked];
    leads_to("executor", &held, "Take the future out to poll it");
    let ends = [QueueNeverEnds, NobodySends, NeverUnparked];
    leads_to("executor", &ends, "at 0 `notify_all`");
    let where_it_is = [LostWakeUp, NobodyNotifies, PolledAfterCompletion];
    leads_to("executor", &where_it_is, "is it in the queue?");
    leads_to("executor", UNRECOGNISED, "is it in the queue?");
    leads_to("executor", &[LockOrder, GuardOverAwait], NONE);
}
