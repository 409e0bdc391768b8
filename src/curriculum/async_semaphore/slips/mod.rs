//! Wrong solutions of `async_semaphore`, as learners write them: one file each.

slips![
    one_too_many,
    taken_in_the_call,
    one_at_a_time,
    in_batches,
    a_semaphore_for_each_task,
    wakes_nobody,
    asks_again_and_again,
    keeps_its_first_waker,
    looks_then_takes,
    leaves_its_waker_too_late,
    wakes_the_same_one_twice,
    wakes_only_from_none,
    relaxed_permits,
    waits_in_the_poll,
    keeps_the_wake_up,
    gives_back_what_it_has_not,
    given_to_who_has_gone,
    hands_on_once,
    lost_in_a_panic,
];
