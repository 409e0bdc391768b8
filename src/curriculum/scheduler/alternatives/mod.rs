//! Other right solutions of `scheduler`: the contract asks for no style.

alternatives![
    heap_and_table,
    sorted_list(engine),
    leader_and_followers(engine),
    owned_by_a_thread(engine),
];
