//! What the checks note down of events, and what they demand of each.

use super::agenda::{Agenda, Entry};
use crate::curriculum::scheduler::contract::{Action, Event, NotPending, Scheduler};
use crate::curriculum::seen::{called, called_back_as, must_be_seen};
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::sync::{Arc, MutexGuard, PoisonError};

// What a check notes down is nobody's operation, and never held over one.
#[allow(clippy::disallowed_types)]
pub(super) type Note<T> = std::sync::Mutex<T>;

/// What is noted, whoever has panicked meanwhile.
pub(super) fn noted<T>(note: &Note<T>) -> MutexGuard<'_, T> {
    note.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Which actions have begun, and when.
pub(super) struct Diary {
    start: Instant,
    begun: Note<Vec<(u64, Instant)>>,
}

impl Diary {
    /// Nothing has begun, and from now on time is counted.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Diary {
            start: Instant::now(),
            begun: Note::default(),
        })
    }

    /// The action of this event, which does this besides.
    pub(super) fn action(
        self: &Arc<Self>,
        number: u64,
        code: impl Fn() + Send + Sync + 'static,
    ) -> Action {
        let diary = Arc::clone(self);
        Arc::new(move || {
            let action = || {
                diary.begins(number);
                code();
            };
            called_back_as(|| format!("action_{number}()"), |()| None, action);
        })
    }

    fn begins(&self, number: u64) {
        assert!(
            !self.has_begun(number),
            "{}",
            text!("the action of event {number} runs a second time", number)
        );
        noted(&self.begun).push((number, Instant::now()));
    }

    /// True if the action of this event has begun.
    pub(super) fn has_begun(&self, number: u64) -> bool {
        self.began(number).is_some()
    }

    /// When the action of this event has begun.
    pub(super) fn began(&self, number: u64) -> Option<Instant> {
        let begun = noted(&self.begun);
        let own = begun.iter().find(|(other, _)| *other == number);
        own.map(|(_, at)| *at)
    }

    /// When the action before that of this event has begun.
    pub(super) fn began_before(&self, number: u64) -> Option<Instant> {
        let begun = noted(&self.begun);
        let others = begun.iter().take_while(|(other, _)| *other != number);
        others.last().map(|(_, at)| *at)
    }

    /// How many actions have begun.
    pub(super) fn number(&self) -> usize {
        noted(&self.begun).len()
    }

    /// The action that has begun just now has to be the next one of these, or one that may run in its
    /// place.
    pub(super) fn expect_next_of(&self, order: &[u64], may_run: impl Fn(u64, u64) -> bool) {
        let begun = noted(&self.begun);
        let place = begun.len() - 1;
        let number = begun[place].0;
        if let Some(&next) = order.get(place) {
            assert!(
                next == number || may_run(number, next),
                "{}",
                text!(
                    "event {number} runs, and event {next} is the first that is pending",
                    number,
                    next
                )
            );
        }
    }

    /// `run` has returned: by now the actions of these have to have run.
    pub(super) fn expect_all(&self, numbers: impl IntoIterator<Item = u64>) {
        for number in numbers {
            assert!(
                self.has_begun(number),
                "{}",
                text!("`run` has returned, and event {number} has not run", number)
            );
        }
    }

    /// An action that begins at this point has to begin neither before nor after those.
    pub(super) fn expect_time(&self, number: u64, at: Instant, [earliest, latest]: [Instant; 2]) {
        let since_start = |time: Instant| format!("{:?}", time.duration_since(self.start));
        let expected = if at < earliest { earliest } else { latest };
        assert!(
            earliest <= at && at <= latest,
            "{}",
            text!(
                "event {number} runs {at} after the start, and its time is {time} after it",
                number,
                at = since_start(at),
                time = since_start(expected)
            )
        );
    }
}

/// Enters an event, which has to get this number.
pub(super) fn enter(
    to: &dyn Scheduler,
    number: u64,
    delay: Duration,
    priority: u16,
    action: Action,
) {
    let event = must_be_seen("enter", || to.enter(delay, priority.into(), action));
    expect_number(number, event);
}

/// The same with a time.
pub(super) fn enter_at(
    to: &dyn Scheduler,
    number: u64,
    time: Instant,
    priority: u16,
    action: Action,
) {
    let event = must_be_seen("enterabs", || to.enterabs(time, priority.into(), action));
    expect_number(number, event);
}

fn expect_number(number: u64, event: Event) {
    assert!(
        event == Event(number),
        "{}",
        text!(
            "the number of events entered by now is {number}, and the last one is called {event}",
            number,
            event = format!("{event:?}")
        )
    );
}

/// Enters all these events, with the actions that `action` makes.
pub(super) fn enter_all(to: &dyn Scheduler, agenda: &Agenda, action: impl Fn(u64) -> Action) {
    for (number, entry) in agenda.events() {
        let Entry { priority, .. } = entry;
        enter(to, number, entry.delay(), priority, action(number));
    }
}

/// Lets everything run.
pub(super) fn run(scheduler: &dyn Scheduler) {
    must_be_seen("run", || scheduler.run());
}

/// Cancels an event, and tells what is said of that.
pub(super) fn cancel(scheduler: &dyn Scheduler, number: u64) -> Result<(), NotPending> {
    called("cancel", || scheduler.cancel(Event(number)))
}

/// Cancels an event that is pending.
pub(super) fn cancel_pending(scheduler: &dyn Scheduler, number: u64) {
    assert!(
        cancel(scheduler, number).is_ok(),
        "{}",
        text!(
            "event {number} is pending, and `cancel` returns an error",
            number
        )
    );
}

/// Compares what is said to be pending with these events, in their order.
pub(super) fn expect_pending(scheduler: &dyn Scheduler, expected: &[u64]) {
    let queue = called("queue", || scheduler.queue());
    let numbers: Vec<u64> = queue.iter().map(|event| event.0).collect();
    assert!(
        numbers == expected,
        "{}",
        text!(
            "`queue` tells of the events {numbers}, and this is what is pending: {expected}",
            numbers = format!("{numbers:?}"),
            expected = format!("{expected:?}")
        )
    );
    let empty = called("empty", || scheduler.empty());
    assert!(
        empty == expected.is_empty(),
        "{}",
        text!(
            "`empty` returns {empty}, and this is what is pending: {expected}",
            empty,
            expected = format!("{expected:?}")
        )
    );
}
