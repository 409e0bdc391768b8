//! Other right solutions of `relay`: the contract asks for no style.

alternatives![
    // More executions than loom is given.
    outboxes(engine),
    shared_log(engine),
    owning_thread(engine),
    parked_writers(engine),
];
