//! Other right solutions of `relay`: the contract asks for no style.

alternatives![
    outboxes,
    shared_log,
    // More executions than loom is given.
    owning_thread(engine),
    parked_writers,
];
