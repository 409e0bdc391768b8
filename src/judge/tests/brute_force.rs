//! The search for an order, compared with trying all of them.

use super::queue::{Answer, Call, Queue, Random, State, random_history};
use crate::judge::{Blame, Event, History, Specification, judge};

/// A call of a history, for the search that tries all orders.
struct Known<'h> {
    id: usize,
    call: &'h Call,
    begun: usize,
    returned: Option<(usize, &'h Answer)>,
}

fn known(history: &History<Call, Answer>) -> Vec<Known<'_>> {
    let mut calls: Vec<Known<'_>> = Vec::new();
    for (place, event) in history.events().iter().enumerate() {
        match event {
            Event::Begin { call, .. } => calls.push(Known {
                id: calls.len(),
                call,
                begun: place,
                returned: None,
            }),
            Event::Return { id, answer } => calls[id.0].returned = Some((place, answer)),
        }
    }
    calls
}

/// By the definition: any order of all that have returned, and of some that have not.
pub(super) fn is_explained(queue: &Queue, history: &History<Call, Answer>) -> bool {
    fn goes_on(queue: &Queue, state: &State, left: &[&Known<'_>], is_quiescent: bool) -> bool {
        let is_over = left.iter().all(|call| {
            let waits = || !is_quiescent || queue.may_wait(state, call.call);
            call.returned.is_none() && waits()
        });
        let can_be_next = |call: &&&Known<'_>| {
            let comes_after = |other: &&Known<'_>| {
                other.id != call.id && other.returned.is_some_and(|(end, _)| end < call.begun)
            };
            (call.returned.is_some() || !is_quiescent) && !left.iter().any(comes_after)
        };
        let goes_on_with = |next: &&Known<'_>| {
            let rest: Vec<_> = left
                .iter()
                .copied()
                .filter(|call| call.id != next.id)
                .collect();
            let fits = |answer: &Answer| next.returned.is_none_or(|(_, own)| own == answer);
            let mut outcomes = queue.outcomes(state, next.call).into_iter();
            outcomes.any(|outcome| {
                fits(&outcome.answer) && goes_on(queue, &outcome.state, &rest, is_quiescent)
            })
        };
        is_over || left.iter().filter(can_be_next).any(goes_on_with)
    }
    let calls = known(history);
    let all: Vec<_> = calls.iter().collect();
    goes_on(queue, &queue.initial(), &all, history.is_quiescent())
}

#[test]
fn it_finds_an_order_exactly_if_there_is_one() {
    let mut random = Random(1);
    let mut counts = [[0; 2]; 2];
    for _ in 0..20_000 {
        let (queue, history) = random_history(&mut random);
        let found = judge(&queue, &history);
        let expected = is_explained(&queue, &history);
        assert_eq!(found.is_ok(), expected, "{history:#?}\n{found:?}");
        counts[usize::from(history.is_quiescent())][usize::from(expected)] += 1;
    }
    // Each of the four is common.
    assert!(
        counts.as_flattened().iter().all(|&count| count > 400),
        "{counts:?}"
    );
}

/// What is to blame ends the shortest beginning that nothing explains, and what it could have
/// answered makes it good.
#[test]
fn the_answer_to_blame_ends_the_shortest_beginning_that_nothing_explains() {
    let mut random = Random(2);
    let mut blamed = 0;
    for _ in 0..20_000 {
        let (queue, history) = random_history(&mut random);
        let Err(Blame::Answer { event, instead }) = judge(&queue, &history) else {
            continue;
        };
        blamed += 1;
        assert!(is_explained(&queue, &history.beginning(event)));
        assert!(!is_explained(&queue, &history.beginning(event + 1)));
        let Event::Return { id, .. } = history.events()[event] else {
            panic!("a return is to blame");
        };
        let all = [0, 1, 2].map(Answer::Item).into_iter();
        let all = all.chain([Answer::Done, Answer::Refused, Answer::End]);
        for answer in all {
            let mut other = history.beginning(event);
            other.end(id, answer.clone());
            let is_right = is_explained(&queue, &other);
            assert_eq!(instead.contains(&answer), is_right, "{other:#?} {answer:?}");
        }
    }
    assert!(blamed > 1_000, "{blamed}");
}

#[test]
fn who_waits_for_ever_needs_a_reason() {
    let queue = Queue(1);
    let (mut waits, mut history) = (History::new(), History::new());
    for history in [&mut waits, &mut history] {
        history.begin(1, Call::Get);
        history.rests();
    }
    assert_eq!(judge(&queue, &waits), Ok(()));
    let mut history = History::new();
    let get = history.begin(1, Call::Get);
    let put = history.begin(2, Call::Put(7));
    history.end(put, Answer::Done);
    history.rests();
    let instead = vec![Answer::Item(7)];
    assert_eq!(
        judge(&queue, &history),
        Err(Blame::Waits { call: get, instead })
    );
    // Its item was taken, but it does not return.
    let mut history = History::new();
    let put = history.begin(1, Call::Put(7));
    let get = history.begin(2, Call::Get);
    history.end(get, Answer::Item(7));
    history.rests();
    let instead = Vec::new();
    assert_eq!(
        judge(&queue, &history),
        Err(Blame::Waits { call: put, instead })
    );
}
