//! Wrong solutions of `sentinel`, as learners write them, by what is wrong.

mod parts;
pub mod wrong_end;
pub mod wrong_players;
pub mod wrong_threads;

use super::checks;
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, Slip};

/// All of them.
pub const ALL: &[Slip] = &[
    Slip {
        name: "sentinel_first",
        story: "\"Then I send the end.\" It is sent while the writers are still at work, and \
                overtakes their players.",
        checks: checks::<wrong_end::SentinelFirst>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "first_writer_ends_it",
        story: "\"A writer says when it has ended.\" To the readers that is the end of all, \
                and the other writer's players stay on the queue.",
        checks: checks::<wrong_end::FirstWriterEndsIt>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "one_sentinel",
        story: "\"The end follows the last player.\" It does, and one reader takes it; the \
                other waits for ever.",
        checks: checks::<wrong_end::OneSentinel>,
        caught_by: "every_thread_ends",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "no_player_no_end",
        story: "\"If nothing was sent there is nothing to end.\" There is: a reader that waits \
                for the first player.",
        checks: checks::<wrong_end::NoPlayerNoEnd>,
        caught_by: "every_thread_ends",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "drops_the_last",
        story: "\"The last player carries the mark.\" And is dropped with it, before it is \
                delivered.",
        checks: checks::<wrong_end::DropsTheLast>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "player_as_sentinel",
        story: "\"Nobody is called like that.\" The contract does not say so: a player that \
                equals the sentinel ends it all.",
        checks: checks::<wrong_end::PlayerAsSentinel>,
        caught_by: "no_player_is_special",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "keeps_a_sender",
        story: "\"The queue ends with the writers.\" It ends with the last sender, and the one \
                that was cloned for them is still there.",
        checks: checks::<wrong_end::KeepsASender>,
        caught_by: "every_thread_ends",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "stops_when_empty",
        story: "\"Nothing on the queue, so that was all.\" The writer had not come to it yet.",
        checks: checks::<wrong_end::StopsWhenEmpty>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "flag_after_the_queue",
        story: "\"Empty, and all is written: the end.\" Between these two looks the last \
                player was put on the queue.",
        checks: checks::<wrong_end::FlagAfterTheQueue>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "main_does_not_wait",
        story: "\"The end is sent, so all is done.\" What is sent is not yet delivered, and \
                nobody waits for the reader.",
        checks: checks::<wrong_threads::MainDoesNotWait>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "waits_for_the_players",
        story: "\"All is delivered, so I can return.\" All is, but the readers do not know, \
                and wait for ever for more.",
        checks: checks::<wrong_threads::WaitsForThePlayers>,
        caught_by: "every_thread_ends",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_held_in_the_body",
        story: "\"The lock is only for receiving.\" In the head of a `while let` its guard \
                lives through the body: the other readers wait.",
        checks: checks::<wrong_threads::LockHeldInTheBody>,
        caught_by: "a_slow_reader_holds_up_nobody",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "thread_per_player",
        story: "\"Delivering takes time: a thread for each.\" They overtake each other, and \
                the order is lost.",
        checks: checks::<wrong_threads::ThreadPerPlayer>,
        caught_by: "each_writers_order_is_kept",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "one_writer",
        story: "\"One thread can read all the sources.\" While the first has nothing to give, \
                the second is not asked.",
        checks: checks::<wrong_threads::OneWriter>,
        caught_by: "a_slow_source_holds_up_nobody",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "collects_first",
        story: "\"First I find the players, then I send them.\" The readers wait for the last \
                one, and the memory holds them all.",
        checks: checks::<wrong_threads::CollectsFirst>,
        caught_by: "a_slow_source_holds_up_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "stops_at_the_first_foreigner",
        story: "\"`take_while` takes those that match.\" Up to the first that does not; what \
                comes after it is lost.",
        checks: checks::<wrong_players::StopsAtTheFirstForeigner>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "nations_alike",
        story: "\"The line has the nation in it.\" So it has if another nation's name contains \
                it.",
        checks: checks::<wrong_players::NationsAlike>,
        caught_by: "every_player_is_delivered_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "last_in_first_out",
        story: "\"A `Vec` is a queue: `push` and `pop`.\" Both at the same end. It needs a \
                `VecDeque`.",
        checks: checks::<wrong_players::LastInFirstOut>,
        caught_by: "each_writers_order_is_kept",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "unbounded",
        story: "\"Then nobody ever waits for room.\" And when the readers are slower than the \
                writers, all the players are in memory.",
        checks: checks::<wrong_players::Unbounded>,
        caught_by: "no_more_wait_than_there_is_room",
        back_ends: ENGINE_ONLY,
    },
];
