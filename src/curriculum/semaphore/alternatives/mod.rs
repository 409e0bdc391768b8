//! Other right solutions of `semaphore`: the contract asks for no style.

alternatives![
    tokens,
    tickets,
    handed_over,
    // Each look is a step: for loom there are too many executions to try them all.
    exchanged_and_yielding(engine),
];
