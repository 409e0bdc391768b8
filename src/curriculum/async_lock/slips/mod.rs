//! Wrong solutions of `async_lock`, as learners write them: one file each.

slips![
    held_before_it_is_awaited,
    looks_then_takes,
    leaves_its_waker_too_late,
    keeps_its_first_waker,
    gives_back_and_wakes_nobody,
    one_waker_for_all,
    waits_in_the_poll,
    asks_again_and_again,
    wakes_everybody,
    overtakes,
    stays_in_the_queue,
    keeps_the_wake_up,
    looks_then_leaves,
    gives_back_what_it_has_not,
    hands_on_once,
    kept_in_a_panic,
    wakes_under_its_lock,
    relaxed_flag,
];
