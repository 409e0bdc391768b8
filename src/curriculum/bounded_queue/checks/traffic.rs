//! Who puts and who gets, and how much room there is.

use crate::curriculum::words::number;
use crate::curriculum::workload::{PerThread, listed, next, not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

/// `1+1/2,room1` is two threads that put once each, one that gets twice, and room for one item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Traffic {
    /// How often each thread puts.
    pub puts: PerThread,
    /// How often each thread gets.
    pub gets: PerThread,
    /// How many items there is room for.
    pub room: NonZeroU16,
}

impl Traffic {
    /// As many gets as puts; shrinks towards few.
    pub fn balanced() -> impl Strategy<Value = Self> {
        let shapes = prop::sample::select(vec![
            "0/0",
            "1/1",
            "2/2",
            "1+1/2",
            "2/1+1",
            "3/3",
            "1+1/1+1",
            "2+1/1+2",
            "4/4",
            "2+2/2+2",
            "1+1+1/3",
            "3/1+1+1",
            "3+3/6",
            "1+1+1+1/2+2",
            "2+2/1+1+1+1",
            "1+1+1+1+1/1+1+1+1+1",
        ]);
        let room = prop_oneof![2 => Just(1), 1 => Just(2), 1 => 3..=5];
        (shapes, room).prop_map(|(shape, room)| {
            let traffic = format!("{shape},room{room}").parse();
            traffic.expect("what is put is taken")
        })
    }

    /// More puts than gets, by as many as there is room for.
    pub fn filling() -> impl Strategy<Value = Self> {
        prop::sample::select(listed(&[
            "1/0,room1",
            "2/1,room1",
            "1+1/1,room1",
            "3/1,room2",
            "2+1/1,room2",
            "1+1+1/2,room1",
            "4/2,room2",
            "4/1,room3",
            "1+1+2/2,room2",
        ]))
    }

    /// Those with one more item that is put and taken, or room for one more.
    pub fn larger(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for puts in self.puts.larger() {
            all.extend(self.gets.larger().into_iter().map(|gets| Traffic {
                puts: puts.clone(),
                gets,
                room: self.room,
            }));
        }
        all.extend(next(&self.room).into_iter().map(|room| Traffic {
            room,
            ..self.clone()
        }));
        all
    }

    /// Those with one more item that is put, for which there is room, or which is taken.
    pub fn fuller(&self) -> Vec<Self> {
        let filled = |room| {
            let with = move |puts| Traffic {
                puts,
                gets: self.gets.clone(),
                room,
            };
            self.puts.larger().into_iter().map(with)
        };
        let mut all: Vec<Self> = next(&self.room).into_iter().flat_map(filled).collect();
        let larger = self.larger().into_iter();
        all.extend(larger.filter(|larger| larger.room == self.room));
        all
    }

    /// Who puts and gets, and how much room there is.
    pub fn in_words(&self) -> String {
        let puts = self.puts.in_words(noun!("producer"), noun!("put"));
        let gets = self.gets.in_words(noun!("consumer"), noun!("get"));
        text!(
            "{puts}; {gets}; room for {room}",
            puts,
            gets,
            room = number(self.room.get())
        )
    }

    fn can_flow(&self) -> bool {
        let (puts, gets) = (self.puts.total(), self.gets.total());
        gets <= puts && puts - gets <= u64::from(self.room.get())
    }
}

impl fmt::Display for Traffic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{},room{}", self.puts, self.gets, self.room)
    }
}

impl FromStr for Traffic {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (threads, room) = text.split_once(",room")?;
            let (puts, gets) = pair(threads, "/")?;
            let room = room.parse().ok()?;
            Some(Traffic { puts, gets, room })
        };
        parse().filter(Traffic::can_flow).ok_or_else(|| {
            let expected =
                text!("how often each thread puts and gets, with room for what is not taken");
            not_a_workload(text, expected, "1+1/2,room1")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(
            traffic in prop_oneof![Traffic::balanced(), Traffic::filling()]
        ) {
            prop_assert_eq!(traffic.to_string().parse(), Ok(traffic));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "",
            "1/1",
            "1/1,room0",
            "1/2,room1",
            "3/1,room1",
            "1,room1",
            "a/b,roomc",
        ] {
            let error = text.parse::<Traffic>().unwrap_err();
            assert!(error.contains("such as `1+1/2,room1`"), "{text}: {error}");
        }
    }
}
