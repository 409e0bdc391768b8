//! Other right solutions of `periodic`: the contract asks for no style.

alternatives![
    sorted_by_time,
    a_lock_for_each_job,
    owned_by_a_thread(engine)
];
