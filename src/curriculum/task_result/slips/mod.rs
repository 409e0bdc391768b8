//! Wrong solutions of `task_result`, as learners write them: one file each.

slips![
    waits_in_a_poll,
    polls_in_a_spin,
    waits_until_all_have_it,
    wakes_nobody,
    first_takes_the_result,
    waker_left_after_the_look,
    wakes_before_the_result,
    wakes_the_first,
    one_place_for_wakers,
    keeps_the_first_waker,
    done_before_the_result,
    relaxed_flag,
    each_wakes_the_next,
    drops_the_last_waker,
    wakes_holding_its_lock,
    a_waker_for_each_poll,
    keeps_the_wakers_of_the_dropped,
];
