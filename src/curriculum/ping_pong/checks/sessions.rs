//! Sessions of a game: threads that call ping and pong, in any order.

use super::{Match, Side};
use crate::curriculum::ping_pong::contract::PingPong;
use crate::explore::check::Check;
use crate::judge::{Grammar, Model};
use crate::text;
use crate::told_later;
use std::fmt;

/// A turn of a side.
#[derive(Clone, Copy)]
struct Call(Side);

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

/// What a turn answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Over;

impl fmt::Debug for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(text!("done"))
    }
}

/// Whoever calls what, those wait whose turn it is not, and no others.
pub(super) fn check<G: PingPong>() -> Check {
    let turns = Model::new(0, |turns: &mut u64, Call(side): &Call| {
        let is_next = Side::after(*turns) == *side;
        *turns += 1;
        is_next.then_some(Over)
    });
    let [ping, pong] = Side::BOTH.map(Call);
    let mut check = Grammar::new().call(ping).call(pong).check(
        "only_who_is_not_next_waits",
        told_later!("Any thread can call either side at any time; a call waits for its turn, and for nothing else."),
        turns,
        Match::<G>::new,
        |game, Call(side)| {
            game.play(side);
            Over
        },
    );
    // loom knows of no reason to wait.
    check.loom = check.exhaustive[..1].to_vec();
    check
}
