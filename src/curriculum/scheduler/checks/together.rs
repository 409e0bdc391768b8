//! What several threads see that enter, cancel and run events at the same time.

use super::Make;
use super::agenda::Counted;
use super::diary::{
    Diary, Note, cancel, cancel_pending, enter, enter_all, expect_pending, noted, run,
};
use super::runners::{By, Runners, Waking};
use crate::curriculum::scheduler::contract::{Action, Scheduler as Contract};
use crate::curriculum::seen::called;
use crate::curriculum::signs::{await_signs, signal};
use crate::curriculum::words::counted;
use crate::explore::scenario::Scenario;
use crate::noun;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel;
use crate::sync::thread;
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::panic;
use std::sync::Arc;

/// Threads that are in `run`, and then do this.
fn with_runners(
    scenario: Scenario,
    runners: u16,
    scheduler: &Arc<dyn Contract>,
    then: impl Fn() + Clone + Send + 'static,
) -> Scenario {
    (1..=runners).fold(scenario, |scenario, number| {
        let (scheduler, then) = (Arc::clone(scheduler), then.clone());
        scenario.thread(format!("runner-{number}"), move || {
            run(&*scheduler);
            then();
        })
    })
}

/// An event whose time never comes. It has the number 1.
fn enter_what_never_comes(scheduler: &dyn Contract, diary: &Arc<Diary>) {
    let action = diary.action(1, || {
        panic!("{}", text!("event 1 runs, and its time never comes"))
    });
    enter(scheduler, 1, Duration::MAX, 0, action);
}

/// When events were entered, and when they run.
struct Times {
    diary: Arc<Diary>,
    /// Of each event the earliest and the latest time that it may have.
    entered: Note<Vec<(u64, [Instant; 2])>>,
}

impl Times {
    /// The action of an event, whose time is looked at.
    fn action(self: &Arc<Self>, number: u64) -> Action {
        let times = Arc::clone(self);
        self.diary.action(number, move || times.look(number))
    }

    /// Enters an event, and notes down between which times its own lies.
    fn enter(self: &Arc<Self>, to: &dyn Contract, number: u64, delay: Duration, priority: u16) {
        let before = Instant::now() + delay;
        enter(to, number, delay, priority, self.action(number));
        let after = Instant::now() + delay;
        noted(&self.entered).push((number, [before, after]));
        self.look(number);
    }

    /// Compares, once it is known when the event was entered and when it began to run.
    fn look(&self, number: u64) {
        let entered = noted(&self.entered).clone();
        let time = entered.iter().find(|(other, _)| *other == number);
        if let (Some(&(_, [earliest, latest])), Some(at)) = (time, self.diary.began(number)) {
            // Who runs it may have been in the action before it.
            let free = self.diary.began_before(number).unwrap_or(latest);
            let bounds = [earliest, latest.max(free)];
            self.diary.expect_time(number, at, bounds);
        }
    }
}

/// One event is waited for, and meanwhile others are entered.
pub(super) fn what_is_entered_meanwhile_runs_at_its_time(make: Make, events: &Counted) -> Scenario {
    let Counted { number, agenda } = events.clone();
    let wait = Duration::from_secs(number.into());
    let scheduler = make();
    let times = Arc::new(Times {
        diary: Diary::new(),
        entered: Note::default(),
    });
    times.enter(&*scheduler, 1, wait, 0);
    let scenario = with_runners(Scenario::new(), 1, &scheduler, || ());
    let (client, notes, entered) = (Arc::clone(&scheduler), Arc::clone(&times), agenda.number());
    let scenario = scenario.thread("client", move || {
        for (number, entry) in agenda.events() {
            notes.enter(&*client, number + 1, entry.delay(), entry.priority);
        }
    });
    scenario.finally(move || {
        // Who was in `run` may have left before the client came.
        called("run", || scheduler.run());
        times.diary.expect_all(1..=entered + 1);
    })
}

/// The only event never comes, until somebody cancels it.
pub(super) fn whoever_waits_is_woken(make: Make, waking: &Waking) -> Scenario {
    let (scheduler, diary, by) = (make(), Diary::new(), waking.by);
    enter_what_never_comes(&*scheduler, &diary);
    let (client, notes) = (Arc::clone(&scheduler), Arc::clone(&diary));
    let scenario = with_runners(Scenario::new(), waking.runners, &scheduler, || ());
    let scenario = scenario.thread("client", move || match by {
        By::Cancelling => cancel_pending(&*client, 1),
        By::Entering => {
            let shared = Arc::downgrade(&client);
            let action = notes.action(2, move || {
                let scheduler = shared.upgrade().expect("somebody is in `run`");
                cancel_pending(&*scheduler, 1);
            });
            enter(&*client, 2, Duration::ZERO, 0, action);
        }
    });
    scenario.finally(move || {
        let has_entered = by == By::Entering;
        diary.expect_all(has_entered.then_some(2));
        expect_pending(&*scheduler, &[]);
    })
}

pub(super) fn each_event_runs_once(make: Make, events: &Counted) -> Scenario {
    let (scheduler, diary) = (make(), Diary::new());
    let start = Instant::now();
    for (number, entry) in events.agenda.events() {
        let (notes, time) = (Arc::clone(&diary), start + entry.delay());
        let action = diary.action(number, move || {
            let now = Instant::now();
            // Who runs it may be late.
            notes.expect_time(number, now, [time, now.max(time)]);
        });
        enter(&*scheduler, number, entry.delay(), entry.priority, action);
    }
    let number = events.agenda.number();
    let scenario = with_runners(Scenario::new(), events.runners(), &scheduler, || ());
    scenario.finally(move || diary.expect_all(1..=number))
}

/// The action of the first event enters one more.
pub(super) fn run_waits_for_what_is_running(make: Make, events: &Counted) -> Scenario {
    let (scheduler, diary) = (make(), Diary::new());
    // Relaxed, all of it: for `run` it is to order actions before its end.
    let ended = Arc::new(AtomicU64::new(0));
    let all = events.agenda.number() + 1;
    let ends = |ended: &Arc<AtomicU64>| {
        let ended = Arc::clone(ended);
        move || _ = ended.fetch_add(1, Relaxed)
    };
    enter_all(&*scheduler, &events.agenda, |number| {
        let (shared, notes) = (Arc::downgrade(&scheduler), Arc::clone(&diary));
        let (end, end_of_last) = (ends(&ended), ends(&ended));
        diary.action(number, move || {
            if number == 1 {
                let scheduler = shared.upgrade().expect("somebody is in `run`");
                let action = notes.action(all, end_of_last.clone());
                enter(&*scheduler, all, Duration::ZERO, 0, action);
            }
            end();
        })
    });
    with_runners(Scenario::new(), events.runners(), &scheduler, move || {
        let done = ended.load(Relaxed);
        assert!(
            done == all,
            "{}",
            text!(
                "`run` has returned, and of {all} so many have ended: {done}",
                all = counted(all, noun!("action")),
                done
            )
        );
    })
}

/// The action of the first event ends when each client has made all its calls.
pub(super) fn a_slow_action_holds_up_no_call(make: Make, runners: &Runners) -> Scenario {
    let (scheduler, diary) = (make(), Diary::new());
    let (sign, signs) = channel::unbounded();
    let clients = usize::from(runners.other);
    let slow = diary.action(1, move || await_signs(&signs, clients));
    enter(&*scheduler, 1, Duration::ZERO, 0, slow);
    let mut scenario = with_runners(Scenario::new(), runners.runners, &scheduler, || ());
    for number in 1..=clients {
        let (scheduler, sign) = (Arc::clone(&scheduler), sign.clone());
        scenario = scenario.thread(format!("client-{number}"), move || {
            make_all_calls(&*scheduler);
            signal(&sign);
        });
    }
    scenario
}

/// What comes of them does not matter.
fn make_all_calls(scheduler: &dyn Contract) {
    let nothing: Action = Arc::new(|| ());
    let event = called("enter", || scheduler.enter(Duration::ZERO, 0, nothing));
    called("queue", || scheduler.queue());
    called("empty", || scheduler.empty());
    let _ = cancel(scheduler, 1);
    let _ = cancel(scheduler, event.0);
}

/// As many events as there are threads in `run`. The action of the first one enters the others, and
/// each action but the last one's ends when that of the next event has run: so all run at once.
pub(super) fn the_others_take_what_comes_next(make: Make, runners: &Runners) -> Scenario {
    let (scheduler, diary) = (make(), Diary::new());
    let delay = Duration::from_secs(runners.other.into());
    let events = u64::from(runners.runners);
    let (shared, notes) = (Arc::downgrade(&scheduler), Arc::clone(&diary));
    let first = diary.action(1, move || {
        let scheduler = shared.upgrade().expect("somebody is in `run`");
        let (mut sign, signs) = channel::unbounded();
        for event in 2..=events {
            let (own, next) = (sign.clone(), channel::unbounded());
            sign = next.0;
            let is_last = event == events;
            let action = notes.action(event, move || {
                await_signs(&next.1, usize::from(!is_last));
                signal(&own);
            });
            enter(&*scheduler, event, delay, 0, action);
        }
        await_signs(&signs, usize::from(events > 1));
    });
    enter(&*scheduler, 1, Duration::ZERO, 0, first);
    with_runners(Scenario::new(), runners.runners, &scheduler, || ())
}

pub(super) fn an_event_runs_or_is_cancelled(make: Make, runners: &Runners) -> Scenario {
    let (scheduler, diary) = (make(), Diary::new());
    let cancelled: Arc<Note<u64>> = Arc::default();
    let notes = Arc::clone(&cancelled);
    let action = diary.action(1, move || {
        assert!(
            *noted(&notes) == 0,
            "{}",
            text!("event {number} was cancelled, and it runs", number = 1)
        );
    });
    enter(&*scheduler, 1, Duration::ZERO, 0, action);
    let mut scenario = with_runners(Scenario::new(), runners.runners, &scheduler, || ());
    for number in 1..=runners.other {
        let (scheduler, diary) = (Arc::clone(&scheduler), Arc::clone(&diary));
        let cancelled = Arc::clone(&cancelled);
        scenario = scenario.thread(format!("canceller-{number}"), move || {
            if cancel(&*scheduler, 1).is_ok() {
                *noted(&cancelled) += 1;
                assert!(
                    !diary.has_begun(1),
                    "{}",
                    text!(
                        "event {number} {why}, and `cancel` returns no error",
                        number = 1,
                        why = text!("has run")
                    )
                );
            }
        });
    }
    scenario.finally(move || {
        let cancelled = *noted(&cancelled);
        assert!(
            diary.number() as u64 + cancelled == 1,
            "{}",
            text!(
                "the number of times that event 1 has run is {runs}, and that it was cancelled is {cancelled}",
                runs = diary.number(),
                cancelled
            )
        );
    })
}

/// The action of the first event panics. A thread joins those that are in `run`, and hears of it.
pub(super) fn a_panic_ends_one_run(make: Make, runners: &Runners) -> Scenario {
    let (runners, events) = (runners.runners, runners.events());
    let scenario = Scenario::new().thread("main", move || {
        let (scheduler, diary) = (make(), Diary::new());
        for number in 1..=events {
            let action = diary.action(number, move || {
                assert!(number != 1, "{}", text!("the action panics"));
            });
            enter(&*scheduler, number, Duration::ZERO, 0, action);
        }
        let start = |number| {
            let scheduler = Arc::clone(&scheduler);
            let builder = thread::Builder::new().name(format!("runner-{number}"));
            let started = builder.spawn(move || run(&*scheduler));
            started.expect("an exploration has room for it")
        };
        let started: Vec<_> = (1..=runners).map(start).collect();
        let panics = started.into_iter().filter_map(|runner| runner.join().err());
        let mut own = 0;
        for panic in panics {
            match panic.downcast_ref::<String>() {
                Some(message) if message == text!("the action panics") => own += 1,
                _ => panic::resume_unwind(panic),
            }
        }
        assert!(
            own == 1,
            "{}",
            text!("an action has panicked, and that did not go on to who called `run`")
        );
        called("run", || scheduler.run());
        diary.expect_all(1..=events);
    });
    scenario.leaves_panics_to_joins()
}
