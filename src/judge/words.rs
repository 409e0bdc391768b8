//! Sessions as parameters of checks: which calls of a grammar each thread makes.

use crate::text;
use proptest::collection::vec;
use proptest::strategy::Strategy;
use std::fmt;
use std::str::FromStr;

/// The calls of each thread, by their places in a [`Grammar`](super::Grammar), from 0.
///
/// Threads are all alike, so that of those that differ only in which thread is which one stands for
/// all: longer threads come first, and those of one length in the order of their calls.
///
/// `1.2+2` is one thread that makes the first and then the second call of the grammar, and another one
/// that makes the second.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Words(pub(super) Vec<Vec<usize>>);

impl Words {
    /// One thread that makes this call.
    pub fn one(call: usize) -> Self {
        Words(vec![vec![call]])
    }

    /// The sessions with one more call, of a grammar with so many: at the end of a thread, or in
    /// another thread.
    pub fn larger(&self, calls: usize) -> Vec<Self> {
        let mut all = Vec::new();
        for call in 0..calls {
            for thread in 0..self.0.len() {
                let mut threads = self.0.clone();
                threads[thread].push(call);
                all.push(Words::of(threads));
            }
            let another = [&self.0[..], &[vec![call]]].concat();
            all.push(Words::of(another));
        }
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Any session of up to so many threads, with up to so many calls each, of a grammar with so many;
    /// shrinks towards few.
    pub fn any(threads: usize, length: usize, calls: usize) -> impl Strategy<Value = Self> {
        vec(vec(0..calls, 1..=length), 1..=threads).prop_map(Words::of)
    }

    /// The one that stands for these.
    fn of(mut threads: Vec<Vec<usize>>) -> Self {
        threads.sort_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        Words(threads)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thread = |calls: &Vec<usize>| {
            let places: Vec<String> = calls.iter().map(|call| (call + 1).to_string()).collect();
            places.join(".")
        };
        let threads: Vec<String> = self.0.iter().map(thread).collect();
        f.write_str(&threads.join("+"))
    }
}

impl FromStr for Words {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let call = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
        let thread = |text: &str| text.split('.').map(call).collect::<Option<Vec<usize>>>();
        let threads: Option<Vec<_>> = text.split('+').map(thread).collect();
        threads.map(Words).ok_or_else(|| {
            text!(
                "`{text}` is no session; expected the calls of each thread, such as `1.2+2`",
                text
            )
        })
    }
}
