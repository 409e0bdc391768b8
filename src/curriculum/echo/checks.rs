//! The checks of `echo`, from the simplest to the most demanding.

mod clients;
mod line;

use super::contract::EchoServer;
use crate::curriculum::seen::called;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::{text, told_later};
use clients::{Clients, End};
use line::{Entry, Line, Returned};
use proptest::prop_oneof;
use proptest::strategy::Strategy;
use std::sync::Arc;

/// Makes a server.
type Make = fn() -> Arc<dyn EchoServer>;

/// What every echo server promises, from the simplest to the most demanding.
pub fn checks<E: EchoServer>() -> Vec<Check> {
    checks_of(|| Arc::new(E::new()))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        Check::told(
            "answers_each_text",
            told_later!("Each text is answered, exactly `exit` with `FIN`, and then the connection is closed."),
            Clients::in_words,
            any_alone(),
            listed(&["1e", "3e"]),
            listed(&["1e"]),
            move |clients| all_get_their_due(make, clients),
        )
        .growing(Clients::who_say_more),
        Check::told(
            "who_leaves_is_closed",
            told_later!("Whoever leaves without a word is told nothing more, and the connection is closed."),
            Clients::in_words,
            Clients::any(1..=1, 0..=2, &[End::Leaves]),
            listed(&["0l", "1l"]),
            listed(&["0l"]),
            move |clients| all_get_their_due(make, clients),
        )
        .growing(Clients::who_say_more),
        Check::told(
            "each_hears_its_own_texts",
            told_later!("Each of several clients is told what answers its own texts, in order."),
            Clients::in_words,
            Clients::any(2..=3, 0..=2, &[End::Exits, End::Leaves]),
            listed(&["0e+0e", "1l+0e"]),
            listed(&["0l+0e"]),
            move |clients| all_get_their_due(make, clients),
        )
        .growing(Clients::larger),
        Check::told(
            "the_end_of_one_concerns_nobody_else",
            told_later!("Whoever leaves, breaks or does not even come in, the others are served."),
            Clients::in_words,
            Clients::any(1..=3, 0..=1, &[End::Leaves, End::Breaks, End::IsGone, End::Exits]),
            listed(&["0g+1b", "0b+0e", "0l+1l"]),
            listed(&["0g+1b"]),
            move |clients| all_get_their_due(make, clients),
        )
        .growing(Clients::larger),
        Check::told(
            "nobody_waits_for_a_client",
            told_later!("While one client says nothing, or does not read, the others are served."),
            Clients::in_words,
            Clients::any(2..=3, 0..=1, &[End::Stays, End::StaysDeaf, End::Exits]),
            listed(&["1s+0e", "1d+0e"]),
            listed(&["0s+0e"]),
            move |clients| all_get_their_due(make, clients),
        )
        .growing(Clients::larger),
        Check::told(
            "stops_at_any_time",
            told_later!("Whenever it is stopped, nobody comes in any more, all are closed, and `serve` returns."),
            |clients| text!("{clients}; stopped meanwhile", clients = clients.in_words()),
            Clients::any(1..=2, 0..=1, &[End::Stays, End::StaysDeaf, End::Exits]),
            listed(&["0s", "0e", "1d", "0s+0s"]),
            listed(&["0s"]),
            move |clients| stops_meanwhile(make, clients, 1),
        )
        .growing(Clients::larger),
        Check::told(
            "can_be_stopped_twice",
            told_later!("Two threads may stop it: that is as if one had."),
            |clients| text!("{clients}; stopped by two meanwhile", clients = clients.in_words()),
            Clients::any(1..=1, 0..=1, &[End::Stays, End::Exits]),
            listed(&["0s"]),
            listed(&["0s"]),
            move |clients| stops_meanwhile(make, clients, 2),
        )
        .growing(Clients::larger),
    ]
}

/// One client who exits; now and then one who says a great deal.
fn any_alone() -> impl Strategy<Value = Clients> {
    const ENDS: &[End] = &[End::Exits];
    prop_oneof![
        30 => Clients::any(1..=1, 0..=9, ENDS),
        1 => Clients::any(1..=1, 200..=200, ENDS),
    ]
}

/// A server, those who come to it, and where they come in.
struct Stage {
    server: Arc<dyn EchoServer>,
    entry: Arc<Entry>,
    lines: Vec<Arc<Line>>,
    returned: Arc<Returned>,
}

impl Stage {
    fn new(make: Make, clients: &Clients) -> Arc<Self> {
        let returned = Arc::default();
        let numbered = clients.0.iter().enumerate();
        let lines: Vec<Arc<Line>> = numbered
            .map(|(number, client)| Arc::new(Line::new(number, *client, &returned)))
            .collect();
        Arc::new(Stage {
            server: make(),
            entry: Arc::new(Entry::new(lines.iter().map(Arc::clone))),
            lines,
            returned,
        })
    }

    /// A scenario in which the server serves.
    fn scenario(self: &Arc<Self>) -> Scenario {
        let (stage, kept) = (Arc::clone(self), Arc::clone(self));
        let scenario = Scenario::new().thread("server", move || {
            let listener: Arc<Entry> = Arc::clone(&stage.entry);
            called("serve", || stage.server.serve(listener));
            stage.returned.serve();
            stage.entry.must_be_closed();
            stage.lines.iter().for_each(|line| line.must_be_over());
        });
        // Dropped when all have ended, it is dropped by none of them.
        scenario.finally(move || drop(kept))
    }

    fn stop(&self) {
        called("stop", || self.server.stop());
        self.returned.stop();
    }
}

/// The server is stopped when all have got what is due to them; those who stay are inside then.
fn all_get_their_due(make: Make, clients: &Clients) -> Scenario {
    let stage = Stage::new(make, clients);
    stage.scenario().thread("stopper", move || {
        stage.lines.iter().for_each(|line| line.awaits_its_due());
        stage.stop();
    })
}

/// The server is stopped meanwhile, by so many threads.
fn stops_meanwhile(make: Make, clients: &Clients, stoppers: usize) -> Scenario {
    let stage = Stage::new(make, clients);
    let mut scenario = stage.scenario();
    for number in 1..=stoppers {
        let stage = Arc::clone(&stage);
        scenario = scenario.thread(format!("stopper-{number}"), move || stage.stop());
    }
    scenario
}
