//! Workloads of `relay`: who joins, speaks, leaves and fails, and what of it happens at once.

use crate::curriculum::words::{counted, number};
use crate::curriculum::workload::{joined, list_of, not_a_workload};
use crate::timeline::list;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// What a thread makes a client do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// Joins the relay.
    Join,
    /// Says something.
    Say,
    /// Leaves the relay.
    Leave,
    /// Reads nothing any more: whoever writes to it has to wait.
    Stall,
    /// Its connection breaks: whoever writes to it, or waits to, is told so.
    Break,
    /// Has its texts written to it, until it is over with it: the relay's `deliver`.
    Deliver,
}

const DEEDS: [(Deed, char); 6] = [
    (Deed::Join, 'j'),
    (Deed::Say, 's'),
    (Deed::Leave, 'l'),
    (Deed::Stall, 'z'),
    (Deed::Break, 'b'),
    (Deed::Deliver, 'd'),
];

/// A deed of the client with that index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
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
/// **j**oin, **s**ay, **l**eave, **d**eliver, **b**reak, and **z** for falling asleep. Who does not
/// join has done so before; to those who neither speak nor are delivered to it is delivered in the
/// end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// How many clients there are, those included that only listen.
    pub clients: usize,
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

    /// True if a thread makes the client speak.
    pub fn speaks_at_once(&self, client: usize) -> bool {
        let deed = Deed::Say;
        self.threads
            .iter()
            .flatten()
            .any(|step| *step == Step { deed, client })
    }

    /// Who does what, thread by thread.
    pub fn in_words(&self) -> String {
        let in_words = |steps: &Vec<Step>| {
            let deeds = steps.chunk_by(|step, next| step.client == next.client);
            deeds.map(deeds_in_words).collect::<Vec<_>>().join(", ")
        };
        let before = match &self.before[..] {
            [] => String::new(),
            _ => format!("{}; then ", in_words(&self.before)),
        };
        let threads: Vec<String> = self.threads.iter().map(in_words).collect();
        let threads = threads.join("; meanwhile ");
        format!("{}: {before}{threads}", counted(self.clients, "client"))
    }

    /// Any session of up to three clients: who joins, speaks, leaves, falls asleep or is cut off,
    /// in any order, with or without somebody who delivers meanwhile.
    pub fn any() -> impl Strategy<Value = Self> {
        vec(
            (any::<bool>(), any::<bool>(), 0..3_usize, 0..7_usize),
            1..=3,
        )
        .prop_map(|clients| {
            let mut script = Script {
                clients: clients.len(),
                before: Vec::new(),
                threads: Vec::new(),
            };
            for (client, (joins, is_delivered, says, end)) in clients.into_iter().enumerate() {
                let step = |deed| Step { deed, client };
                let mut steps = Vec::from_iter(joins.then_some(step(Deed::Join)));
                steps.extend(vec![step(Deed::Say); says]);
                let fails = [Deed::Stall, Deed::Break];
                match end {
                    0 | 1 => steps.insert(usize::from(joins), step(fails[end])),
                    2 | 3 => steps.push(step(fails[end - 2])),
                    4 => steps.extend([Deed::Leave, Deed::Say].map(step)),
                    _ => {}
                }
                // Whoever delivers to it has to come to an end.
                steps.push(step(Deed::Leave));
                if end < 4 {
                    steps.push(step(Deed::Break));
                }
                if is_delivered && !joins {
                    script.threads.push(vec![step(Deed::Deliver)]);
                } else {
                    steps.push(step(Deed::Deliver));
                }
                script.threads.push(steps);
            }
            script
        })
    }
}

/// What one client does: "client-1 joins, speaks twice and leaves".
fn deeds_in_words(steps: &[Step]) -> String {
    let alike = steps.chunk_by(|step, next| step == next);
    let deeds = alike.map(|alike| {
        let deed = match alike[0].deed {
            Deed::Join => "joins",
            Deed::Say => "speaks",
            Deed::Leave => "leaves",
            Deed::Stall => "stops reading",
            Deed::Break => "loses its connection",
            Deed::Deliver => "is written to",
        };
        match alike.len() {
            1 => deed.to_owned(),
            2 => format!("{deed} twice"),
            times => format!("{deed} {} times", number(times)),
        }
    });
    let deeds: Vec<String> = deeds.collect();
    format!("client-{} {}", steps[0].client + 1, list(&deeds))
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = |step: &Step| {
            let letter = DEEDS.iter().find(|(deed, _)| *deed == step.deed);
            let (_, letter) = letter.expect("every deed has a letter");
            format!("{letter}{}", step.client + 1)
        };
        let thread = |steps: &Vec<Step>| joined(steps.iter().map(step), ".");
        let threads = joined(self.threads.iter().map(thread), "+");
        let before = match &self.before[..] {
            [] => String::new(),
            _ => format!("{}=", thread(&self.before)),
        };
        write!(f, "{}/{before}{threads}", self.clients)
    }
}

impl FromStr for Script {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let (clients, threads) = text.split_once('/')?;
            let clients = clients.parse().ok().filter(|clients| *clients <= 9)?;
            let step = |text: &str| {
                let mut letters = text.chars();
                let letter = letters.next()?;
                let (deed, _) = DEEDS.into_iter().find(|(_, name)| *name == letter)?;
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
            Some(Script {
                clients,
                before,
                threads,
            })
        };
        parse().ok_or_else(|| not_a_workload(text, "who does what", "3/j3.s1+s2"))
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
            "", "3", "3/", "s1+s2", "2/s3", "2/s0", "2/x1", "2/s1..s2", "2/s", "10/s1",
        ] {
            let error = text.parse::<Script>().unwrap_err();
            assert!(error.contains("such as `3/j3.s1+s2`"), "{text}: {error}");
        }
    }
}
