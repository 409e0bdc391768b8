//! Wrong solutions of `counter`, as learners write them: one file each.

slips![
    no_lock,
    exchange_once,
    lock_twice,
    guard_dropped,
    read_before_lock,
    lock_per_thread,
    lock_of_something_else,
    shared_lock,
    relaxed_spin_lock,
    gives_up,
    counts_twice,
    counts_later,
    one_for_all,
    not_seen,
    goes_back,
    value_does_not_wait,
    moved_in_two_steps,
    one_reply_channel,
    one_reader_flag,
    short_log,
];
