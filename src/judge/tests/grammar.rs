//! Sessions by size: each once, and none left out.

use crate::judge::Grammar;
use std::collections::BTreeSet;

/// The calls of all threads.
type Plain = Vec<Vec<usize>>;

/// All sequences of up to so many threads, with so many calls of these in all.
fn all(kinds: usize, calls: usize) -> Vec<Plain> {
    let mut sessions = vec![Plain::new()];
    let mut complete = Vec::new();
    for _ in 0..calls {
        let with_one_more = |session: Plain| {
            (0..kinds).flat_map(move |kind| {
                let mut longer = session.clone();
                let own = longer.last_mut().map(|thread| thread.push(kind));
                let mut another = session.clone();
                another.push(vec![kind]);
                own.map(|()| longer).into_iter().chain([another])
            })
        };
        sessions = sessions.into_iter().flat_map(with_one_more).collect();
        complete.extend(sessions.clone());
    }
    complete
}

/// The one that stands for all that differ only in which thread is which.
fn renamed(mut session: Plain) -> Plain {
    session.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    session
}

#[test]
fn every_session_is_made_once() {
    for (kinds, calls) in [(0, 3), (1, 6), (2, 5), (3, 4), (4, 3)] {
        let grammar = (0..kinds).fold(Grammar::new(), Grammar::call);
        let made: Vec<Plain> = grammar.up_to(calls).iter().map(|it| it.calls()).collect();
        let expected: BTreeSet<Plain> = all(kinds, calls).into_iter().map(renamed).collect();
        assert_eq!(made.len(), expected.len(), "{kinds} kinds, {calls} calls");
        let made: BTreeSet<Plain> = made.into_iter().collect();
        assert!(made == expected, "{kinds} kinds, {calls} calls");
    }
}

#[test]
fn small_sessions_come_first() {
    let grammar = Grammar::new().call('a').call('b');
    let size = |session: &Vec<Vec<char>>| (session.concat().len(), session.len());
    let sizes: Vec<_> = grammar
        .up_to(4)
        .iter()
        .map(|it| size(&it.calls()))
        .collect();
    assert!(sizes.is_sorted(), "{sizes:?}");
    assert_eq!(sizes.last(), Some(&(4, 4)));
}

#[test]
fn a_number_tells_a_call_from_all_others_of_its_session() {
    let grammar = Grammar::new().numbered(|number| number);
    for session in grammar.up_to(5) {
        let numbers = session.calls().concat();
        assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    }
}

#[cfg(not(loom))]
mod explored {
    use super::super::objects::Blocking;
    use super::super::queue::{Answer, Call, Queue};
    use crate::explore::tests::options;
    use crate::explore::{BackEnd, Verdict};
    use crate::judge::{Grammar, check};
    use crate::sync::explore;

    fn grammar() -> Grammar<Call> {
        Grammar::new()
            .numbered(|number| Call::Put(u8::try_from(number).expect("few calls")))
            .call(Call::Get)
            .call(Call::Close)
    }

    /// What comes of a queue with room for one, in all sessions with up to so many calls.
    fn verdict(calls: usize, perform: fn(&Blocking, Call) -> Answer) -> Verdict {
        let sessions = grammar().up_to(calls);
        let check = check(
            "queue",
            "first in, first out",
            Queue(1),
            sessions,
            Blocking::new,
            perform,
        );
        explore(&check, BackEnd::Exhaustive, &options())
    }

    #[test]
    fn a_right_queue_is_verified_in_all_sessions_of_four_calls() {
        let verdict = verdict(4, Blocking::perform);
        assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:#?}");
    }

    #[test]
    fn of_all_sessions_the_smallest_that_fails_is_told() {
        // After it has told the end it forgets that it was closed.
        let forgets = |queue: &Blocking, call: Call| {
            let answer = queue.perform(call);
            if answer == Answer::End {
                queue.reopen();
            }
            answer
        };
        let verdict = verdict(4, forgets);
        let failure = verdict.failure().expect("it is wrong");
        assert_eq!(failure.in_words, "thread-1: Close, Get, Put(3)");
    }
}
