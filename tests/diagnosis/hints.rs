//! Which hint of which kata a pattern leads to, told by some words of it; or none.

mod tasks;

use kata::curriculum::{self, Hint, Kata};
use kata::diagnosis::Label::{self, *};

/// The tier of the hint for a pattern, or for none that is recognised, is that of the one hint with
/// these words; nothing where there are none.
#[track_caller]
fn leads_to(name: &str, patterns: &[impl Copy + Into<Option<Label>>], words: &str) {
    let kata: &Kata = curriculum::find(name).expect("a kata");
    let has_words = |hint: &Hint| !words.is_empty() && hint.text.contains(words);
    let expected = kata.hints().iter().position(has_words);
    assert_eq!(
        expected.is_none(),
        words.is_empty(),
        "no hint has the words"
    );
    for &pattern in patterns {
        let pattern = pattern.into();
        assert_eq!(kata.hint(pattern), expected, "{name}: {pattern:?}");
    }
}

const UNRECOGNISED: &[Option<Label>] = &[None];
const NONE: &str = "";

#[test]
fn the_counters_hints_are_for_updates_that_are_not_one_step() {
    let in_between = [
        LostUpdate,
        NotExclusive,
        CheckThenAct,
        RefusalIgnored,
        RefusalForAnswer,
        DirtyRead,
        AnnouncedTooEarly,
        AtomicityViolation,
    ];
    leads_to(
        "counter",
        &in_between,
        "must be one step for all the others",
    );
    leads_to(
        "counter",
        &[SeenTooLate, SelfDeadlock],
        "the guard holds the lock",
    );
    leads_to("counter", &[LockOrder, NeverUnlocked, HeldUp], NONE);
    leads_to("counter", &[NobodyNotifies, NotRechecked, LostWakeUp], NONE);
    leads_to("counter", &[UnfairSpin, SpinsForEver, Livelock], NONE);
    leads_to("counter", &[OneThread, NothingSeen, NotWaitedFor], NONE);
    leads_to("counter", UNRECOGNISED, NONE);
}

#[test]
fn the_latchs_hints_are_for_a_wait_that_ends_once() {
    let waits = [LostWakeUp, NotRechecked, NobodyNotifies, UnfairSpin];
    leads_to("latch", &waits, "between the look and the wait");
    leads_to(
        "latch",
        &[WaitsHoldingLock, SpinsForEver],
        "wait at a `Condvar`",
    );
    leads_to("latch", &[SeenTooLate], "store with `Release`");
    let from_what_it_finds = [QueueNeverEnds, QueueStaysFull, OneThread, RefusalIgnored];
    leads_to("latch", &from_what_it_finds, "who comes later must not");
    leads_to("latch", UNRECOGNISED, "who comes later must not");
    leads_to("latch", &[WrongWaiter, NeverUnlocked, HeldUp], NONE);
    leads_to("latch", &[NothingSeen, NotWaitedFor], NONE);
}

#[test]
fn the_games_hints_are_for_waits() {
    let waits = [
        LostWakeUp,
        NotRechecked,
        NobodyNotifies,
        UnfairSpin,
        SpinsForEver,
    ];
    let sections = [
        CheckThenAct,
        LostUpdate,
        NotExclusive,
        SeenTooLate,
        StoreBuffering,
        DirtyRead,
        AnnouncedTooEarly,
        AtomicityViolation,
    ];
    let holding = [WaitsHoldingLock, SleepsHoldingLock];
    leads_to("ping_pong", &waits, "wait for it at a `Condvar`");
    leads_to("ping_pong", &sections, "Keep whose turn it is in a `Mutex`");
    leads_to("ping_pong", &holding, "the lock is given up");
    leads_to("ping_pong", &[WrongWaiter], "With one condvar for both");
    let for_nothing = [
        QueueNeverEnds,
        QueueStaysFull,
        NobodySends,
        NeverUnparked,
        TimeForOrder,
        Livelock,
    ];
    leads_to("ping_pong", &for_nothing, "who makes that true?");
    leads_to(
        "ping_pong",
        &[RefusalIgnored, RefusalForAnswer],
        "A thread that comes too early has to wait",
    );
    leads_to("ping_pong", &[LockOrder, SelfDeadlock, NeverUnlocked], NONE);
    leads_to(
        "ping_pong",
        &[OneThread, NothingSeen, NotWaitedFor, HeldUp],
        NONE,
    );
    leads_to("ping_pong", UNRECOGNISED, NONE);
}

#[test]
fn the_semaphores_hints_are_for_a_number_that_is_looked_at_and_changed() {
    let in_between = [CheckThenAct, LostUpdate, NotExclusive, RefusalIgnored];
    leads_to("semaphore", &in_between, "another thread can do both");
    leads_to("semaphore", &[OneThread, HeldUp], "who tells it");
    leads_to("semaphore", UNRECOGNISED, "who tells it");
    let waits = [LostWakeUp, NotRechecked, NobodyNotifies, UnfairSpin];
    leads_to("semaphore", &waits, "each release has to notify");
    let for_ever = [WaitsHoldingLock, QueueStaysFull, QueueNeverEnds];
    leads_to("semaphore", &for_ever, "under one guard");
    leads_to("semaphore", &[SeenTooLate], "take with `Acquire`");
    leads_to(
        "semaphore",
        &[NothingSeen, NotWaitedFor, NeverUnlocked],
        NONE,
    );
}

#[test]
fn the_bounded_queues_hints_are_for_waits_and_for_what_must_agree() {
    let for_nothing = [
        NobodyNotifies,
        QueueNeverEnds,
        QueueStaysFull,
        NobodySends,
        NeverUnparked,
        TimeForOrder,
        Livelock,
    ];
    leads_to(
        "bounded_queue",
        &for_nothing,
        "Who makes each of them come true",
    );
    let waits = [
        LostWakeUp,
        NotRechecked,
        UnfairSpin,
        SpinsForEver,
        WaitsHoldingLock,
    ];
    let sections = [
        CheckThenAct,
        LostUpdate,
        NotExclusive,
        SeenTooLate,
        StoreBuffering,
        LockOrder,
        DirtyRead,
        AnnouncedTooEarly,
        AtomicityViolation,
        RefusalForAnswer,
    ];
    leads_to("bounded_queue", &waits, "look again after every wake-up");
    leads_to(
        "bounded_queue",
        &sections,
        "One `Mutex` around all that must agree",
    );
    leads_to(
        "bounded_queue",
        &[WrongWaiter],
        "reach somebody who can use it",
    );
    leads_to(
        "bounded_queue",
        &[SelfDeadlock, NeverUnlocked, RefusalIgnored],
        NONE,
    );
    leads_to(
        "bounded_queue",
        &[OneThread, NothingSeen, NotWaitedFor, HeldUp],
        NONE,
    );
    leads_to("bounded_queue", UNRECOGNISED, NONE);
}

#[test]
fn the_sentinels_hints_are_for_the_end() {
    let polls = [EmptyForEnd, CheckThenAct, UnfairSpin, SpinsForEver];
    let never_learns = [
        QueueNeverEnds,
        QueueStaysFull,
        NobodySends,
        NobodyNotifies,
        NeverUnparked,
        SeenTooLate,
    ];
    leads_to("sentinel", &polls, "empty now may not be empty in a moment");
    leads_to("sentinel", &never_learns, "The end is a message of its own");
    leads_to("sentinel", &[NotWaitedFor, EndTooEarly], "Join the writers");
    leads_to(
        "sentinel",
        &[WaitsHoldingLock, LockOrder, SelfDeadlock],
        NONE,
    );
    leads_to(
        "sentinel",
        &[LostUpdate, NotRechecked, LostWakeUp, Livelock],
        NONE,
    );
    leads_to("sentinel", &[OneThread, NothingSeen, HeldUp], NONE);
    leads_to("sentinel", UNRECOGNISED, NONE);
}

#[test]
fn the_stocks_hints_are_for_steps_that_belong_together() {
    let together = [
        LostUpdate,
        CheckThenAct,
        NotExclusive,
        SelfDeadlock,
        RefusalIgnored,
        RefusalForAnswer,
        DirtyRead,
        AnnouncedTooEarly,
    ];
    let holding = [WaitsHoldingLock, SleepsHoldingLock];
    leads_to(
        "stock",
        &together,
        "Looking and taking is one critical section",
    );
    leads_to("stock", &holding, "talking to the client is outside");
    leads_to("stock", &[SeenTooLate, LockOrder], "in one `Mutex`");
    leads_to(
        "stock",
        &[HeldUp, AtomicityViolation],
        "who else waits when you wait for a client?",
    );
    leads_to("stock", &[NobodyNotifies, NotRechecked, LostWakeUp], NONE);
    leads_to(
        "stock",
        &[UnfairSpin, SpinsForEver, Livelock, NeverUnlocked],
        NONE,
    );
    leads_to("stock", &[OneThread, NothingSeen, NotWaitedFor], NONE);
    leads_to("stock", UNRECOGNISED, NONE);
}

#[test]
fn the_relays_hints_are_for_the_table() {
    let one_order = [LostUpdate, CheckThenAct, NotExclusive, LockOrder];
    let holding = [WaitsHoldingLock, SleepsHoldingLock];
    leads_to("relay", &one_order, "Let one lock be the order");
    leads_to("relay", &holding, "Write without the lock");
    leads_to("relay", &[HeldUp], "never write to a client under it");
    leads_to(
        "relay",
        &[QueueStaysFull, NobodyNotifies],
        "notifies `room`",
    );
    leads_to("relay", &[QueueNeverEnds], "two condvars");
    leads_to(
        "relay",
        &[SelfDeadlock, NeverUnlocked, RefusalIgnored],
        NONE,
    );
    leads_to("relay", &[NotRechecked, LostWakeUp], NONE);
    leads_to("relay", &[OneThread, NothingSeen, NotWaitedFor], NONE);
    let between = [AnnouncedTooEarly, AtomicityViolation, DirtyRead];
    leads_to("relay", &between, "Who may see the table of clients");
    leads_to("relay", UNRECOGNISED, NONE);
}

#[test]
fn the_workers_hints_are_for_starting_and_waiting() {
    let one_by_one = [OneAfterAnother, OneThread, OrderViolation, LostUpdate];
    leads_to(
        "workers",
        &one_by_one,
        "Starting and waiting are two things",
    );
    leads_to(
        "workers",
        UNRECOGNISED,
        "Starting and waiting are two things",
    );
    let joins = [NotWaitedFor, TimeForOrder, WaitsHoldingLock, HeldUp];
    leads_to("workers", &joins, "then a loop that joins them");
    let by_hand = [QueueNeverEnds, NobodyNotifies, NeverUnparked];
    leads_to("workers", &by_hand, "`worker.join()` for each of them");
    leads_to("workers", &[LockOrder, SeenTooLate, RefusalIgnored], NONE);
    leads_to("workers", &[NothingSeen, UnfairSpin], NONE);
}

#[test]
fn the_reports_hints_are_for_one_lock_around_the_lines() {
    let together = [AtomicityViolation, CheckThenAct, OneAfterAnother, OneThread];
    leads_to("report", &together, "Which lines belong together");
    leads_to("report", UNRECOGNISED, "Which lines belong together");
    let locks = [RefusalIgnored, TimeForOrder, SpinsForEver, NeverUnlocked];
    leads_to("report", &locks, "One `Mutex` for all threads");
    leads_to(
        "report",
        &[HeldUp, NobodyNotifies],
        "One `Mutex` for all threads",
    );
    let by_hand = [QueueNeverEnds, LostWakeUp, SeenTooLate, NotWaitedFor];
    leads_to("report", &by_hand, "Keep the screen in the lock");
    leads_to("report", &[LockOrder, NothingSeen, LostUpdate], NONE);
}

#[test]
fn the_scans_hints_are_for_joining_in_order() {
    let places = [OneAfterAnother, OneThread, OrderViolation, LostUpdate];
    leads_to("scan", &places, "which host of the list");
    leads_to("scan", UNRECOGNISED, "which host of the list");
    let ends = [NotWaitedFor, TimeForOrder, EmptyForEnd, UnfairSpin, HeldUp];
    leads_to("scan", &ends, "join them in a second one");
    let by_hand = [QueueNeverEnds, NobodyNotifies, LostWakeUp];
    leads_to("scan", &by_hand, "`thread::scope(|scope|");
    leads_to("scan", &[LockOrder, NothingSeen, RefusalIgnored], NONE);
}

#[test]
fn the_clocks_hints_are_for_a_wait_that_can_be_ended() {
    let ends = [NotWaitedFor, TimeForOrder, OrderViolation, OneThread];
    leads_to("background", &ends, "And what if a tick stops it?");
    leads_to("background", UNRECOGNISED, "And what if a tick stops it?");
    let waits = [LostWakeUp, NobodyNotifies, NotRechecked];
    leads_to("background", &waits, "Who sleeps cannot be woken");
    let locks = [SelfDeadlock, WaitsHoldingLock, HeldUp];
    leads_to("background", &locks, "Who sleeps cannot be woken");
    let by_hand = [NeverUnparked, QueueNeverEnds, QueueStaysFull, LockOrder];
    leads_to("background", &by_hand, "before you give that lock back");
    leads_to("background", &[LostUpdate, DirtyRead, NothingSeen], NONE);
}

#[test]
fn the_chat_clients_hints_are_for_whoever_still_waits() {
    let waits = [NobodySends, QueueNeverEnds, HeldUp, SpinsForEver, OneThread];
    leads_to("duplex", &waits, "A flag is seen only by somebody");
    let decided_by_one = [CheckThenAct, WaitsHoldingLock, SelfDeadlock];
    leads_to("duplex", &decided_by_one, "the one that receives");
    leads_to("duplex", UNRECOGNISED, "the one that receives");
    let by_hand = [NobodyNotifies, LostWakeUp, NeverUnparked, EmptyForEnd];
    leads_to("duplex", &by_hand, "`thread::scope(|scope|");
    leads_to("duplex", &[NothingSeen, SeenTooLate, RefusalIgnored], NONE);
}

#[test]
fn the_schedulers_hints_are_for_its_order_and_for_who_waits_for_what_is_first() {
    let alone = [OneThread, SleepsHoldingLock, TimeForOrder, NotWaitedFor];
    leads_to("scheduler", &alone, "by which three things");
    let waits = [NotRechecked, LostWakeUp, NobodyNotifies, WrongWaiter];
    leads_to("scheduler", &waits, "whoever enters or cancels something");
    let locks = [SelfDeadlock, HeldUp, WaitsHoldingLock, CheckThenAct];
    leads_to("scheduler", &locks, "give the lock back, and then run");
    let halves = [AtomicityViolation, AnnouncedTooEarly];
    leads_to("scheduler", &halves, "the same breath");
    leads_to("scheduler", UNRECOGNISED, "the same breath");
    let by_hand = [NeverUnparked, NobodySends, SpinsForEver, LockOrder];
    leads_to(
        "scheduler",
        &by_hand,
        "`BTreeMap<(Time, i32, Event), Action>`",
    );
    leads_to("scheduler", &[NothingSeen, SeenTooLate, DirtyRead], NONE);
}

#[test]
fn the_hints_of_periodic_jobs_are_for_what_is_one_step_and_for_times() {
    let steps = [CheckThenAct, AtomicityViolation, SelfDeadlock, HeldUp];
    leads_to("periodic", &steps, "and none while a job runs");
    leads_to("periodic", UNRECOGNISED, "and none while a job runs");
    leads_to("periodic", &[OneThread], "10:10 once more");
    leads_to("periodic", &[LockOrder, Livelock], "`min_by_key");
    leads_to("periodic", &[GuardOverAwait, WrongWaiter], NONE);
}

#[test]
fn no_hint_is_for_what_is_wrong_in_every_order() {
    for kata in curriculum::all() {
        leads_to(kata.name, &[EveryOrder], NONE);
    }
}
