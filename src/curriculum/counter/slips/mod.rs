//! Wrong solutions of `counter`, as learners write them, by what is wrong.

pub mod no_lock;
pub mod wrong_calls;
pub mod wrong_lock;
pub mod wrong_span;
pub mod wrong_value;

use super::checks;
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, LOOM_ONLY, Slip};
use crate::explore::BackEnd;

/// All of them.
pub const ALL: &[Slip] = &[
    Slip {
        name: "no_lock",
        story: "\"The count is atomic, so adding to it is atomic.\" Each step is, but another \
                thread can come between the load and the store.",
        checks: checks::<no_lock::NoLock>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "exchange_once",
        story: "\"`compare_exchange` is atomic, so the count is right.\" It also says when it has \
                written nothing, and nobody listens.",
        checks: checks::<no_lock::ExchangeOnce>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_twice",
        story: "\"I read with the lock held, and I write with the lock held.\" It is given back \
                in between.",
        checks: checks::<wrong_span::LockTwice>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "guard_dropped",
        story: "\"I take the lock in the first line.\" `let _ =` binds nothing: the guard is \
                dropped at once, and the lock with it.",
        checks: checks::<wrong_span::GuardDropped>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "read_before_lock",
        story: "\"The write is what must be protected.\" What it writes was read before the lock \
                was taken, and is out of date.",
        checks: checks::<wrong_span::ReadBeforeLock>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_per_thread",
        story: "\"Every thread takes a lock.\" A lock of its own, made in the call: no two threads \
                ever meet at it.",
        checks: checks::<wrong_lock::LockPerThread>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_of_something_else",
        story: "\"There is a lock in here, so it is safe.\" The lock is about who was the last to \
                add; the count lies beside it.",
        checks: checks::<wrong_lock::LockOfSomethingElse>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "shared_lock",
        story: "\"I hold the read-write lock while I add.\" Held for reading, it lets the others \
                in, too.",
        checks: checks::<wrong_lock::SharedLock>,
        caught_by: "no_update_is_lost",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "relaxed_spin_lock",
        story: "\"Only one thread at a time sets the flag.\" True, but with `Relaxed` the next one \
                need not see what the one before has written. Only weak memory shows it.",
        checks: checks::<wrong_lock::RelaxedSpinLock>,
        caught_by: "no_update_is_lost",
        back_ends: LOOM_ONLY,
    },
    Slip {
        name: "gives_up",
        story: "\"If the lock is taken, somebody is adding already.\" That one adds its own \
                increment, and this one is lost.",
        checks: checks::<wrong_calls::GivesUp>,
        caught_by: "no_update_is_lost",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "counts_twice",
        story: "\"`fetch_add` returns the old value, so I still have to store the new one.\" It \
                has stored it, and now it is added again.",
        checks: checks::<wrong_calls::CountsTwice>,
        caught_by: "one_increment_adds_one",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "counts_later",
        story: "\"A thread adds in the background.\" Nobody waits for it: the call has returned, \
                and the increment does not count yet.",
        checks: checks::<wrong_calls::CountsLater>,
        caught_by: "one_increment_adds_one",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "one_for_all",
        story: "\"A `static` is shared by all threads.\" And by all counters.",
        checks: checks::<wrong_value::OneForAll>,
        caught_by: "counters_are_apart",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "not_seen",
        story: "\"An atomic is an atomic.\" This one is `std`'s: no explorer sees it, and the lost \
                update goes unnoticed.",
        checks: checks::<wrong_value::NotSeen>,
        caught_by: "counters_are_apart",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "goes_back",
        story: "\"In the end it is right.\" In between the value falls, and who \
                asks then is told less than before.",
        checks: checks::<wrong_value::GoesBack>,
        caught_by: "value_never_goes_back",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "value_does_not_wait",
        story: "\"Reading must not hold anybody up.\" When the lock is taken, the value is said to \
                be 0.",
        checks: checks::<wrong_value::ValueDoesNotWait>,
        caught_by: "value_is_never_behind",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "moved_in_two_steps",
        story: "\"Each part of the count has its lock.\" While increments move from one part to \
                the other they are in neither.",
        checks: checks::<wrong_value::MovedInTwoSteps>,
        caught_by: "value_is_never_behind",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "one_reply_channel",
        story: "\"Who asks takes the answer from the channel.\" If two ask, either may take the \
                other's, and that one may be older.",
        checks: checks::<wrong_value::OneReplyChannel>,
        caught_by: "value_is_never_behind",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "one_reader_flag",
        story: "\"Nobody adds while somebody reads.\" The first reader to finish says so for all, \
                and the others are still reading.",
        checks: checks::<wrong_value::OneReaderFlag>,
        caught_by: "value_never_goes_back",
        back_ends: &[BackEnd::Generated],
    },
    Slip {
        name: "short_log",
        story: "\"A channel of which I count the messages.\" It is full at some time, and whoever \
                adds then waits for ever.",
        checks: checks::<wrong_value::ShortLog>,
        caught_by: "no_update_is_lost",
        back_ends: &[BackEnd::Generated],
    },
];
