//! What the checks run whose futures and timers others wake.

use super::halves::Bell;
use super::inbox::Inbox;
use super::race::Race;
use super::{Answer, Boxed, Make, poll, timeout};
use crate::curriculum::seen::called;
use crate::curriculum::signs::{await_signs, signal};
use crate::explore::scenario::Scenario;
use crate::sync::channel;
use crate::sync::task::{block_on, may_be_dropped, sleep};
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::future::poll_fn;
use std::num::NonZeroU16;
use std::sync::Arc;

/// What a race comes to that somebody awaits.
async fn answer(mut race: Boxed<Answer>) -> Answer {
    poll_fn(move |context| called("poll", || race.as_mut().poll(context))).await
}

/// How many letters and ticks are awaited: those that never come are awaited all the same.
fn awaited(race: Race) -> [u64; 2] {
    [race.future, race.timer].map(|number| u64::from(number.max(1)))
}

/// The threads that put letters and ticks there, and what each of them does before and after that.
fn others(race: Race, inbox: &Inbox, clock: &Inbox, [before, after]: [Step; 2]) -> Scenario {
    let others = [("poster", inbox, race.future), ("clock", clock, race.timer)];
    let busy = others.into_iter().filter(|(.., times)| *times > 0);
    busy.fold(Scenario::new(), |scenario, (name, place, times)| {
        let (place, before, after) = (place.clone(), Arc::clone(&before), Arc::clone(&after));
        scenario.thread(name, move || {
            before();
            (0..times).for_each(|_| place.put());
            after();
        })
    })
}

/// What the threads of a check do besides.
type Step = Arc<dyn Fn() + Send + Sync>;

/// Two polls, each with a waker of its own; the others begin before the second one. When they are done,
/// the race has answered or its last waker has been used.
pub(super) fn a_wake_up_may_come_in_a_poll(make: Make, race: &Race) -> Scenario {
    let race = *race;
    let (inbox, clock) = (Inbox::new("inbox"), Inbox::new("clock"));
    let ((begin, begins), (end, ends)) = (channel::unbounded(), channel::unbounded());
    let before = Arc::new(move || await_signs(&begins, 1));
    let after = Arc::new(move || signal(&end));
    let scenario = others(race, &inbox, &clock, [before, after]);
    scenario.thread("caller", move || {
        let [letters, ticks] = awaited(race);
        let mut whole = timeout(make, inbox.takes(letters), clock.awaits(ticks));
        let (_, first) = Bell::new(1);
        let is_early = poll(&mut whole, &first).is_ready();
        assert!(
            !is_early,
            "{}",
            text!("neither a letter nor a tick has come, and `timeout` has answered")
        );
        let number = race.busy();
        (0..number).for_each(|_| signal(&begin));
        let (last, waker) = Bell::new(2);
        let is_answered = poll(&mut whole, &waker).is_ready();
        await_signs(&ends, number);
        assert!(
            is_answered || last.is_used(),
            "{}",
            text!(
                "the future or the timer has been woken, and the waker of the last poll of `timeout` is not used"
            )
        );
        drop(whole);
    })
}

pub(super) fn a_wake_up_of_either_is_enough(make: Make, race: &Race) -> Scenario {
    let race = *race;
    let (inbox, clock) = (Inbox::new("inbox"), Inbox::new("clock"));
    let nothing: Step = Arc::new(|| ());
    let scenario = others(race, &inbox, &clock, [Arc::clone(&nothing), nothing]);
    scenario.thread("caller", move || {
        let [letters, ticks] = awaited(race);
        let answer = block_on(answer(timeout(
            make,
            inbox.takes(letters),
            clock.awaits(ticks),
        )));
        assert!(
            answer.is_ok() || clock.arrived() >= ticks,
            "{}",
            text!("the time is not over, and `timeout` has answered `Elapsed`")
        );
    })
}

/// Each time another letter comes, and the clock ticks once more: so each race has an end.
pub(super) fn nothing_is_lost(make: Make, letters: NonZeroU16) -> Scenario {
    let letters = u64::from(letters.get());
    let (inbox, clock) = (Inbox::new("inbox"), Inbox::new("clock"));
    let (its_inbox, its_clock) = (inbox.clone(), clock.clone());
    let scenario = Scenario::new().thread("caller", move || {
        let mut received = 0;
        for number in 1..=letters {
            let race = timeout(make, its_inbox.takes(1), its_clock.awaits(number));
            if let Some(Ok(_)) = block_on(may_be_dropped(answer(race))) {
                received += 1;
            }
            assert!(
                its_inbox.taken() == received,
                "{}",
                text!("the future has taken a letter, and that is not what `timeout` has answered")
            );
        }
    });
    let puts = move |place: Inbox| move || (0..letters).for_each(|_| place.put());
    scenario
        .thread("poster", puts(inbox))
        .thread("clock", puts(clock))
}

pub(super) fn a_sleep_is_a_timer(make: Make, race: &Race) -> Scenario {
    let race = *race;
    Scenario::new().thread("caller", move || {
        let [time, limit] =
            [race.future, race.timer].map(|time| Duration::from_millis(time.into()));
        let start = Instant::now();
        let sleeps = sleep(time);
        let future = async move {
            sleeps.await;
            0
        };
        let answer = block_on(answer(timeout(make, future, sleep(limit))));
        let took = start.elapsed();
        assert!(
            answer.is_ok() == (time <= limit),
            "{}",
            text!(
                "the future takes {time} of {limit}, and `timeout` has answered {answer}",
                time = format!("{time:?}"),
                limit = format!("{limit:?}"),
                answer = format!("{answer:?}")
            )
        );
        assert!(
            took == time.min(limit),
            "{}",
            text!(
                "the future takes {time} of {limit}, and the answer has taken {took}",
                time = format!("{time:?}"),
                limit = format!("{limit:?}"),
                took = format!("{took:?}")
            )
        );
    })
}
