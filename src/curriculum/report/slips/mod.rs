//! Wrong solutions of `report`, as learners write them: one file each.

slips![
    no_lock,
    let_underscore,
    lock_around_each_line,
    lock_per_call,
    lock_per_host,
    two_at_once,
    gives_up,
    prints_all_the_same,
    waits_a_second,
    looks_then_takes,
    not_given_back_on_one_branch,
    one_text_for_the_block,
    each_host_once,
    lock_around_the_probe,
    two_probes_at_once,
    tickets,
    leaves_it_to_the_last,
    prints_in_order_of_coming,
];
