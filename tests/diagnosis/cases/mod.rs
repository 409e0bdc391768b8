//! Wrong solutions and programs that people wrote: attempts at the katas, faults that were reported of
//! other software and written anew, and the same faults in several dresses.

pub mod acts;
pub mod waits;

use kata::diagnosis::Label;
use kata::explore::BackEnd::{self, Exhaustive, Generated};
use kata::explore::{Check, Scenario};

/// A small program by its name, what its fault is called, and its threads.
pub type Program = (&'static str, Label, fn() -> Scenario);

/// A wrong solution.
pub struct Case {
    /// Of which kata.
    pub kata: &'static str,
    /// Its file.
    pub name: &'static str,
    /// The kata's checks of it.
    pub checks: fn() -> Vec<Check>,
    /// One that finds it wrong, and by which back end.
    pub caught_by: (&'static str, BackEnd),
    /// What its failure is called, if it has a name.
    pub pattern: Option<Label>,
}

macro_rules! cases {
    (@called no_pattern) => { None };
    (@called $pattern:ident) => { Some(Label::$pattern) };
    ($($kata:ident: $($name:ident: $($check:ident by $by:ident is $pattern:ident)and+),+;)+) => {
        // They are as they were written.
        $(#[allow(clippy::all, dead_code)]
        mod $kata {
            $(pub mod $name;)+
        })+

        /// All of them, each as often as it is caught.
        pub const ALL: &[Case] = &[
            $($($(Case {
                kata: stringify!($kata),
                name: stringify!($name),
                checks: $kata::$name::checks,
                caught_by: (stringify!($check), $by),
                pattern: cases!(@called $pattern),
            }),+),+),+
        ];
    };
}

cases! {
    counter:
        adder_told_less: every_answer_was_the_count by Exhaustive is no_pattern,
        cache_per_thread_of_the_others: every_answer_was_the_count by Exhaustive is no_pattern,
        cas_three_tries: no_update_is_lost by Exhaustive is RefusalIgnored
            and every_answer_was_the_count by Exhaustive is RefusalIgnored,
        fixed_log: counters_are_apart by Exhaustive is OneThread
            and no_update_is_lost by Generated is OneThread,
        rwlock_read_twice: value_is_never_behind by Exhaustive is SelfDeadlock,
        thread_local_buffer: every_answer_was_the_count by Exhaustive is no_pattern,
        two_digit_display: value_is_never_behind by Generated is CheckThenAct,
        u8_wraps: one_increment_adds_one by Generated is OneThread
            and no_update_is_lost by Generated is OneThread,
        weak_without_loop: one_increment_adds_one by Exhaustive is RefusalIgnored;
    ping_pong:
        notify_twice: turns_alternate by Generated is WrongWaiter,
        park_if: turns_alternate by Exhaustive is NotRechecked,
        park_once_handed_over: who_has_spoken_waits_for_nobody by Exhaustive is NotRechecked,
        place_per_thread: only_who_is_not_next_waits by Exhaustive is NobodyNotifies,
        sides_are_for_life: only_who_is_not_next_waits by Exhaustive is NobodyNotifies,
        turn_u8_tickets_u64: one_thread_plays_both by Exhaustive is SpinsForEver
            and turns_alternate by Generated is Livelock,
        waits_for_the_answer_if_somebody_waits: who_has_spoken_waits_for_nobody by Exhaustive is HeldUp;
    bounded_queue:
        capacity_as_u8: first_in_first_out by Generated is NobodyNotifies,
        closed_beside_the_lock: close_ends_every_get by Exhaustive is LostWakeUp,
        closing_loses_the_second_room: every_session_has_an_order by Exhaustive is no_pattern,
        four_chairs_for_getters: everything_comes_out_once by Generated is no_pattern,
        full_and_empty_monitors: every_session_has_an_order by Exhaustive is CheckThenAct,
        get_waits_for_two_consumers: every_session_has_an_order by Exhaustive is NobodyNotifies,
        lanes_taken_in_turn: every_session_has_an_order by Generated is no_pattern,
        lifo_when_waiting: every_session_has_an_order by Generated is no_pattern,
        none_only_once: every_session_has_an_order by Generated is NobodyNotifies,
        second_close_waits: every_session_has_an_order by Generated is NobodyNotifies,
        u8_positions: first_in_first_out by Generated is OneThread,
        wait_info_list: close_ends_every_get by Exhaustive is LostWakeUp;
    sentinel:
        batch_of_two: a_full_queue_stops_the_writers by Exhaustive is no_pattern,
        capacity_always_one: as_many_wait_as_there_is_room by Exhaustive is HeldUp,
        capacity_plus_one: no_more_wait_than_there_is_room by Generated is AtomicityViolation,
        leaked_thread: every_thread_ends by Exhaustive is NobodySends,
        one_writer_from_the_last: a_slow_source_holds_up_nobody by Exhaustive is HeldUp,
        put_nowait_sentinel: every_thread_ends by Exhaustive is QueueNeverEnds,
        room_checked_then_put: a_full_queue_stops_the_writers by Exhaustive is CheckThenAct,
        wait_group_add_inside: every_player_is_delivered_once by Exhaustive is NotWaitedFor,
        year_max_is_the_end: no_player_is_special by Exhaustive is QueueStaysFull;
    stock:
        counts_wanted_at_least: closes_once_when_all_is_handed_over by Exhaustive is AnnouncedTooEarly,
        gives_up_after_a_second: a_slow_client_costs_no_time by Exhaustive is HeldUp,
        refuses_99: each_order_gets_what_is_left by Exhaustive is OneThread
            and a_bad_order_changes_nothing by Exhaustive is OneThread
            and every_session_has_an_order by Exhaustive is EveryOrder,
        synchronized_sale: no_bottle_is_sold_twice by Exhaustive is CheckThenAct,
        u8_stock: each_order_gets_what_is_left by Exhaustive is OneThread;
    relay:
        a_table_of_8: who_is_faster_than_its_readers_waits by Exhaustive is no_pattern,
        capacity_0_is_rendezvous: who_is_faster_than_its_readers_waits by Exhaustive is no_pattern,
        name_drawn_before_the_lock: nothing_is_missed by Exhaustive is AtomicityViolation,
        read_lock_twice: the_welcome_comes_first by Exhaustive is SelfDeadlock,
        say_waits_a_second: who_is_faster_than_its_readers_waits by Exhaustive is no_pattern,
        stalled_by_own_say: who_is_faster_than_its_readers_waits by Exhaustive is no_pattern,
        text_pushed_before_lock_order: who_is_faster_than_its_readers_waits by Exhaustive is no_pattern,
        text_trimmed: any_text_is_passed_on by Exhaustive is EveryOrder,
        unregister_channel: the_welcome_comes_first by Exhaustive is no_pattern;
}
