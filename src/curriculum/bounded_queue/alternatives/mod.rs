//! Other right solutions of `bounded_queue`: the contract asks for no style.

alternatives![
    one_condvar_for_both,
    permits,
    parked_on_both_sides,
    // Each look is a step: for loom there are too many executions to try them all.
    try_and_give_way(engine),
];
