//! Other right solutions of `stock`: the contract asks for no style.

alternatives![
    compare_exchange,
    under_delivery,
    // More executions than loom is given.
    shopkeeper(engine),
    stock_in_a_channel,
    semaphore,
    spin_lock,
];
