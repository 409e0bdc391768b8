//! Wrong solutions of `scan`, as learners write them: one file each.

slips![
    no_join,
    joins_the_last,
    waits_for_some_time,
    joins_in_the_starting_loop,
    one_thread_for_all,
    two_at_a_time,
    lock_held_while_probing,
    order_of_completion,
    sorted_by_name,
    keyed_by_host,
    list_replaced,
    asks_for_the_length,
    takes_what_is_there,
    keeps_a_sender,
    probes_again,
];
