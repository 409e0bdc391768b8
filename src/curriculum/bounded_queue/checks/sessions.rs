//! Sessions of a queue: who puts, gets and closes, in any order.

use super::calls::Make;
use super::number;
use crate::curriculum::bounded_queue::contract::{BoundedQueue, Item};
use crate::curriculum::words::counted;
use crate::curriculum::workload::not_a_workload;
use crate::explore::check::Check;
use crate::judge::{Grammar, Model, Words};
use crate::text;
use crate::told_later;
use proptest::prelude::*;
use std::collections::VecDeque;
use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;
use std::sync::Arc;

#[derive(Clone, Copy)]
enum Call {
    Put(usize),
    Get,
    Close,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Call::Put(number) => write!(f, "put({number})"),
            Call::Get => f.write_str("get"),
            Call::Close => f.write_str("close"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Answer {
    Done,
    /// The item comes back.
    Refused,
    Item(usize),
    None,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Done => f.write_str(text!("done")),
            Answer::Refused => f.write_str(text!("refused")),
            Answer::Item(number) => write!(f, "{number}"),
            Answer::None => f.write_str("None"),
        }
    }
}

/// The items that are in, in order, and whether the queue is closed.
type State = (VecDeque<usize>, bool);

/// What one call after the other does with a queue that has room for so many.
fn queue(room: usize) -> Model<State, Call, Answer> {
    Model::new(State::default(), move |(items, is_closed), call| {
        Some(match call {
            Call::Put(_) if *is_closed => Answer::Refused,
            Call::Put(_) if items.len() == room => return None,
            Call::Put(item) => {
                items.push_back(*item);
                Answer::Done
            }
            Call::Get => match items.pop_front() {
                Some(item) => Answer::Item(item),
                None if *is_closed => Answer::None,
                None => return None,
            },
            Call::Close => {
                *is_closed = true;
                Answer::Done
            }
        })
    })
}

fn perform(queue: &dyn BoundedQueue<Item>, call: Call) -> Answer {
    match call {
        Call::Put(number) => match queue.put(item(number)) {
            Ok(()) => Answer::Done,
            Err(back) => {
                assert!(
                    back == item(number),
                    "{}",
                    text!("`put` gives back another item")
                );
                Answer::Refused
            }
        },
        Call::Get => match queue.get() {
            Some(item) => Answer::Item(item.number as usize),
            None => Answer::None,
        },
        Call::Close => {
            queue.close();
            Answer::Done
        }
    }
}

fn item(number: usize) -> Item {
    Item::new(1, number as u64)
}

/// Who calls what, and how much room there is: `1.2+3,room2`.
#[derive(Clone, Debug)]
struct Sessions {
    words: Words,
    room: NonZeroU16,
}

impl Sessions {
    /// With one call more. Where there is little room somebody waits, and where there is much the order
    /// matters; what lies between those takes many calls.
    fn larger(&self, calls: usize) -> Vec<Self> {
        let words = self.words.larger(calls).into_iter();
        let room = self.room;
        words.map(|words| Sessions { words, room }).collect()
    }
}

impl fmt::Display for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},room{}", self.words, self.room)
    }
}

impl FromStr for Sessions {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = || {
            let (words, room) = text.split_once(",room")?;
            let (words, room) = (words.parse().ok()?, room.parse().ok()?);
            Some(Sessions { words, room })
        };
        parsed().ok_or_else(|| {
            let expected =
                text!("the calls of each thread (1: put, 2: get, 3: close), and the room");
            not_a_workload(text, expected, "1.2+3,room2")
        })
    }
}

/// Whoever calls what, it is as if the calls came one after the other, and who waits has a reason.
pub(super) fn check(make: Make) -> Check {
    let grammar = Grammar::new()
        .numbered(Call::Put)
        .call(Call::Get)
        .call(Call::Close);
    let calls = grammar.calls();
    let told = grammar.clone();
    let with = |(words, room)| Sessions {
        words,
        room: number(room),
    };
    let listed = [1, 3].into_iter().flat_map(move |room| {
        let words = (0..calls).map(Words::one);
        words.map(move |words| with((words, room)))
    });
    Check::told(
        "every_session_has_an_order",
        told_later!("Whoever puts, gets and closes, and whenever: it is as if one call came after the other."),
        move |sessions: &Sessions| {
            let room = counted(sessions.room.get(), "item");
            text!("{session}; room for {room}", session = told.session(&sessions.words), room)
        },
        (Words::any(4, 4, calls), 1..=4_u16).prop_map(with),
        listed,
        [with((Words::one(0), 1))],
        move |sessions| {
            let room = usize::from(sessions.room.get());
            let session = grammar.session(&sessions.words);
            let perform = |queue: &Arc<dyn BoundedQueue<Item>>, call| perform(&**queue, call);
            session.scenario(
                &Arc::new(queue(room)),
                Arc::new(make(room)),
                &Arc::new(perform),
            )
        },
    )
    .growing(move |sessions: &Sessions| sessions.larger(calls))
}
