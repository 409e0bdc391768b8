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

#[test]
fn the_gatherers_hints_are_for_which_jobs_are_polled_and_with_which_waker() {
    let in_place = [OneThread, NotWaitedFor, PolledAfterCompletion];
    leads_to("gather", &in_place, "the second one ends first");
    leads_to("gather", UNRECOGNISED, "the second one ends first");
    let wakers = [NeverWoken, OldWaker, WakerTooLate, SelfDeadlock];
    leads_to("gather", &wakers, "is out of date");
    leads_to("gather", &[SeenTooLate, CheckThenAct], "`poll_fn`");
    leads_to("gather", &[LockOrder, GuardOverAwait], NONE);
}

#[test]
fn the_hints_of_a_timeout_are_for_what_is_polled_and_for_whose_waker() {
    let looks = [OneThread, PollForNothing, PolledAfterCompletion];
    leads_to("timeout", &looks, "both are ready when you look");
    leads_to("timeout", UNRECOGNISED, "both are ready when you look");
    let wakers = [OldWaker, WakerTooLate, CheckThenAct, SelfDeadlock];
    leads_to(
        "timeout",
        &wakers,
        "pass each wake-up on to the waker of the last poll",
    );
    let by_hand = [NobodySends, NeverUnparked];
    leads_to("timeout", &by_hand, "await a `poll_fn`");
    leads_to("timeout", &[LockOrder, GuardOverAwait], NONE);
}

#[test]
fn the_hints_of_a_tasks_result_are_for_when_a_waker_is_left_and_when_it_is_used() {
    let alone = [OneThread, NobodyNotifies];
    leads_to("task_result", &alone, "who is woken then");
    leads_to("task_result", UNRECOGNISED, "who is woken then");
    let wakers = [NeverWoken, OldWaker, WakerTooLate, SelfDeadlock];
    leads_to("task_result", &wakers, "only then uses them");
    leads_to(
        "task_result",
        &[SeenTooLate, AnnouncedTooEarly],
        "cloned for each",
    );
    leads_to("task_result", &[LockOrder, GuardOverAwait], NONE);
}

#[test]
fn the_async_locks_hints_are_for_who_waits_and_who_leaves() {
    let follow = [DroppedHalfway, WakerTooLate, OldWaker, OneThread];
    leads_to("async_lock", &follow, "Follow one who waits");
    let under_one_guard = [NotExclusive, SelfDeadlock, BlocksExecutor, SeenTooLate];
    leads_to("async_lock", &under_one_guard, "and then wake");
    leads_to(
        "async_lock",
        &[NeverWoken, LostWakeUp],
        "whoever is first now",
    );
    leads_to("async_lock", UNRECOGNISED, "Follow one who waits");
    leads_to("async_lock", &[QueueStaysFull, EmptyForEnd], NONE);
}

#[test]
fn the_async_semaphores_hints_are_for_who_learns_of_a_permit() {
    let learns = [DroppedHalfway, NeverWoken, OldWaker, OneThread];
    leads_to("async_semaphore", &learns, "Let two wait");
    let under_one_guard = [CheckThenAct, BlocksExecutor, SeenTooLate];
    leads_to("async_semaphore", &under_one_guard, "Keep this true");
    leads_to(
        "async_semaphore",
        &[LostWakeUp, WrongWaiter],
        "Write a helper",
    );
    leads_to("async_semaphore", UNRECOGNISED, "Let two wait");
    leads_to("async_semaphore", &[QueueStaysFull, EmptyForEnd], NONE);
}
