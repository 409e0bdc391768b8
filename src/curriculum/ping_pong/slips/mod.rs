//! Wrong solutions of `ping_pong`, as learners write them: one file each.

slips![
    no_waiting,
    skips_its_turn,
    turn_only_counted,
    pong_begins,
    both_may_begin,
    hands_over_first,
    looks_then_speaks,
    waits_for_the_answer,
    if_instead_of_while,
    park_once,
    lock_kept_while_waiting,
    sleeps_and_hopes,
    one_condvar_notify_one,
    notifies_before_the_change,
    flag_outside_the_lock,
    only_ping_notifies,
    never_gives_way,
    relaxed_turn,
    turn_not_seen,
];
