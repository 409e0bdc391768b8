//! The slips of all katas.

use kata::curriculum;
use kata::diagnosis::{Label, diagnose};
use kata::explore::BackEnd;
use kata::sync::{self, BACK_ENDS};

use Label::*;

/// The slips of all katas, and what they are called under the engine and under loom; nothing
/// where no pattern is recognised, or where the back end does not see the slip.
const SLIPS: &[(&str, Option<Label>, Option<Label>)] = &[
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
    ("one_sentinel", Some(QueueNeverEnds), Some(QueueNeverEnds)),
    (
        "no_player_no_end",
        Some(QueueNeverEnds),
        Some(QueueNeverEnds),
    ),
    ("keeps_a_sender", Some(QueueNeverEnds), Some(QueueNeverEnds)),
    ("sentinel_first", None, None),
    (
        "first_writer_ends_it",
        Some(QueueStaysFull),
        Some(QueueStaysFull),
    ),
    ("drops_the_last", None, None),
    (
        "player_as_sentinel",
        Some(QueueStaysFull),
        Some(QueueStaysFull),
    ),
    ("stops_when_empty", None, None),
    ("flag_after_the_queue", None, None),
    ("main_does_not_wait", Some(NotWaitedFor), Some(NotWaitedFor)),
    ("waits_for_the_players", None, None),
    (
        "lock_held_in_the_body",
        Some(WaitsHoldingLock),
        Some(WaitsHoldingLock),
    ),
    ("thread_per_player", None, None),
    ("one_writer", Some(QueueNeverEnds), Some(QueueNeverEnds)),
    ("collects_first", Some(QueueNeverEnds), Some(QueueNeverEnds)),
    ("stops_at_the_first_foreigner", None, None),
    ("nations_alike", None, None),
    ("last_in_first_out", None, None),
    ("unbounded", None, None),
    ("load_then_subtract", None, None),
    ("check_outside_the_lock", Some(LostUpdate), Some(LostUpdate)),
    ("empty_outside_the_lock", None, None),
    ("two_locks", Some(LostUpdate), Some(LostUpdate)),
    ("lock_per_client", Some(NotExclusive), Some(NotExclusive)),
    ("bottle_by_bottle", None, None),
    ("left_read_later", None, None),
    ("gives_back", None, None),
    ("sends_away", None, None),
    ("below_zero", Some(OneThread), Some(OneThread)),
    ("short_order_lost", Some(OneThread), Some(OneThread)),
    ("all_or_nothing", Some(OneThread), Some(OneThread)),
    ("takes_then_looks", Some(OneThread), Some(OneThread)),
    ("any_number", Some(OneThread), Some(OneThread)),
    ("closes_before_the_answer", None, None),
    ("closes_after_its_own", None, None),
    ("refused_closes", None, None),
    ("closes_twice", None, None),
    ("relaxed_count", None, None),
    ("closes_at_the_next_order", Some(OneThread), Some(OneThread)),
    (
        "waits_for_the_silent",
        Some(QueueNeverEnds),
        Some(QueueNeverEnds),
    ),
    (
        "lock_held_while_reading",
        Some(WaitsHoldingLock),
        Some(WaitsHoldingLock),
    ),
    (
        "lock_held_while_delivering",
        Some(WaitsHoldingLock),
        Some(WaitsHoldingLock),
    ),
];

#[test]
fn every_slip_is_called_what_it_is() {
    for slip in curriculum::all().iter().flat_map(|kata| kata.slips) {
        let row = SLIPS.iter().find(|row| row.0 == slip.name);
        let (_, engine, loom) = row.unwrap_or_else(|| panic!("{} has no row", slip.name));
        for &back_end in BACK_ENDS.iter().filter(|b| slip.back_ends.contains(b)) {
            let caught_by = |check: &kata::explore::Check| check.name == slip.caught_by;
            let check = (slip.checks)().into_iter().find(caught_by).unwrap();
            let verdict = sync::explore(&check, back_end);
            let failure = verdict.failure().expect("the slip is caught");
            let expected = if back_end == BackEnd::Modelled {
                loom
            } else {
                engine
            };
            assert_eq!(
                diagnose(failure).label(),
                *expected,
                "{} under {back_end}",
                slip.name
            );
        }
    }
}
