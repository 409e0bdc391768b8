//! Workloads of `relay`: who joins, speaks, leaves and fails, and what of it happens at once.

use crate::curriculum::words::{counted, number};
use crate::curriculum::workload::{joined, list_of, not_a_workload, with_room, write_room};
use crate::text;
use crate::texts::list;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use std::fmt;
use std::str::FromStr;

/// What a thread makes a client do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Deed {
    /// Joins the relay.
    Join,
    /// Says something.
    Say,
    /// Leaves the relay.
    Leave,
    /// Reads nothing any more: whoever writes to it has to wait.
    Stall,
    /// Reads slowly: from now on each write to it takes its time.
    ReadSlowly,
    /// Its connection breaks: whoever writes to it, or waits to, is told so.
    Break,
    /// Has its texts written to it, until it is over with it: the relay's `deliver`.
    Deliver,
}

/// Room for more than is ever said.
pub(super) const PLENTY: usize = 16;

/// Where there is little room, there is room for so many at most.
const MOST_ROOM: usize = 4;

impl Deed {
    /// All of them.
    pub const ALL: [Deed; 7] = [
        Deed::Join,
        Deed::Say,
        Deed::Leave,
        Deed::Stall,
        Deed::Break,
        Deed::Deliver,
        Deed::ReadSlowly,
    ];

    /// Those that make a difference where nobody looks at a clock.
    pub const TIMELESS: &'static [Deed] = Deed::ALL.split_last().expect("there are some").1;

    fn letter(self) -> char {
        match self {
            Deed::Join => 'j',
            Deed::Say => 's',
            Deed::Leave => 'l',
            Deed::Stall => 'z',
            Deed::ReadSlowly => 'r',
            Deed::Break => 'b',
            Deed::Deliver => 'd',
        }
    }
}

/// A deed of the client with that index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Step {
    /// What it does.
    pub deed: Deed,
    /// Which client, from 0.
    pub client: usize,
}

/// What each thread of a scenario does, one thing after the other.
///
/// `3/j3.s1+s2` is three clients and two threads. In one of them the third client joins, and then
/// the first one says something; at the same time the second one says something. In `3/s1=s2+s3`
/// the first one has spoken before. The letters are
/// **j**oin, **s**ay, **l**eave, **d**eliver, **b**reak, **r**ead slowly, and **z** for falling asleep.
/// Who does not join has done so before; to those who neither speak nor are delivered to it is delivered
/// in the end.
/// Outboxes hold more than is ever said, or with `,room2` at the end two texts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// How many clients there are, those included that only listen.
    pub clients: usize,
    /// How many texts an outbox is said to hold.
    pub room: usize,
    /// What has been done before, one thing after the other.
    pub before: Vec<Step>,
    /// What is done, by thread.
    pub threads: Vec<Vec<Step>>,
}

impl Script {
    /// All the steps.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.before.iter().chain(self.threads.iter().flatten())
    }

    /// True if the client does so in this script.
    pub fn has(&self, deed: Deed, client: usize) -> bool {
        self.steps().any(|step| *step == Step { deed, client })
    }

    /// True if a thread makes the client do so.
    pub fn does_at_once(&self, deed: Deed, client: usize) -> bool {
        let step = Step { deed, client };
        self.threads.iter().any(|steps| steps.contains(&step))
    }

    /// True if it does anything in this script.
    pub fn acts(&self, client: usize) -> bool {
        self.steps().any(|step| step.client == client)
    }

    /// Those who have joined before anything is done.
    pub fn joined_before(&self) -> impl Iterator<Item = usize> {
        (0..self.clients).filter(|client| !self.has(Deed::Join, *client))
    }

    /// Those whom a thread makes speak.
    pub fn speakers(&self) -> impl Iterator<Item = usize> {
        (0..self.clients).filter(|client| self.does_at_once(Deed::Say, *client))
    }

    /// Who does what, thread by thread.
    pub fn in_words(&self) -> String {
        let in_words = |steps: &Vec<Step>| {
            let deeds = steps.chunk_by(|step, next| step.client == next.client);
            deeds.map(deeds_in_words).collect::<Vec<_>>().join(", ")
        };
        let before = match &self.before[..] {
            [] => String::new(),
            _ => text!("{deeds}; then ", deeds = in_words(&self.before)),
        };
        let threads: Vec<String> = self.threads.iter().map(in_words).collect();
        let deeds = before + &threads.join(text!("; meanwhile "));
        let room = match self.room {
            PLENTY => String::new(),
            room => text!("; room for {room}", room = number(room)),
        };
        let clients = counted(self.clients, "client");
        text!("{clients}: {deeds}{room}", clients, deeds, room)
    }

    /// Those that are larger by one client, by one of these deeds, or by room for one text if there is
    /// little. Clients that have not done anything yet are alike, and so are threads.
    pub fn larger(&self, deeds: &[Deed]) -> Vec<Self> {
        let mut all = Vec::new();
        let newcomer = self.clients;
        let larger = Script {
            clients: newcomer + 1,
            ..self.clone()
        };
        let join = Step {
            deed: Deed::Join,
            client: newcomer,
        };
        let known = (0..newcomer).filter(|client| self.acts(*client));
        let new = (0..newcomer).find(|client| !self.acts(*client));
        let clients: Vec<usize> = known.chain(new).collect();
        for thread in 0..=self.threads.len() {
            if deeds.contains(&Deed::Join) {
                all.push(larger.with(thread, join));
            }
            for &client in &clients {
                let steps = deeds.iter().map(|&deed| Step { deed, client });
                let steps = steps.filter(|step| self.allows(thread, *step));
                all.extend(steps.map(|step| self.with(thread, step)));
            }
        }
        all.push(larger);
        if self.room < MOST_ROOM {
            let room = self.room + 1;
            let clone = self.clone();
            all.push(Script { room, ..clone });
        }
        all
    }

    /// How many clients and steps there are.
    pub fn size(&self) -> usize {
        self.clients + self.steps().count()
    }

    /// One step more of a thread, or of another one.
    fn with(&self, thread: usize, step: Step) -> Self {
        let mut larger = self.clone();
        match larger.threads.get_mut(thread) {
            Some(steps) => steps.push(step),
            None => larger.threads.push(vec![step]),
        }
        larger.threads.sort_unstable();
        larger
    }

    /// True if the thread can do that next. A client is listened to by one thread, it is delivered to
    /// once, and a connection breaks once.
    fn allows(&self, thread: usize, step: Step) -> bool {
        let by_others = |does: fn(Deed) -> bool| {
            let others = self.threads.iter().enumerate();
            let mut others = others.filter(|(other, _)| *other != thread);
            others.any(|(_, steps)| {
                let mut steps = steps.iter();
                steps.any(|other| other.client == step.client && does(other.deed))
            })
        };
        match step.deed {
            Deed::Join => false,
            Deed::Say | Deed::Leave => {
                !by_others(|deed| matches!(deed, Deed::Join | Deed::Say | Deed::Leave))
            }
            Deed::Deliver => {
                !self.has(Deed::Deliver, step.client) && !by_others(|deed| deed == Deed::Join)
            }
            Deed::Stall | Deed::Break | Deed::ReadSlowly => {
                !self.has(step.deed, step.client) && !self.has(Deed::Break, step.client)
            }
        }
    }

    /// True if whoever is delivered to departs in the end, so that nothing of it may wait for ever.
    pub fn ends(&self) -> bool {
        let departs = |client| self.has(Deed::Leave, client) || self.has(Deed::Break, client);
        (0..self.clients).all(|client| !self.has(Deed::Deliver, client) || departs(client))
    }

    /// True if each client is listened to by one thread at most, and delivered to once at most.
    fn is_served_as_promised(&self) -> bool {
        (0..self.clients).all(|client| {
            let of = |step: &&Step| step.client == client;
            let listens = |steps: &&Vec<Step>| {
                let mut steps = steps.iter().filter(of);
                steps.any(|step| matches!(step.deed, Deed::Join | Deed::Say | Deed::Leave))
            };
            let delivers = |step: &&Step| step.deed == Deed::Deliver;
            self.threads.iter().filter(listens).count() <= 1
                && self.steps().filter(of).filter(delivers).count() <= 1
        })
    }

    /// Any session: some steps on the way from a small one.
    pub fn any() -> impl Strategy<Value = Self> {
        let first = Script {
            clients: 2,
            room: 2,
            before: Vec::new(),
            threads: vec![vec![Step {
                deed: Deed::Say,
                client: 0,
            }]],
        };
        let rooms = prop_oneof![3 => 0..=MOST_ROOM, 1 => Just(PLENTY)];
        (1..=12_usize, rooms, vec(any::<Index>(), 1..=10)).prop_map(
            move |(clients, room, steps)| {
                let first = Script {
                    clients,
                    room,
                    ..first.clone()
                };
                let grow =
                    |script: Script, step: Index| step.get(&script.larger(Deed::TIMELESS)).clone();
                steps.into_iter().fold(first, grow)
            },
        )
    }
}

/// What one client does: "client-1 joins, speaks twice and leaves".
fn deeds_in_words(steps: &[Step]) -> String {
    let alike = steps.chunk_by(|step, next| step == next);
    let deeds = alike.map(|alike| {
        let deed = match alike[0].deed {
            Deed::Join => text!("joins"),
            Deed::Say => text!("speaks"),
            Deed::Leave => text!("leaves"),
            Deed::Stall => text!("stops reading"),
            Deed::ReadSlowly => text!("reads slowly"),
            Deed::Break => text!("loses its connection"),
            Deed::Deliver => text!("is written to"),
        };
        match alike.len() {
            1 => deed.to_owned(),
            2 => text!("{deed} twice", deed),
            times => text!("{deed} {times} times", deed, times = number(times)),
        }
    });
    let deeds: Vec<String> = deeds.collect();
    format!("client-{} {}", steps[0].client + 1, list(&deeds))
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = |step: &Step| {
            let letter = step.deed.letter();
            format!("{letter}{}", step.client + 1)
        };
        let thread = |steps: &Vec<Step>| joined(steps.iter().map(step), ".");
        let threads = joined(self.threads.iter().map(thread), "+");
        let before = match &self.before[..] {
            [] => String::new(),
            _ => format!("{}=", thread(&self.before)),
        };
        write!(f, "{}/{before}{threads}", self.clients)?;
        write_room(f, self.room, PLENTY)
    }
}

impl FromStr for Script {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (text, room) = with_room(text, PLENTY)?;
            let (clients, threads) = text.split_once('/')?;
            let clients = clients.parse().ok().filter(|clients| *clients < 1_000)?;
            let step = |text: &str| {
                let mut letters = text.chars();
                let letter = letters.next()?;
                let deed = Deed::ALL.into_iter().find(|deed| deed.letter() == letter)?;
                let number: usize = letters.as_str().parse().ok()?;
                let client = number.checked_sub(1).filter(|client| *client < clients)?;
                Some(Step { deed, client })
            };
            let steps = |steps: &str| list_of(steps, '.', step);
            let (before, threads) = match threads.split_once('=') {
                Some((before, threads)) => (steps(before)?, threads),
                None => (Vec::new(), threads),
            };
            let threads = list_of(threads, '+', steps)?;
            let script = Script {
                clients,
                room,
                before,
                threads,
            };
            script.is_served_as_promised().then_some(script)
        };
        parse().ok_or_else(|| not_a_workload(text, text!("who does what"), "3/j3.s1+s2"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_script_survives_its_text_form(script in Script::any()) {
            prop_assert_eq!(script.to_string().parse(), Ok(script));
        }
    }

    #[test]
    fn a_script_is_told_thread_by_thread() {
        for (script, words) in [
            ("1/l1.l1.s1", "one client: client-1 leaves twice and speaks"),
            (
                "3/z2.s1.s1.s1.b2+d2",
                "three clients: client-2 stops reading, client-1 speaks three times, client-2 loses \
                 its connection; meanwhile client-2 is written to",
            ),
            (
                "2/s1.s1=s1+l2",
                "two clients: client-1 speaks twice; then client-1 speaks; meanwhile client-2 leaves",
            ),
        ] {
            let parsed = script.parse::<Script>().unwrap();
            assert_eq!(parsed.in_words(), words);
            assert_eq!(parsed.to_string(), script);
        }
    }

    #[test]
    fn what_is_no_script_is_refused_with_what_was_expected() {
        for text in [
            "",
            "3",
            "3/",
            "s1+s2",
            "2/s3",
            "2/s0",
            "2/x1",
            "2/s1..s2",
            "2/s",
            "1000/s1",
            "2/s1,room",
            "2/s1+l1",
            "2/d1+d1",
        ] {
            let error = text.parse::<Script>().unwrap_err();
            assert!(error.contains("such as `3/j3.s1+s2`"), "{text}: {error}");
        }
    }
}
