//! Wrong solutions of `background`, as learners write them: one file each.

slips![
    ticks_in_the_callers_thread,
    ticks_at_once,
    one_time_twice,
    takes_a_wake_up_for_the_time,
    looks_before_the_wait,
    waits_after_the_work,
    catches_up,
    subtracts_what_the_tick_took,
    does_not_join,
    waits_a_moment,
    sleeps_until_its_time,
    wakes_nobody,
    flag_outside_the_lock,
    looks_now_and_then,
    goes_on_when_dropped,
    second_stop_returns_at_once,
    joins_itself,
    lock_held_while_ticking,
    lock_held_while_joining,
    dropped_by_its_own_tick,
];
