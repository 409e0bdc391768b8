//! Wrong solutions of `stock`, as learners write them, by what is wrong.

pub mod in_turn;
pub mod lock_held;
pub mod not_one_step;
mod taking;
pub mod wrong_amount;
pub mod wrong_close;

use super::checks;
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, LOOM_ONLY, Slip};
use crate::explore::BackEnd;

/// Generated schedules alone never say that something is impossible; and no wait of loom's ends.
const EXHAUSTIVE_ONLY: &[BackEnd] = &[BackEnd::Exhaustive];

/// All of them.
pub const ALL: &[Slip] = &[
    Slip {
        name: "load_then_subtract",
        story: "\"`fetch_sub` is atomic, so taking is safe.\" How much it takes was decided by \
                an earlier load, and that may be there no longer.",
        checks: checks::<not_one_step::LoadThenSubtract>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "check_outside_the_lock",
        story: "\"I take with the lock held.\" But what is left was read under another lock, \
                which was given back in the line that took it.",
        checks: checks::<not_one_step::CheckOutsideTheLock>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "empty_outside_the_lock",
        story: "\"Only the taking needs to be exclusive.\" Two find that the shop is not \
                empty, one takes the last bottle, and the other is delivered none.",
        checks: checks::<not_one_step::EmptyOutsideTheLock>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "two_locks",
        story: "\"One lock for looking, one for taking: nobody waits longer than needed.\" \
                While one takes, another looks.",
        checks: checks::<not_one_step::TwoLocks>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_per_client",
        story: "\"Every thread takes a lock.\" A lock of its own, made in the call: no two \
                threads ever meet at it.",
        checks: checks::<not_one_step::LockPerClient>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "bottle_by_bottle",
        story: "\"Taking a bottle is atomic, so taking two is.\" Two orders share what would \
                have been enough for one of them.",
        checks: checks::<not_one_step::BottleByBottle>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "left_read_later",
        story: "\"What is left is only for the display.\" Read after the lock was given back, \
                it is what another order has left.",
        checks: checks::<not_one_step::LeftReadLater>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "gives_back",
        story: "\"I take all, and put the rest back.\" In between the shop looks empty, and an \
                order is refused that should be delivered.",
        checks: checks::<wrong_amount::GivesBack>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "sends_away",
        story: "\"If the lock is taken, I cannot wait.\" The client is sent away, although \
                there is wine for it.",
        checks: checks::<wrong_amount::SendsAway>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "puts_back",
        story: "\"If the order was bad, I put the bottles back.\" A good one comes in between, and \
                finds too few.",
        checks: checks::<wrong_amount::PutsBack>,
        caught_by: "no_bottle_is_sold_twice",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "below_zero",
        story: "\"One `fetch_sub`, and no lock.\" It takes what is not there: the last order \
                gets more than was left, and the stock is below zero.",
        checks: checks::<wrong_amount::BelowZero>,
        caught_by: "each_order_gets_what_is_left",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "short_order_lost",
        story: "\"If there is enough, deliver.\" And if not? There is no `else`, and the \
                client waits for an answer.",
        checks: checks::<wrong_amount::ShortOrderLost>,
        caught_by: "each_order_gets_what_is_left",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "all_or_nothing",
        story: "\"There is not enough, so it is refused.\" It should get what is left. The \
                last bottles stay where they are, and the server is never closed.",
        checks: checks::<wrong_amount::AllOrNothing>,
        caught_by: "each_order_gets_what_is_left",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "takes_then_looks",
        story: "\"A bad order gets nothing.\" The client gets nothing, but the bottles have \
                been taken all the same.",
        checks: checks::<wrong_amount::TakesThenLooks>,
        caught_by: "a_bad_order_changes_nothing",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "any_number",
        story: "\"A number is a number.\" An order of 0 is answered with a delivery of none, \
                and one order can buy it all.",
        checks: checks::<wrong_amount::AnyNumber>,
        caught_by: "a_bad_order_changes_nothing",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "order_in_a_byte",
        story: "\"99 fits into a byte.\" So does what is left of 257 when it is cut to a byte: it \
                has become an order of 1.",
        checks: checks::<wrong_amount::OrderInAByte>,
        caught_by: "a_bad_order_changes_nothing",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "closes_before_the_answer",
        story: "\"The last bottle is taken, so we close.\" Its client has not got it yet, and \
                now never will.",
        checks: checks::<wrong_close::ClosesBeforeTheAnswer>,
        caught_by: "closes_once_when_all_is_handed_over",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "closes_after_its_own",
        story: "\"Who takes the last bottle closes, once it is handed over.\" The one before \
                is still on its way to its client.",
        checks: checks::<wrong_close::ClosesAfterItsOwn>,
        caught_by: "closes_once_when_all_is_handed_over",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "refused_closes",
        story: "\"Whoever sees that nothing is left closes, and a flag makes it once.\" A client that \
                is refused sees it while another has not got its bottles yet.",
        checks: checks::<wrong_close::RefusedCloses>,
        caught_by: "closes_once_when_all_is_handed_over",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "closes_twice",
        story: "\"When all is handed over, close.\" Adding and looking are two critical \
                sections, and two find that all is handed over.",
        checks: checks::<wrong_close::ClosesTwice>,
        caught_by: "closes_once_when_all_is_handed_over",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "relaxed_count",
        story: "\"The count is atomic, so the last one knows.\" It knows the number, but \
                `Relaxed` says nothing of what the others have done. Only weak memory shows \
                it.",
        checks: checks::<wrong_close::RelaxedCount>,
        caught_by: "closes_once_when_all_is_handed_over",
        back_ends: LOOM_ONLY,
    },
    Slip {
        name: "closes_at_the_next_order",
        story: "\"Nothing left for this client, so we close.\" If none comes any more, nobody \
                does; if several come, each of them does.",
        checks: checks::<wrong_close::ClosesAtTheNextOrder>,
        caught_by: "each_order_gets_what_is_left",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "waits_for_the_silent",
        story: "\"When nobody is being served any more, we can close.\" A client that says \
                nothing is being served for ever.",
        checks: checks::<wrong_close::WaitsForTheSilent>,
        caught_by: "a_silent_client_holds_up_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_held_while_reading",
        story: "\"From the order to the taking all must be one step.\" Only looking and taking \
                must. Now everybody waits for whoever has not made up their mind.",
        checks: checks::<lock_held::LockHeldWhileReading>,
        caught_by: "a_silent_client_holds_up_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_held_while_delivering",
        story: "\"As long as I hold the lock, nobody can close before me.\" Nor can anybody be \
                served, until this client has picked up its bottles.",
        checks: checks::<lock_held::LockHeldWhileDelivering>,
        caught_by: "a_slow_client_holds_up_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "waits_for_the_refused",
        story: "\"When all who have ordered have their answer, we can close.\" Some of the answers \
                are refusals, and such a client can take its time as well.",
        checks: checks::<wrong_close::WaitsForTheRefused>,
        caught_by: "a_refused_client_holds_up_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "lock_held_while_refusing",
        story: "\"A refusal takes no time.\" It waits for the network like any answer, and the \
                lock is held meanwhile.",
        checks: checks::<lock_held::LockHeldWhileRefusing>,
        caught_by: "a_refused_client_holds_up_nobody",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "waits_a_second",
        story: "\"The client before me comes first, but I do not wait for ever.\" A second for \
                each slow client is too long as well.",
        checks: checks::<in_turn::WaitsASecond>,
        caught_by: "a_slow_client_costs_no_time",
        back_ends: EXHAUSTIVE_ONLY,
    },
];
