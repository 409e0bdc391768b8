//! Wrong solutions of `bounded_queue`, as learners write them, by what is wrong.

pub mod closing;
pub mod emptying;
pub mod order;
pub mod room;
pub mod waiting;

use super::{Item, checks};
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, Slip};

// Those of the engine only take a spurious wake-up, a `try_lock` that fails, or two threads that wait
// for an item at a time: too many for loom to try with every right solution.

/// All of them.
pub const ALL: &[Slip] = &[
    Slip {
        name: "last_in_first_out",
        story: "\"`push` and `pop` belong together.\" That is a stack: the last item comes out \
                first.",
        checks: checks::<order::LastInFirstOut<Item>>,
        caught_by: "first_in_first_out",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "room_for_one_less",
        story: "\"One slot stays free, so that full is not empty.\" Then the queue must have \
                one more slot than it has room for.",
        checks: checks::<room::RoomForOneLess<Item>>,
        caught_by: "first_in_first_out",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "close_drops_items",
        story: "\"Closed means that it is over.\" What was put before is lost, though its \
                `put` has said `Ok`.",
        checks: checks::<closing::CloseDropsItems<Item>>,
        caught_by: "closed_is_closed",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "closed_but_puts",
        story: "\"Who gets will see that it is closed.\" Who puts has to see it, too: nobody \
                may come for the item any more.",
        checks: checks::<closing::ClosedButPuts<Item>>,
        caught_by: "closed_is_closed",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "two_lanes",
        story: "\"If one lane is busy, I take the other one: nobody waits.\" An item that was \
                put later, into the first lane, comes out earlier.",
        checks: checks::<order::TwoLanes<Item>>,
        caught_by: "puts_keep_their_order",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "room_for_one_more",
        story: "\"Full is when there are more than fit.\" Then there are more than fit \
                already.",
        checks: checks::<room::RoomForOneMore<Item>>,
        caught_by: "capacity_is_respected",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "unlocks_before_the_push",
        story: "\"I have seen that there is room.\" Another one has seen it as well, before \
                the first has put its item in.",
        checks: checks::<room::UnlocksBeforeThePush<Item>>,
        caught_by: "capacity_is_respected",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "size_beside_the_lock",
        story: "\"The size is atomic, so it is right.\" It is not changed together with the \
                items: between the two it says that there is room, or fewer than none.",
        checks: checks::<room::SizeBesideTheLock<Item>>,
        caught_by: "capacity_is_respected",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "put_with_if",
        story: "\"When I am woken, there is room.\" It may be gone again, or the wake-up was \
                for nothing.",
        checks: checks::<waiting::PutWithIf<Item>>,
        caught_by: "capacity_is_respected",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "get_with_if",
        story: "\"When I am woken, there is an item.\" Another one may have taken it, or the \
                wake-up was for nothing; what is returned then says that the queue is closed.",
        checks: checks::<waiting::GetWithIf<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "get_spins",
        story: "\"I ask until there is an item.\" The loop gives nobody else a chance to put \
                one in.",
        checks: checks::<order::GetSpins<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "get_does_not_wait",
        story: "\"No item, so it is `None`.\" `None` says that there will never be one.",
        checks: checks::<order::GetDoesNotWait<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "put_does_not_notify",
        story: "\"Who wants an item will look.\" It has looked, and waits to be told.",
        checks: checks::<waiting::PutDoesNotNotify<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "get_does_not_notify",
        story: "\"Only who puts has to tell.\" Who puts waits, too: for room.",
        checks: checks::<waiting::GetDoesNotNotify<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "notifies_before_the_push",
        story: "\"I wake the other one, then I put the item in.\" It is awake, finds nothing, \
                and waits again before the item is there.",
        checks: checks::<waiting::NotifiesBeforeThePush<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "one_condvar_for_two",
        story: "\"One condvar, one notification, one that goes on.\" It may wake one that \
                waits for the other thing, and that one goes to sleep again.",
        checks: checks::<waiting::OneCondvarForTwo<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "notifies_only_from_empty",
        story: "\"If there was an item already, nobody waits for one.\" Somebody does who has \
                not been woken yet, or has not got the lock yet.",
        checks: checks::<waiting::NotifiesOnlyFromEmpty<Item>>,
        caught_by: "everything_comes_out_once",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "close_wakes_one",
        story: "\"One notification for one closing.\" It concerns everybody who waits; the \
                others wait for ever.",
        checks: checks::<closing::CloseWakesOne<Item>>,
        caught_by: "close_ends_every_get",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "close_wakes_nobody",
        story: "\"They will see the flag.\" Those who wait look at nothing until they are \
                woken.",
        checks: checks::<closing::CloseWakesNobody<Item>>,
        caught_by: "close_ends_every_get",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "looks_before_it_waits",
        story: "\"I have asked whether it is closed.\" That was before the wait; afterwards \
                the answer may be another.",
        checks: checks::<closing::LooksBeforeItWaits<Item>>,
        caught_by: "close_ends_every_get",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "close_forgets_puts",
        story: "\"The end is for those who get.\" Who waits for room waits for ever.",
        checks: checks::<closing::CloseForgetsPuts<Item>>,
        caught_by: "close_ends_every_put",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "flag_beside_the_lock",
        story: "\"I ask whether it is closed, then I put.\" It is closed in between, who gets \
                has gone, and the item stays behind.",
        checks: checks::<closing::FlagBesideTheLock<Item>>,
        caught_by: "what_went_in_comes_out",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "looks_then_takes",
        story: "\"Nothing goes into a closed queue, so what I have seen is there.\" Others get \
                from it, too.",
        checks: checks::<emptying::LooksThenTakes<Item>>,
        caught_by: "what_is_left_comes_out_once",
        back_ends: EVERY_BACK_END,
    },
];
