//! Other right solutions of `sentinel`: the contract asks for no style.

alternatives![
    hang_up,
    hands_the_end_on,
    last_writer_says_it,
    queue_by_hand,
    shared_receiver,
    // More executions than loom is given.
    reports_its_end(engine),
];
