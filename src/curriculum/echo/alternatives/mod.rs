//! Other right solutions of `echo`: the contract asks for no style.

alternatives![
    // More executions than loom is given.
    handles(engine),
    closers(engine),
    two_threads(engine),
];
