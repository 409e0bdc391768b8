//! Wrong solutions of `gather`, as learners write them: one file each.

slips![
    awaits_each_in_turn,
    starts_when_called,
    spawns_each_job,
    polls_again_and_again,
    results_as_they_come,
    ends_one_poll_later,
    polls_after_completion,
    wakes_nobody,
    lock_held_while_polling,
    clears_what_came_in_the_poll,
    polls_one_job_a_poll,
    first_error_ends_it,
    leaves_failures_out,
    panic_goes_on,
    keeps_the_first_waker,
    leaves_its_waker_last,
    relaxed_flags,
    keeps_what_has_ended,
    wakers_keep_the_jobs,
    expects_the_whole,
];
