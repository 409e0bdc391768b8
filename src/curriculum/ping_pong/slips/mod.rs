//! Wrong solutions of `ping_pong`, as learners write them, by what is wrong.

pub mod busy_waiting;
pub mod no_turn;
pub mod notifying;
pub mod waiting;
pub mod wrong_turn;

use super::checks;
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, LOOM_ONLY, Slip};

/// All of them.
pub const ALL: &[Slip] = &[
    Slip {
        name: "no_waiting",
        story: "\"Whoever speaks holds the lock.\" So nobody interrupts, but nobody waits for a \
                turn either: pong may come first.",
        checks: checks::<no_turn::NoWaiting>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "skips_its_turn",
        story: "\"If it is not my turn, there is nothing to do.\" The call returns, and its turn \
                is lost.",
        checks: checks::<no_turn::SkipsItsTurn>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "turn_only_counted",
        story: "\"I count the turns.\" Nobody asks for the count: the flag that pong waits for is \
                never set.",
        checks: checks::<wrong_turn::TurnOnlyCounted>,
        caught_by: "one_thread_plays_both",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "pong_begins",
        story: "\"A flag starts at `false`.\" This one says `ping_may_speak`, and so the first \
                ping waits for a pong.",
        checks: checks::<wrong_turn::PongBegins>,
        caught_by: "one_thread_plays_both",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "both_may_begin",
        story: "\"Each side has its channel, with a ball in it.\" Two balls are in play: pong need \
                not wait for ping.",
        checks: checks::<wrong_turn::BothMayBegin>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "hands_over_first",
        story: "\"I have waited for my turn; now I pass it on and speak.\" The other side speaks \
                at the same time, or before.",
        checks: checks::<wrong_turn::HandsOverFirst>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "looks_then_speaks",
        story: "\"I look with the lock held, and I hand over with the lock held.\" In between the \
                turn is still free, and the next ping takes it, too.",
        checks: checks::<wrong_turn::LooksThenSpeaks>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "waits_for_the_answer",
        story: "\"A ping is over when it has been answered.\" Not for the thread that is to answer \
                itself.",
        checks: checks::<waiting::WaitsForTheAnswer>,
        caught_by: "one_thread_plays_both",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "if_instead_of_while",
        story: "\"When I am woken, it is my turn.\" Or that of another one who was woken, or \
                nobody's: a wake-up promises nothing.",
        checks: checks::<waiting::IfInsteadOfWhile>,
        caught_by: "turns_alternate",
        // It takes two pongs that wait, which is more than loom can try for every solution.
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "lock_kept_while_waiting",
        story: "\"One speaker at a time: a lock for that, and another for the turn.\" The wait \
                gives up the second, but not the first, which the partner needs.",
        checks: checks::<waiting::LockKeptWhileWaiting>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "sleeps_and_hopes",
        story: "\"I sleep for a moment, then it is my turn.\" No sleep is long enough: it orders \
                nothing.",
        checks: checks::<waiting::SleepsAndHopes>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "one_condvar_notify_one",
        story: "\"One notification for one turn.\" All wait at the same condvar, and the one that \
                is woken may be of the wrong side: it waits again, and nobody else is woken.",
        checks: checks::<notifying::OneCondvarNotifyOne>,
        caught_by: "turns_alternate",
        // It takes two pongs that wait, which is more than loom can try for every solution.
        back_ends: ENGINE_ONLY,
    },
    Slip {
        name: "notifies_before_the_change",
        story: "\"I wake the other one, then I hand over.\" It is awake, sees that it is not its \
                turn, and goes to sleep again before the change.",
        checks: checks::<notifying::NotifiesBeforeTheChange>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "flag_outside_the_lock",
        story: "\"The flag is atomic, it needs no lock.\" It changes between the other one's look \
                and its wait, and so does the notification come: too early.",
        checks: checks::<notifying::FlagOutsideTheLock>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "only_ping_notifies",
        story: "\"Pong waits for ping.\" And the next ping waits for pong, which tells nobody that \
                it has spoken.",
        checks: checks::<notifying::OnlyPingNotifies>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "never_gives_way",
        story: "\"I ask until it is my turn.\" The loop gives nobody else a chance to make it so.",
        checks: checks::<busy_waiting::NeverGivesWay>,
        caught_by: "turns_alternate",
        back_ends: EVERY_BACK_END,
    },
    Slip {
        name: "relaxed_turn",
        story: "\"An atomic is an atomic.\" With `Relaxed` the turn is handed over, but not what \
                was said in it. Only weak memory shows it.",
        checks: checks::<busy_waiting::RelaxedTurn>,
        caught_by: "turns_alternate",
        back_ends: LOOM_ONLY,
    },
    Slip {
        name: "turn_not_seen",
        story: "\"An atomic is an atomic.\" This one is `std`'s: no explorer sees that the turn \
                changes.",
        checks: checks::<busy_waiting::TurnNotSeen>,
        caught_by: "one_thread_plays_both",
        back_ends: EVERY_BACK_END,
    },
];
