//! Programs at random, of the phrases of a family.

use super::program::{Code, Program};
use super::shrink::Shrinking;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// What a phrase can be made of.
#[derive(Clone, Debug)]
pub(super) struct Draw {
    /// One of two objects, mostly the first.
    pub(super) a: usize,
    /// One of two objects.
    pub(super) b: usize,
    /// A small value.
    pub(super) v: u8,
    /// The number of a thread or of a child.
    pub(super) n: usize,
    /// A channel, the same for the whole program.
    pub(super) k: usize,
    pub(super) child: Code,
}

/// A few operations that belong together.
pub(super) type Phrase = fn(Draw) -> Code;

/// The kinds of phrases of a family, with channels of these numbers.
pub(super) struct Family {
    pub(super) phrases: Vec<Phrase>,
    pub(super) channels: &'static [usize],
}

impl Family {
    pub(super) fn programs(self) -> Shrinking {
        let Family { phrases, channels } = self;
        let most = phrases.len().min(5);
        let kinds = (
            subsequence(phrases, 2..=most),
            select(channels),
            select(DEPTHS),
        );
        let programs = kinds.prop_flat_map(|(kinds, channel, depth)| {
            let one = code(kinds.clone(), channel, 1..=1, depth);
            let few = code(kinds.clone(), channel, 1..=2, depth);
            let more = code(kinds, channel, 1..=4, depth);
            prop_oneof![
                2 => prop::collection::vec(more, 2..=2),
                3 => prop::collection::vec(few, 2..=3),
                1 => prop::collection::vec(one, 3..=4),
            ]
        });
        Shrinking(programs.prop_map(Program).boxed())
    }
}

/// How deep spawns go.
const DEPTHS: &[usize] = &[1, 1, 2];

type Length = std::ops::RangeInclusive<usize>;

/// Code of some phrases, in which spawns go so deep.
fn code(kinds: Vec<Phrase>, k: usize, length: Length, depth: usize) -> BoxedStrategy<Code> {
    let child = match depth {
        0 => Just(Code::new()).boxed(),
        _ => code(kinds.clone(), k, 1..=1, depth - 1),
    };
    let a = prop_oneof![3 => Just(0_usize), 1 => Just(1)];
    let n = prop_oneof![3 => Just(0_usize), 2 => Just(1), 1 => Just(2)];
    let numbers = (a, 0..=1_usize, 0..=2_u8, n, child);
    #[rustfmt::skip]
    let draw = numbers.prop_map(move |(a, b, v, n, child)| Draw { a, b, v, n, k, child });
    let phrase = (select(kinds), draw).prop_map(|(phrase, draw)| phrase(draw));
    let phrases = prop::collection::vec(phrase, length);
    phrases
        .prop_map(|phrases| within_bounds(phrases.concat()))
        .boxed()
}

/// The engine lets only so many timers of a thread go off early.
const MOST_TIMED: usize = 2;

fn within_bounds(mut code: Code) -> Code {
    let mut timed = 0;
    code.retain(|op| {
        timed += usize::from(op.is_timed());
        !(op.is_timed() && timed > MOST_TIMED)
    });
    code
}
