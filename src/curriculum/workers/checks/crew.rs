//! Who works: how many workers there are, and how many calls each of them makes.

use crate::curriculum::words::counted;
use crate::curriculum::workload::{not_a_workload, pair, with_room, write_room};
use crate::text;
use proptest::prelude::*;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// `2/3` is two workers, three calls each; `2/3,room1` is the same where only one can be started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Crew {
    /// How many workers there are to be.
    pub(super) workers: u16,
    /// How many calls each of them makes.
    pub(super) calls: u16,
    /// How many threads the system has room for.
    pub(super) room: u16,
}

impl Crew {
    /// So many, all of whom can be started.
    pub(super) fn any(
        workers: RangeInclusive<u16>,
        calls: RangeInclusive<u16>,
    ) -> impl Strategy<Value = Self> {
        (workers, calls).prop_map(|(workers, calls)| Crew {
            workers,
            calls,
            room: workers,
        })
    }

    /// Some, of whom at least one cannot be started.
    pub(super) fn any_too_many() -> impl Strategy<Value = Self> {
        let workers = (1..=4_u16).prop_flat_map(|workers| (Just(workers), 0..workers));
        (workers, 1..=3_u16).prop_map(|((workers, room), calls)| Crew {
            workers,
            calls,
            room,
        })
    }

    /// Those with one more worker, who can be started if all the others can be, and those with one
    /// more call.
    pub(super) fn larger(&self) -> Vec<Self> {
        let more = |number: u16| number.checked_add(1);
        let worker = more(self.workers).map(|workers| Crew {
            workers,
            room: self.room + u16::from(self.room == self.workers),
            ..*self
        });
        let call = more(self.calls).map(|calls| Crew { calls, ..*self });
        worker.into_iter().chain(call).collect()
    }

    /// Who works, and how often.
    pub(super) fn in_words(&self) -> String {
        let workers = counted(self.workers, "worker");
        let calls = counted(self.calls, "call");
        let who = match self.workers {
            0 | 1 => text!("{workers}, {calls}", workers, calls),
            _ => text!("{workers}, {calls} each", workers, calls),
        };
        if self.room < self.workers {
            let room = counted(self.room, "thread");
            text!("{who}; the system has room for {room}", who, room)
        } else {
            who
        }
    }

    /// The workers' names: `T1`, `T2` and so on.
    pub(super) fn names(&self) -> Vec<String> {
        (1..=self.workers)
            .map(|number| format!("T{number}"))
            .collect()
    }

    /// How many workers can be started.
    pub(super) fn started(&self) -> usize {
        self.workers.min(self.room).into()
    }
}

impl fmt::Display for Crew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.workers, self.calls)?;
        write_room(f, self.room, self.workers)
    }
}

impl FromStr for Crew {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = || {
            let (text, room) = with_room(text, u16::MAX)?;
            let (workers, calls) = pair(text, "/")?;
            Some(Crew {
                workers,
                calls,
                room: room.min(workers),
            })
        };
        let expected = text!("how many workers there are, and how many calls each of them makes");
        parsed().ok_or_else(|| not_a_workload(text, expected, "2/3"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(
            crew in prop_oneof![Crew::any(0..=4, 0..=5), Crew::any_too_many()]
        ) {
            prop_assert_eq!(crew.to_string().parse(), Ok(crew));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "", "2", "2/", "/3", "-1/1", "65536/1", "2/1,room", "two/two",
        ] {
            let error = text.parse::<Crew>().unwrap_err();
            assert!(error.contains("such as `2/3`"), "{text}: {error}");
        }
    }
}
