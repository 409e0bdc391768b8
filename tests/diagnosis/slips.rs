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
    ("no_waiting", None, None),
    ("skips_its_turn", None, None),
    (
        "turn_only_counted",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    ("pong_begins", Some(NobodyNotifies), Some(NobodyNotifies)),
    ("both_may_begin", None, None),
    ("hands_over_first", None, None),
    ("looks_then_speaks", None, None),
    (
        "waits_for_the_answer",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    (
        "if_instead_of_while",
        Some(NotRechecked),
        Some(NotRechecked),
    ),
    (
        "lock_kept_while_waiting",
        Some(WaitsHoldingLock),
        Some(WaitsHoldingLock),
    ),
    ("sleeps_and_hopes", None, None),
    ("one_condvar_notify_one", Some(WrongWaiter), None),
    (
        "notifies_before_the_change",
        Some(LostWakeUp),
        Some(LostWakeUp),
    ),
    ("flag_outside_the_lock", Some(LostWakeUp), Some(LostWakeUp)),
    (
        "only_ping_notifies",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    ("never_gives_way", Some(UnfairSpin), Some(UnfairSpin)),
    ("relaxed_turn", None, Some(SeenTooLate)),
    ("turn_not_seen", Some(OneThread), Some(OneThread)),
    ("last_in_first_out", Some(OneThread), Some(OneThread)),
    (
        "room_for_one_less",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    ("close_drops_items", Some(OneThread), Some(OneThread)),
    (
        "closed_but_puts",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    ("two_lanes", None, None),
    ("room_for_one_more", None, None),
    ("unlocks_before_the_push", None, None),
    ("size_beside_the_lock", None, None),
    ("put_with_if", Some(NotRechecked), None),
    ("get_with_if", Some(NotRechecked), None),
    ("get_spins", Some(UnfairSpin), Some(UnfairSpin)),
    ("get_does_not_wait", None, None),
    (
        "put_does_not_notify",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    (
        "get_does_not_notify",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    (
        "notifies_before_the_push",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    ("one_condvar_for_two", Some(WrongWaiter), None),
    ("notifies_only_from_empty", Some(NobodyNotifies), None),
    (
        "close_wakes_one",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    (
        "close_wakes_nobody",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    (
        "looks_before_it_waits",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    (
        "close_forgets_puts",
        Some(NobodyNotifies),
        Some(NobodyNotifies),
    ),
    ("flag_beside_the_lock", None, None),
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
