//! Other right solutions of `async_semaphore`: the contract asks for no style.

alternatives![
    handed_over,
    all_look_again,
    // Each look is a step: for loom there are too many executions to try them all.
    counted_by_an_atomic(engine),
];
