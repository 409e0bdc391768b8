//! Other right solutions of `duplex`: the contract asks for no style.

alternatives![
    two_spawned,
    told_by_a_channel,
    at_a_condvar,
    printing_thread
];
