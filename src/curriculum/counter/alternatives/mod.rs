//! Other right solutions of `counter`: the contract asks for no style.

alternatives![
    atomic_add,
    compare_exchange,
    spin_lock,
    read_write_lock,
    owning_thread,
    thread_per_increment,
    sharded,
];
