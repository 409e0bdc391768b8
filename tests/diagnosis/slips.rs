//! The slips of all katas.

use kata::curriculum::{self, Kata, Slip};
use kata::diagnosis::{Label, diagnose};
use kata::explore::{BackEnd, Check};
use kata::sync::{self, BACK_ENDS};

use Label::*;

/// A slip, and what it is called under the engine and under loom; nothing where no pattern is
/// recognised, or where the back end does not see the slip.
type Row = (&'static str, Option<Label>, Option<Label>);

/// The slips of all katas.
#[rustfmt::skip]
const SLIPS: &[(&str, &[Row])] = &[
    ("counter", &[
        ("no_lock", Some(LostUpdate), Some(LostUpdate)),
        ("exchange_once", Some(RefusalIgnored), Some(RefusalIgnored)),
        ("lock_twice", Some(LostUpdate), Some(LostUpdate)),
        ("guard_dropped", Some(LostUpdate), Some(LostUpdate)),
        ("read_before_lock", Some(LostUpdate), Some(LostUpdate)),
        ("lock_per_thread", Some(NotExclusive), Some(NotExclusive)),
        ("lock_of_something_else", Some(LostUpdate), Some(LostUpdate)),
        ("shared_lock", Some(NotExclusive), Some(NotExclusive)),
        ("relaxed_spin_lock", None, Some(SeenTooLate)),
        ("gives_up", Some(RefusalIgnored), None),
        ("counts_twice", Some(OneThread), Some(OneThread)),
        ("counts_later", Some(NotWaitedFor), None),
        ("one_for_all", Some(OneThread), Some(OneThread)),
        ("not_seen", Some(NothingSeen), Some(NothingSeen)),
        ("goes_back", None, None),
        ("value_does_not_wait", Some(RefusalIgnored), None),
        ("moved_in_two_steps", None, None),
        ("one_reply_channel", None, None),
        ("one_reader_flag", None, None),
        ("short_log", Some(QueueStaysFull), None),
    ]),
    ("ping_pong", &[
        ("no_waiting", None, None),
        ("skips_its_turn", None, None),
        ("turn_only_counted", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("pong_begins", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("both_may_begin", None, None),
        ("hands_over_first", None, None),
        ("looks_then_speaks", None, None),
        ("waits_for_the_answer", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("if_instead_of_while", Some(NotRechecked), Some(NotRechecked)),
        ("lock_kept_while_waiting", Some(WaitsHoldingLock), Some(WaitsHoldingLock)),
        ("sleeps_and_hopes", None, None),
        ("one_condvar_notify_one", Some(WrongWaiter), None),
        ("notifies_before_the_change", Some(LostWakeUp), Some(NobodyNotifies)),
        ("flag_outside_the_lock", Some(LostWakeUp), Some(LostWakeUp)),
        ("only_ping_notifies", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("never_gives_way", Some(UnfairSpin), Some(SpinsForEver)),
        ("relaxed_turn", None, Some(SeenTooLate)),
        ("turn_not_seen", Some(OneThread), Some(OneThread)),
    ]),
    ("bounded_queue", &[
        ("last_in_first_out", Some(OneThread), Some(OneThread)),
        ("room_for_one_less", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("close_drops_items", Some(OneThread), Some(OneThread)),
        ("closed_but_puts", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("two_lanes", None, None),
        ("room_for_one_more", None, None),
        ("unlocks_before_the_push", None, None),
        ("size_beside_the_lock", None, None),
        ("put_with_if", Some(NotRechecked), None),
        ("get_with_if", Some(NotRechecked), None),
        ("get_spins", Some(UnfairSpin), Some(SpinsForEver)),
        ("get_does_not_wait", None, None),
        ("put_does_not_notify", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("get_does_not_notify", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("notifies_before_the_push", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("one_condvar_for_two", Some(WrongWaiter), None),
        ("notifies_only_from_empty", Some(NobodyNotifies), None),
        ("close_wakes_one", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("looks_then_takes", Some(CheckThenAct), None),
        ("close_wakes_nobody", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("looks_before_it_waits", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("close_forgets_puts", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("flag_beside_the_lock", None, None),
    ]),
    ("sentinel", &[
        ("sentinel_first", None, None),
        ("first_writer_ends_it", Some(QueueStaysFull), Some(QueueNeverEnds)),
        ("one_sentinel", Some(QueueNeverEnds), Some(QueueNeverEnds)),
        ("no_player_no_end", Some(QueueNeverEnds), Some(QueueNeverEnds)),
        ("drops_the_last", None, None),
        ("player_as_sentinel", Some(QueueStaysFull), Some(QueueStaysFull)),
        ("keeps_a_sender", Some(QueueNeverEnds), Some(QueueNeverEnds)),
        ("stops_when_empty", None, None),
        ("flag_after_the_queue", None, None),
        ("main_does_not_wait", Some(NotWaitedFor), None),
        ("waits_for_the_players", None, None),
        ("lock_held_in_the_body", Some(WaitsHoldingLock), Some(WaitsHoldingLock)),
        ("thread_per_player", None, None),
        ("one_writer", Some(HeldUp), Some(HeldUp)),
        ("collects_first", Some(HeldUp), Some(HeldUp)),
        ("stops_at_the_first_foreigner", None, None),
        ("nations_alike", None, None),
        ("last_in_first_out", None, None),
        ("unbounded", None, None),
    ]),
    ("stock", &[
        ("load_then_subtract", None, None),
        ("check_outside_the_lock", Some(LostUpdate), None),
        ("empty_outside_the_lock", None, None),
        ("two_locks", Some(LostUpdate), None),
        ("lock_per_client", Some(NotExclusive), None),
        ("bottle_by_bottle", None, None),
        ("left_read_later", None, None),
        ("gives_back", None, None),
        ("sends_away", None, None),
        ("puts_back", None, None),
        ("below_zero", Some(OneThread), Some(OneThread)),
        ("short_order_lost", Some(OneThread), Some(OneThread)),
        ("all_or_nothing", Some(OneThread), Some(OneThread)),
        ("takes_then_looks", Some(OneThread), Some(OneThread)),
        ("any_number", Some(OneThread), Some(OneThread)),
        ("order_in_a_byte", Some(OneThread), Some(OneThread)),
        ("closes_before_the_answer", None, None),
        ("closes_after_its_own", None, None),
        ("refused_closes", None, None),
        ("closes_twice", None, None),
        ("relaxed_count", None, Some(SeenTooLate)),
        ("closes_at_the_next_order", Some(OneThread), Some(OneThread)),
        ("waits_for_the_silent", Some(HeldUp), Some(HeldUp)),
        ("lock_held_while_reading", Some(WaitsHoldingLock), Some(WaitsHoldingLock)),
        ("lock_held_while_delivering", Some(WaitsHoldingLock), Some(WaitsHoldingLock)),
        ("waits_for_the_refused", Some(HeldUp), Some(HeldUp)),
        ("lock_held_while_refusing", Some(WaitsHoldingLock), Some(WaitsHoldingLock)),
        ("waits_a_second", None, None),
    ]),
    ("relay", &[
        ("tells_everybody", Some(OneThread), Some(OneThread)),
        ("registered_by_its_thread", Some(OneThread), Some(OneThread)),
        ("stops_at_departure", Some(OneThread), Some(OneThread)),
        ("named_by_number_present", Some(OneThread), Some(OneThread)),
        ("welcomed_when_registered", None, None),
        ("walks_a_changing_table", None, None),
        ("copies_the_table", None, None),
        ("keeps_a_sender", Some(QueueNeverEnds), Some(QueueNeverEnds)),
        (
            "waits_with_the_table",
            Some(WaitsHoldingLock),
            Some(WaitsHoldingLock),
        ),
        ("dead_client_raises", None, None),
        (
            "slow_client_blocks_all",
            Some(WaitsHoldingLock),
            Some(HeldUp),
        ),
        (
            "locks_to_write",
            Some(WaitsHoldingLock),
            Some(WaitsHoldingLock),
        ),
        (
            "waits_for_room",
            Some(WaitsHoldingLock),
            Some(WaitsHoldingLock),
        ),
        ("passes_over_the_slow", None, Some(OneThread)),
        ("never_full", None, Some(OneThread)),
        ("ghosts_speak", None, None),
        ("only_clients_leave", Some(OneThread), Some(OneThread)),
        ("looks_then_sends", None, None),
        ("wakes_one_writer", Some(NobodyNotifies), Some(NobodyNotifies)),
        ("lost_but_there", Some(OneThread), Some(OneThread)),
        ("never_lost", Some(OneThread), Some(OneThread)),
        ("lost_after_all", Some(OneThread), Some(OneThread)),
        ("leaves_again", Some(OneThread), Some(OneThread)),
        ("stops_at_the_slow", Some(OneThread), Some(OneThread)),
        ("drops_them_all", Some(OneThread), Some(OneThread)),
        ("counts_what_was_written", None, None),
        ("room_for_none", Some(QueueStaysFull), Some(QueueStaysFull)),
    ]),
];

fn row(kata: &Kata, slip: &Slip) -> &'static Row {
    let of_kata = SLIPS.iter().find(|(name, _)| *name == kata.name);
    let row = of_kata.and_then(|(_, rows)| rows.iter().find(|row| row.0 == slip.name));
    row.unwrap_or_else(|| panic!("{}/{} has no row", kata.name, slip.name))
}

/// What the slip is called under the back end, and is to be called.
fn names(kata: &Kata, slip: &Slip, back_end: BackEnd) -> [Option<Label>; 2] {
    let caught_by = |check: &Check| check.name == slip.caught_by;
    let check = (slip.checks)().into_iter().find(caught_by).unwrap();
    let verdict = sync::explore(&check, back_end);
    let failure = verdict.failure();
    let failure = failure.unwrap_or_else(|| panic!("{} is not caught", slip.name));
    let (_, engine, loom) = row(kata, slip);
    let expected = match back_end {
        BackEnd::Modelled => loom,
        BackEnd::Generated | BackEnd::Exhaustive => engine,
    };
    [diagnose(failure).label(), *expected]
}

#[test]
fn every_slip_is_called_what_it_is() {
    let mut wrong = Vec::new();
    for kata in curriculum::all() {
        for slip in kata.slips {
            for &back_end in BACK_ENDS.iter().filter(|b| slip.back_ends.contains(b)) {
                let [found, expected] = names(kata, slip, back_end);
                if found != expected {
                    let name = slip.name;
                    wrong.push(format!(
                        "{}/{name} under {back_end}: {found:?}, not {expected:?}",
                        kata.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
