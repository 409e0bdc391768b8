//! Other right solutions of `dialogue`: the contract asks for no style.

alternatives![
    one_loop,
    steps,
    // Two threads more, who speak of each line: more executions than loom is given.
    typist(engine),
    until_the_end,
];
