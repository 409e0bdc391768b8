//! All histories of a class of executions, compared with judging each of them.

use super::queue::{Answer, Call, Queue, Random, random_history};
use crate::explore::model::calls::Precedence;
use crate::judge::orders::{Marked, unexplained};
use crate::judge::{Event, History, judge};

/// A call, the mark of its beginning, and that of its return with the answer.
type Marks = (Call, usize, Option<(usize, Answer)>);

/// A history at random, of which only part of the order is kept: that of each of its threads, and what
/// they know of each other.
struct Class {
    queue: Queue,
    calls: Vec<Marks>,
    precedence: Precedence,
    marks: usize,
    is_at_rest: bool,
}

/// Threads that make one call after the other, and at some of their marks hear of another thread.
fn random_class(random: &mut Random) -> Class {
    let (queue, history) = random_history(random);
    let mut calls: Vec<Marks> = Vec::new();
    // Who makes the calls: a thread whose latest call has returned.
    let mut of_calls: Vec<usize> = Vec::new();
    let mut is_busy: Vec<bool> = Vec::new();
    let mut knows: Vec<Vec<u32>> = vec![vec![0; 8]; 8];
    let (mut own, mut known) = (Vec::new(), Vec::new());
    for (mark, event) in history.events().iter().enumerate() {
        let thread = match event {
            Event::Begin { call, .. } => {
                let free = is_busy.iter().position(|busy| !busy);
                let thread = free.unwrap_or(is_busy.len());
                is_busy.resize(is_busy.len().max(thread + 1), false);
                is_busy[thread] = true;
                of_calls.push(thread);
                calls.push((call.clone(), mark, None));
                thread
            }
            Event::Return { id, answer } => {
                let thread = of_calls[id.0];
                is_busy[thread] = false;
                calls[id.0].2 = Some((mark, answer.clone()));
                thread
            }
        };
        if random.below(3) == 0 {
            let heard = knows[random.below(is_busy.len())].clone();
            let mine = knows[thread].iter_mut();
            mine.zip(heard)
                .for_each(|(mine, heard)| *mine = (*mine).max(heard));
        }
        known.push(knows[thread].clone());
        knows[thread][thread] += 1;
        own.push((thread, knows[thread][thread]));
    }
    Class {
        queue,
        marks: own.len(),
        calls,
        precedence: Precedence::Partial { own, known },
        is_at_rest: history.is_quiescent(),
    }
}

impl Class {
    /// The history with the marks in this order.
    fn history(&self, order: &[usize]) -> History<Call, Answer> {
        let mut history = History::new();
        let mut ids = vec![None; self.calls.len()];
        for &mark in order {
            for (number, (call, begin, end)) in self.calls.iter().enumerate() {
                match end {
                    _ if *begin == mark => ids[number] = Some(history.begin(0, call.clone())),
                    Some((end, answer)) if *end == mark => {
                        history.end(ids[number].expect("it has begun"), answer.clone());
                    }
                    _ => {}
                }
            }
        }
        if self.is_at_rest && order.len() == self.marks {
            history.rests();
        }
        history
    }

    /// How many returns there are in the shortest beginning that nothing explains, of any order that
    /// begins like this one; the number of them all and one more if it is only that some wait.
    fn shortest(&self, order: &mut Vec<usize>) -> Option<usize> {
        let history = self.history(order);
        if judge(&self.queue, &history).is_err() {
            let is_return = |event: &&Event<_, _>| matches!(event, Event::Return { .. });
            let waits = judge(&self.queue, &history.beginning(order.len())).is_ok();
            return Some(history.events().iter().filter(is_return).count() + usize::from(waits));
        }
        let left: Vec<usize> = (0..self.marks)
            .filter(|mark| !order.contains(mark))
            .collect();
        let is_before = |first: usize, second: usize| self.precedence.is_before(first, second);
        let mut shortest = None;
        for &next in &left {
            if left.iter().all(|&other| !is_before(other, next)) {
                order.push(next);
                let found = self.shortest(order);
                shortest = [shortest, found].into_iter().flatten().min();
                order.pop();
            }
        }
        shortest
    }

    fn marked(&self) -> Vec<Marked<'_, Call, Answer>> {
        let calls = self.calls.iter();
        let marked = calls.map(|(call, begin, end)| Marked {
            call,
            begin: *begin,
            end: end.as_ref().map(|(end, answer)| (*end, answer)),
        });
        marked.collect()
    }
}

#[test]
fn a_class_is_refused_exactly_if_one_of_its_histories_is_and_for_the_shortest_beginning() {
    let mut random = Random(3);
    let mut counts = [0; 3];
    while counts.iter().sum::<usize>() < 5_000 {
        let class = random_class(&mut random);
        if class.marks > 10 {
            continue;
        }
        let expected = class.shortest(&mut Vec::new());
        let (precedence, is_at_rest) = (&class.precedence, class.is_at_rest);
        let found = unexplained(&class.queue, &class.marked(), precedence, is_at_rest);
        let returns = found.as_ref().map(|order| {
            // Its marks keep the precedence, and nothing explains them.
            for (place, &second) in order.iter().enumerate() {
                let after = &order[place..];
                assert!(
                    after
                        .iter()
                        .all(|&first| !precedence.is_before(first, second))
                );
            }
            let mut history = class.history(order);
            let is_return = |event: &&Event<_, _>| matches!(event, Event::Return { .. });
            let returns = history.events().iter().filter(is_return).count();
            let waits = judge(&class.queue, &history.beginning(order.len())).is_ok();
            if waits {
                history.rests();
            }
            assert!(judge(&class.queue, &history).is_err());
            returns + usize::from(waits)
        });
        assert_eq!(returns, expected, "{:?} {precedence:?}", class.calls);
        let is_explained_here = judge(&class.queue, &class.history(&in_order(class.marks))).is_ok();
        let kind = match (expected, is_explained_here) {
            (None, _) => 0,
            (Some(_), false) => 1,
            // Another history of the class is to blame.
            (Some(_), true) => 2,
        };
        counts[kind] += 1;
    }
    assert!(counts.iter().all(|&count| count > 100), "{counts:?}");
}

fn in_order(marks: usize) -> Vec<usize> {
    (0..marks).collect()
}

/// The same calls have returned after either order of the first two, but the queue is another one.
#[test]
fn calls_that_know_nothing_of_each_other_are_judged_in_either_order() {
    let calls = [
        (Call::Put(1), 0, Some((1, Answer::Done))),
        (Call::Put(2), 2, Some((3, Answer::Done))),
        (Call::Get, 4, Some((5, Answer::Item(1)))),
    ];
    let own = [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2)].to_vec();
    let known = |all: [[u32; 3]; 6]| all.map(Vec::from).to_vec();
    let apart = known([[0; 3], [1, 0, 0], [0; 3], [0, 1, 0], [2, 2, 0], [2, 2, 1]]);
    let in_turn = known([
        [0; 3],
        [1, 0, 0],
        [2, 0, 0],
        [2, 1, 0],
        [2, 2, 0],
        [2, 2, 1],
    ]);
    for (known, expected) in [(apart, Some(vec![2, 3, 0, 1, 4, 5])), (in_turn, None)] {
        let class = Class {
            queue: Queue(2),
            calls: calls.to_vec(),
            precedence: Precedence::Partial {
                own: own.clone(),
                known,
            },
            marks: 6,
            is_at_rest: false,
        };
        let found = unexplained(&class.queue, &class.marked(), &class.precedence, false);
        assert_eq!(found, expected);
    }
}
