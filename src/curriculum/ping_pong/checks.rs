//! The checks of `ping_pong`, from the simplest to the most demanding.

mod sessions;
mod teams;

use super::contract::PingPong;
use crate::curriculum::seen::{Operations, called, called_back};
use crate::curriculum::signs::{await_signs, signal};
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicU64;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::channel;
use crate::text;
use crate::told_later;
use std::cell::Cell;
use std::sync::Arc;
use teams::Teams;

/// What every game promises, from the simplest to the most demanding.
pub fn checks<G: PingPong>() -> Vec<Check> {
    vec![
        Check::told(
            "one_thread_plays_both",
            told_later!("A thread that calls ping and pong in turn never waits, and no game affects another."),
            Teams::rounds_in_words,
            Teams::any(),
            listed(&["1/1", "2/2"]),
            listed(&["1/1", "2/2"]),
            one_thread_plays_both::<G>,
        )
        .growing(Teams::one_more_round),
        Check::told(
            "turns_alternate",
            told_later!("Whoever comes first, ping begins, the turns alternate, and everybody gets one."),
            Teams::in_words,
            Teams::any(),
            listed(&["1/1", "1+1/1", "2/2", "2/1+1", "1+1/2"]),
            listed(&["1/1", "1+1/1"]),
            turns_alternate::<G>,
        )
        .growing(Teams::larger)
        .with_long_runs(["33000/33000"]),
        Check::told(
            "who_has_spoken_waits_for_nobody",
            told_later!("A call returns once it has spoken, even if the other side takes its time to answer."),
            Teams::in_words,
            Teams::any(),
            listed(&["1/1", "1+1/1"]),
            // With two players it is too large for loom.
            listed(&["1/0"]),
            who_has_spoken_waits_for_nobody::<G>,
        )
        .growing(Teams::larger),
        sessions::check::<G>(),
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
struct Match<G> {
    game: G,
    /// How many turns are over.
    turns: AtomicU64,
}

impl<G: PingPong> Match<G> {
    fn new() -> Self {
        Match {
            game: G::new(),
            turns: AtomicU64::new(0),
        }
    }

    /// A call, which must have spoken when it returns.
    fn play(&self, side: Side) {
        self.play_when(side, || ());
    }

    /// The same; before it speaks, it waits for something.
    fn play_when(&self, side: Side, wait: impl FnOnce()) {
        let has_spoken = Cell::new(false);
        let speak = || {
            called_back(|| {
                wait();
                self.speak(side);
                has_spoken.set(true);
            });
        };
        match side {
            Side::Ping => called("ping", || self.game.ping(speak)),
            Side::Pong => called("pong", || self.game.pong(speak)),
        }
        let name = side.name();
        assert!(
            has_spoken.get(),
            "{}",
            text!("`{name}` has returned and has not spoken", name)
        );
    }

    /// Speaks in two steps, so that the explorer can let others come in between.
    fn speak(&self, side: Side) {
        // Relaxed, here and below: that turns are seen in the next ones is the game's promise.
        let turns = self.turns.load(Relaxed);
        let (turn, name) = (Side::after(turns).name(), side.name());
        assert!(
            turn == side.name(),
            "{}",
            text!(
                "{name} speaks, but it is {turn}'s turn: {turns}",
                name,
                turn,
                turns = over(turns)
            )
        );
        let found = self.turns.swap(turns + 1, Relaxed);
        assert!(
            found == turns,
            "{}",
            text!(
                "while {name} was speaking, somebody else spoke: {turns}",
                name,
                turns = over(found)
            )
        );
    }
}

/// The operations of a turn that are the check's own.
const OWN_OPERATIONS: usize = 2;

fn one_thread_plays_both<G: PingPong>(teams: &Teams) -> Scenario {
    let matches = [Match::<G>::new(), Match::new()];
    let rounds = teams.pongs.total();
    Scenario::new().thread("player", move || {
        for _ in 0..rounds {
            for side in Side::BOTH {
                for game in &matches {
                    let before = Operations::now();
                    game.play(side);
                    before.must_be_followed_by_more_than(OWN_OPERATIONS, side.name());
                }
            }
        }
    })
}

fn turns_alternate<G: PingPong>(teams: &Teams) -> Scenario {
    let game = Arc::new(Match::<G>::new());
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

/// Each speaks only once the call before has returned.
fn who_has_spoken_waits_for_nobody<G: PingPong>(teams: &Teams) -> Scenario {
    let game = Arc::new(Match::<G>::new());
    let (returned, returns) = channel::unbounded();
    // Before the first turn there is nobody to wait for.
    signal(&returned);
    let mut scenario = Scenario::new();
    for (side, team) in Side::BOTH.into_iter().zip([&teams.pings, &teams.pongs]) {
        for (name, turns) in team.threads(side.name()) {
            let (game, returned, returns) = (Arc::clone(&game), returned.clone(), returns.clone());
            scenario = scenario.thread(name, move || {
                for _ in 0..turns {
                    game.play_when(side, || await_signs(&returns, 1));
                    signal(&returned);
                }
            });
        }
    }
    scenario
}

fn over(turns: u64) -> String {
    match turns {
        1 => text!("1 turn is over").to_owned(),
        number => text!("{number} turns are over", number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::ping_pong::solution::Table;
    use crate::explore::{BackEnd, Verdict};
    use crate::harness;
    use crate::sync::{self, BACK_ENDS};

    /// Too large for the list: there are right solutions for which it would take too long.
    #[test]
    fn the_solution_holds_with_more_players_than_the_check_lists() {
        let larger = if BACK_ENDS.contains(&BackEnd::Loom) {
            vec!["1+1/1+1"]
        } else {
            vec!["1+1/1+1", "1+1+1/1+1"]
        };
        let larger = || listed::<Teams>(&larger);
        let promise = "The turns alternate.";
        let check = Check::new(
            "larger",
            promise,
            Teams::any(),
            larger(),
            larger(),
            turns_alternate::<Table>,
        );
        for &back_end in BACK_ENDS {
            let verdict = sync::explore(&check, back_end, &harness::options());
            let is_all = match back_end {
                BackEnd::Generated => true,
                BackEnd::Exhaustive => matches!(verdict, Verdict::Verified { .. }),
                // Too large for it, too.
                BackEnd::Loom => matches!(verdict, Verdict::Bounded { .. }),
            };
            assert!(is_all, "{verdict:?}");
        }
    }
}
