//! The kata `ping_pong`: two sides speak in turn, whoever comes first.

pub mod alternatives;
pub mod slips;
pub mod solution;
pub mod teams;

use super::Kata;
use crate::diagnosis::Label;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::sync;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use std::cell::Cell;
use std::sync::Arc;
use teams::Teams;

/// A game of two sides: ping speaks, pong speaks, ping speaks, and so on.
///
/// Every call is one turn. Any number of threads make calls, in any order, each of them as often
/// as it likes; nobody knows beforehand how many there will be.
pub trait PingPong: Send + Sync + 'static {
    /// A game in which nobody has spoken yet, and which no other game affects.
    fn new() -> Self;

    /// Waits until it is ping's turn, and calls `speak` then, exactly once and in this thread.
    ///
    /// It is ping's turn at the beginning, and whenever a pong has spoken and no ping has begun to
    /// since. A turn is over when `speak` has returned; no two turns overlap, and what was done in
    /// one is seen in those that follow.
    ///
    /// If calls wait for the same turn, one of them gets it, no matter which. Once it has spoken, a
    /// call returns: it waits for nobody to answer.
    fn ping(&self, speak: impl FnOnce());

    /// The same for pong, whose turn it is whenever a ping has spoken and no pong has begun to
    /// since.
    fn pong(&self, speak: impl FnOnce());
}

/// The kata.
pub const KATA: Kata = Kata {
    number: 2,
    name: "ping_pong",
    title: "Ping-pong",
    summary: "Two sides speak in turn, whoever comes first.",
    brief: include_str!("brief.md"),
    hints: [
        "Who comes too early has to wait, and somebody has to tell it that the wait is over. What \
         does it wait for, and who makes that true?",
        "Keep whose turn it is in a `Mutex`, and wait for it at a `Condvar`: the lock is given up \
         and the wait begun in one step, so that no notification falls between the two. Change the \
         turn with the lock held, then notify; and look again after every wake-up, since it says \
         only that something may have changed.",
        "`while *is_pongs_turn { ping_may_speak.wait(&mut is_pongs_turn) }`, then speak, set the \
         turn, and `pong_may_speak.notify_one()`, all under one guard. With one condvar for both \
         sides it takes `notify_all`: who is woken may be of the wrong side.",
    ],
    // The diagnosis answers what the first hint asks.
    hints_for: &[
        (Label::LostWakeUp, 1),
        (Label::NotRechecked, 1),
        (Label::NobodyNotifies, 1),
        (Label::CheckThenAct, 1),
        (Label::LostUpdate, 1),
        (Label::NotExclusive, 1),
        (Label::UnfairSpin, 1),
        (Label::SpinsForEver, 1),
        (Label::WaitsHoldingLock, 1),
        (Label::WrongWaiter, 2),
        (Label::SeenTooLate, 1),
        (Label::SleepsHoldingLock, 1),
        (Label::RefusalIgnored, 0),
        (Label::QueueNeverEnds, 0),
        (Label::QueueStaysFull, 0),
        (Label::Livelock, 0),
    ],
    hint_otherwise: Some(0),
    stub: "02_ping_pong.rs",
    original: include_str!("stub.rs"),
    solution: checks::<solution::Table>,
    alternatives: alternatives::ALL,
    slips: slips::ALL,
};

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        Check::new(
            "one_thread_plays_both",
            "A thread that calls ping and pong in turn never waits, and no game affects another.",
            Teams::any(),
            ["1/1", "2/2"].map(Teams::of),
            ["1/1", "2/2"].map(Teams::of),
            move |teams| one_thread_plays_both(make, teams),
        ),
        Check::new(
            "turns_alternate",
            "Whoever comes first, ping begins, the turns alternate, and everybody gets one.",
            Teams::any(),
            ["1/1", "1+1/1", "2/2", "2/1+1", "1+1/2"].map(Teams::of),
            ["1/1", "1+1/1"].map(Teams::of),
            move |teams| turns_alternate(make, teams),
        ),
    ]
}

/// A side of the game.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Ping,
    Pong,
}

impl Side {
    const BOTH: [Side; 2] = [Side::Ping, Side::Pong];

    fn name(self) -> &'static str {
        match self {
            Side::Ping => "ping",
            Side::Pong => "pong",
        }
    }

    /// Who speaks when so many turns are over.
    fn after(turns: u64) -> Self {
        Side::BOTH[usize::from(turns % 2 == 1)]
    }
}

/// A game, and the score that its players keep.
struct Match {
    game: Arc<dyn AnyPingPong>,
    /// How many turns are over.
    turns: AtomicU64,
}

impl Match {
    fn new(make: Make) -> Self {
        Match {
            game: make(),
            turns: AtomicU64::new(0),
        }
    }

    /// A call, which must have spoken when it returns.
    fn play(&self, side: Side) {
        let has_spoken = Cell::new(false);
        let speak = || {
            self.speak(side);
            has_spoken.set(true);
        };
        match side {
            Side::Ping => self.game.ping(&speak),
            Side::Pong => self.game.pong(&speak),
        }
        let name = side.name();
        assert!(has_spoken.get(), "`{name}` has returned and has not spoken");
    }

    /// Speaks in two steps, so that the explorer can let others come in between.
    fn speak(&self, side: Side) {
        // Relaxed, here and below: that turns are seen in the next ones is the game's promise.
        let turns = self.turns.load(Relaxed);
        let (turn, name) = (Side::after(turns).name(), side.name());
        assert!(
            turn == side.name(),
            "{name} speaks, but it is {turn}'s turn: {} over",
            counted(turns)
        );
        let found = self.turns.swap(turns + 1, Relaxed);
        assert!(
            found == turns,
            "while {name} was speaking, somebody else spoke: {} over now",
            counted(found)
        );
    }
}

/// The operations of a turn that are the check's own.
const OWN_OPERATIONS: usize = 2;

fn one_thread_plays_both(make: Make, teams: &Teams) -> Scenario {
    let matches = [Match::new(make), Match::new(make)];
    let rounds = teams.pongs.total();
    Scenario::new().thread("player", move || {
        for _ in 0..rounds {
            for side in Side::BOTH {
                for game in &matches {
                    let before = sync::operations();
                    game.play(side);
                    assert!(
                        before.is_none_or(|before| {
                            sync::operations() > Some(before + OWN_OPERATIONS)
                        }),
                        "`{}` did nothing that can be explored: it needs the types of \
                         `kata::sync`, not those of `std::sync`",
                        side.name()
                    );
                }
            }
        }
    })
}

fn turns_alternate(make: Make, teams: &Teams) -> Scenario {
    let game = Arc::new(Match::new(make));
    let mut scenario = Scenario::new();
    for (side, team) in Side::BOTH.into_iter().zip([&teams.pings, &teams.pongs]) {
        for (name, turns) in team.threads(side.name()) {
            let game = Arc::clone(&game);
            scenario = scenario.thread(name, move || {
                (0..turns).for_each(|_| game.play(side));
            });
        }
    }
    scenario
}

fn counted(turns: u64) -> String {
    match turns {
        1 => "1 turn is".to_owned(),
        n => format!("{n} turns are"),
    }
}

/// What every game promises, from the simplest to the most demanding.
pub fn checks<G: PingPong>() -> Vec<Check> {
    checks_of(make::<G>)
}

/// Makes a game.
type Make = fn() -> Arc<dyn AnyPingPong>;

fn make<G: PingPong>() -> Arc<dyn AnyPingPong> {
    Arc::new(G::new())
}

/// A game of whatever type: so the checks are compiled once for all of them.
trait AnyPingPong: Send + Sync {
    fn ping(&self, speak: &dyn Fn());
    fn pong(&self, speak: &dyn Fn());
}

impl<G: PingPong> AnyPingPong for G {
    fn ping(&self, speak: &dyn Fn()) {
        PingPong::ping(self, speak);
    }

    fn pong(&self, speak: &dyn Fn()) {
        PingPong::pong(self, speak);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{BackEnd, Verdict};
    use crate::sync::BACK_ENDS;

    /// Too large for the list: there are right solutions for which it would take too long.
    #[test]
    fn the_solution_holds_with_more_players_than_the_check_lists() {
        let larger = match BACK_ENDS.contains(&BackEnd::Modelled) {
            true => vec!["1+1/1+1"],
            false => vec!["1+1/1+1", "1+1+1/1+1"],
        };
        let larger = || larger.iter().map(|text| Teams::of(text));
        let scenario = |teams: &Teams| turns_alternate(make::<solution::Table>, teams);
        let promise = "The turns alternate.";
        let check = Check::new(
            "larger",
            promise,
            Teams::any(),
            larger(),
            larger(),
            scenario,
        );
        for &back_end in BACK_ENDS {
            let verdict = sync::explore(&check, back_end);
            let is_all = matches!(verdict, Verdict::Verified { .. });
            assert!(is_all || back_end == BackEnd::Generated, "{verdict:?}");
        }
    }
}
