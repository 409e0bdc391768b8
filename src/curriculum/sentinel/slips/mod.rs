//! Wrong solutions of `sentinel`, as learners write them: one file each.

slips![
    sentinel_first,
    first_writer_ends_it,
    one_sentinel,
    no_player_no_end,
    drops_the_last,
    player_as_sentinel,
    keeps_a_sender,
    stops_when_empty,
    flag_after_the_queue,
    main_does_not_wait,
    waits_for_the_players,
    lock_held_in_the_body,
    thread_per_player,
    one_writer,
    collects_first,
    stops_at_the_first_foreigner,
    nations_alike,
    last_in_first_out,
    unbounded,
];
