//! Wrong solutions of `relay`, by what is wrong: most of them are faults of the textbook's server.
//!
//! Each spells out only the operation that is wrong; the others are the solution's.

pub mod wrong_deliver;
pub mod wrong_departure;
pub mod wrong_join;
pub mod wrong_leave;
pub mod wrong_room;
pub mod wrong_say;
pub mod wrong_writes;

use super::solution::Switchboard;
use super::{Departure, Name, Relay, Wire, checks};
use crate::curriculum::{EVERY_BACK_END, Slip};
use std::sync::Arc;

/// What a slip does in its own way, over the parts of the solution.
pub trait Fault: Default + Send + Sync + 'static {
    /// What it needs for a relay of this capacity.
    fn of(_capacity: usize) -> Self {
        Self::default()
    }

    /// Its [`Relay::join`].
    fn join(&self, right: &Switchboard, wire: Arc<dyn Wire>) -> Name {
        right.join(wire)
    }

    /// Its [`Relay::say`].
    fn say(&self, right: &Switchboard, speaker: Name, text: &str) {
        right.say(speaker, text);
    }

    /// Its [`Relay::leave`].
    fn leave(&self, right: &Switchboard, client: Name) {
        right.leave(client);
    }

    /// Its [`Relay::deliver`].
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        right.deliver(client)
    }
}

/// The solution with a fault in it.
pub struct With<F> {
    right: Switchboard,
    fault: F,
}

impl<F: Fault> Relay for With<F> {
    fn new(capacity: usize) -> Self {
        With {
            right: Switchboard::new(capacity),
            fault: F::of(capacity),
        }
    }

    fn join(&self, wire: Arc<dyn Wire>) -> Name {
        self.fault.join(&self.right, wire)
    }

    fn say(&self, speaker: Name, text: &str) {
        self.fault.say(&self.right, speaker, text);
    }

    fn leave(&self, client: Name) {
        self.fault.leave(&self.right, client);
    }

    fn deliver(&self, client: Name) -> Departure {
        self.fault.deliver(&self.right, client)
    }
}

/// All of them.
pub const ALL: &[Slip] = &[
    Slip {
        name: "tells_everybody",
        story: "\"To everybody in the table.\" The speaker is in it, too, and hears itself.",
        checks: checks::<With<wrong_say::TellsEverybody>>,
        caught_by: "others_hear_and_the_speaker_does_not",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "registered_by_its_thread",
        story: "\"Its own thread puts the client into the table.\" That thread has started, but has \
                not come to it yet: what is said meanwhile the client misses.",
        checks: checks::<With<wrong_join::RegisteredByItsThread>>,
        caught_by: "others_hear_and_the_speaker_does_not",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "stops_at_departure",
        story: "\"It has left, so there is nothing more to write.\" What was said while it was \
                still there has yet to be written.",
        checks: checks::<With<wrong_deliver::StopsAtDeparture>>,
        caught_by: "others_hear_and_the_speaker_does_not",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "named_by_number_present",
        story: "\"There are two clients, so this is the third.\" Once somebody has left, the next \
                one gets a name that another one has, or had.",
        checks: checks::<With<wrong_join::NamedByNumberPresent>>,
        caught_by: "names_are_never_used_again",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "welcomed_when_registered",
        story: "\"First it gets into the table, then it is welcomed.\" In between somebody speaks, \
                and that is what it hears first.",
        checks: checks::<With<wrong_join::WelcomedWhenRegistered>>,
        caught_by: "the_welcome_comes_first",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "walks_a_changing_table",
        story: "\"I hold the lock whenever I look at the table.\" Between two looks somebody \
                leaves, all others move up by one place, and one of them is skipped.",
        checks: checks::<With<wrong_say::WalksAChangingTable>>,
        caught_by: "nothing_is_missed",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "ghosts_speak",
        story: "\"Only clients speak.\" One that has been dropped does not know it yet.",
        checks: checks::<With<wrong_say::GhostsSpeak>>,
        caught_by: "nothing_is_missed",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "looks_then_sends",
        story: "\"The speaker is there.\" It was when you looked. It leaves, somebody else \
                joins, and then hears one who had gone before.",
        checks: checks::<With<wrong_say::LooksThenSends>>,
        caught_by: "nothing_is_missed",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "copies_the_table",
        story: "\"I copy the table, and send without the lock.\" Two who speak at once get in each \
                other's way: one client hears this one first, another client that one.",
        checks: checks::<With<wrong_say::CopiesTheTable>>,
        caught_by: "all_hear_one_order",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "keeps_a_sender",
        story: "\"What I cannot write I put back.\" For that the writer has a sender of its own, and \
                a channel does not end as long as there is one: it waits for itself.",
        checks: checks::<With<wrong_deliver::KeepsASender>>,
        caught_by: "who_leaves_hears_the_rest",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "waits_with_the_table",
        story: "\"I take the next text out of the table.\" The lock is held as long as there is \
                none, and so nobody can bring one.",
        checks: checks::<With<wrong_deliver::WaitsWithTheTable>>,
        caught_by: "who_leaves_hears_the_rest",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "wakes_one_writer",
        story: "\"One text, one writer to wake.\" All of them wait for the same condvar: the \
                one that wakes may not be the one for whom there is something.",
        checks: checks::<With<wrong_deliver::WakesOneWriter>>,
        caught_by: "who_leaves_hears_the_rest",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "dead_client_raises",
        story: "\"Sending works.\" Not to a client whose connection has broken: its error ends the \
                thread of the one who spoke.",
        checks: checks::<With<wrong_writes::DeadClientRaises>>,
        caught_by: "a_lost_client_harms_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lost_but_there",
        story: "\"Its writer has returned, so it is gone.\" Not from the table: what it says is \
                still passed on.",
        checks: checks::<With<wrong_departure::LostButThere>>,
        caught_by: "the_first_cause_counts",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "never_lost",
        story: "\"Who is no longer there has left.\" This one has not: its connection broke.",
        checks: checks::<With<wrong_departure::NeverLost>>,
        caught_by: "the_first_cause_counts",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lost_after_all",
        story: "\"The write fails, so it is lost.\" It had left before that, and the first cause is \
                what counts.",
        checks: checks::<With<wrong_departure::LostAfterAll>>,
        caught_by: "the_first_cause_counts",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "slow_client_blocks_all",
        story: "\"Whoever speaks sends to all the others.\" One that does not read makes the \
                speaker wait, with the lock held: nobody speaks, comes or goes any more.",
        checks: checks::<With<wrong_writes::SlowClientBlocksAll>>,
        caught_by: "nobody_waits_for_a_slow_client",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "locks_to_write",
        story: "\"The wire is in the table, so I lock the table.\" As long as the client does not \
                read, the lock is held.",
        checks: checks::<With<wrong_deliver::LocksToWrite>>,
        caught_by: "nobody_waits_for_a_slow_client",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "waits_for_room",
        story: "\"The outbox is full, so I wait.\" For the slowest of all clients, and with the \
                lock held.",
        checks: checks::<With<wrong_say::WaitsForRoom>>,
        caught_by: "a_slow_client_is_dropped",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "passes_over_the_slow",
        story: "\"If there is no room, it does not get this one.\" Then it has missed something \
                without knowing, and stays.",
        checks: checks::<With<wrong_say::PassesOverTheSlow>>,
        caught_by: "a_slow_client_is_dropped",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "never_full",
        story: "\"With an unbounded channel nobody ever waits.\" And whoever does not read makes \
                the server keep everything, until it has no memory left.",
        checks: checks::<With<wrong_join::NeverFull>>,
        caught_by: "a_slow_client_is_dropped",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "leaves_again",
        story: "\"It leaves, so it has left.\" It had been dropped before, and the first cause is \
                what counts.",
        checks: checks::<With<wrong_departure::LeavesAgain>>,
        caught_by: "the_first_cause_counts",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "stops_at_the_slow",
        story: "\"This one is full: cut it, and break.\" Those who come after it in the table do \
                not get the text.",
        checks: checks::<With<wrong_room::StopsAtTheSlow>>,
        caught_by: "a_slow_client_harms_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "drops_them_all",
        story: "\"There is no room.\" In one outbox; and all who listen are dropped.",
        checks: checks::<With<wrong_room::DropsThemAll>>,
        caught_by: "a_slow_client_harms_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "counts_what_was_written",
        story: "\"So many texts have been put in.\" And most of them have been written since: who \
                reads well is dropped as well, only later.",
        checks: checks::<With<wrong_room::CountsWhatWasWritten>>,
        caught_by: "a_slow_client_is_dropped",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "room_for_none",
        story: "\"A channel of that capacity.\" One of capacity 0 holds nothing, and so the \
                welcome waits for a reader who has not come yet.",
        checks: checks::<With<wrong_room::RoomForNone>>,
        caught_by: "there_is_room_for_one_text",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "only_clients_leave",
        story: "\"Only clients that are there leave.\" This one's connection has broken, and so it \
                is gone already when its listener says that it leaves.",
        checks: checks::<With<wrong_leave::OnlyClientsLeave>>,
        caught_by: "the_first_cause_counts",
        back_ends: EVERY_BACK_END,
    },
];
