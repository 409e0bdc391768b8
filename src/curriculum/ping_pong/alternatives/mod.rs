//! Other right solutions of `ping_pong`: the contract asks for no style.

alternatives![
    one_condvar,
    a_ball,
    two_semaphores,
    // Each look is a step: for loom there are too many executions to try them all.
    spin_and_yield(engine),
    parked,
    tickets,
];
