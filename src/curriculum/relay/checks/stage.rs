//! Plays scripts on a relay, and notes what every client did and heard.

use super::notes::{Bounds, Journal, Notes};
use super::script::{Deed, Script, Step};
use crate::curriculum::relay::contract::{Broken, Relay, Text, Wire};
use crate::curriculum::seen::must_be_seen;
use crate::explore::scenario::Scenario;
use crate::sync::time::Duration;
use crate::sync::{self, Condvar, Mutex};
use std::sync::Arc;

/// Makes a relay of this capacity, with this patience.
pub(super) type Make = fn(usize, Duration) -> Arc<dyn Relay>;

/// A script that is being played.
struct Stage {
    relay: Arc<dyn Relay>,
    wires: Vec<Arc<Line>>,
    journal: Arc<Journal>,
}

/// A scenario of this script, and what has to be true of the notes once it is over.
pub(super) fn play(make: Make, script: &Script, bounds: Bounds, judge: fn(&[Notes])) -> Scenario {
    let journal = Arc::new(Journal::new(script, bounds));
    staged(make, script, &journal, judge)
}

/// The same; besides, it must be possible that nobody waits for twice as long as patience.
///
/// That is no promise of every execution: the clock also moves when timers go off early.
pub(super) fn play_timed(
    make: Make,
    script: &Script,
    bounds: Bounds,
    judge: fn(&[Notes]),
) -> Scenario {
    let journal = Arc::new(Journal::new(script, bounds));
    let scenario = staged(make, script, &journal, judge);
    scenario.sometimes("nobody waits for twice as long as patience", move || {
        let notes = journal.notes();
        let mut said = notes.iter().flat_map(|notes| &notes.said);
        said.all(|said| said.lasted() < 2 * bounds.patience)
    })
}

fn staged(make: Make, script: &Script, journal: &Arc<Journal>, judge: fn(&[Notes])) -> Scenario {
    let Bounds { capacity, patience } = journal.bounds;
    let stage = Arc::new(Stage::new(make(capacity, patience), script, journal));
    for client in 0..script.clients {
        if !script.has(Deed::Join, client) {
            stage.join(client);
        }
    }
    stage.act(&script.before);
    let mut scenario = Scenario::new();
    for steps in &script.threads {
        let (stage, steps) = (Arc::clone(&stage), steps.clone());
        scenario = scenario.thread(name_of(&steps), move || stage.act(&steps));
    }
    scenario.finally(move || judge(&stage.finish()))
}

/// What a thread is called: by the client that speaks in it, if one does.
fn name_of(steps: &[Step]) -> String {
    let speaks = |step: &&Step| step.deed == Deed::Say;
    match steps.iter().find(speaks).or(steps.first()) {
        Some(step) if step.deed == Deed::Deliver => format!("writer-{}", step.client + 1),
        Some(step) => format!("client-{}", step.client + 1),
        None => "nobody".to_owned(),
    }
}

impl Stage {
    fn new(relay: Arc<dyn Relay>, script: &Script, journal: &Arc<Journal>) -> Self {
        let wire = |client| Arc::new(Line::new(client, journal));
        Stage {
            relay,
            wires: (0..script.clients).map(wire).collect(),
            journal: Arc::clone(journal),
        }
    }

    fn act(&self, steps: &[Step]) {
        for &Step { deed, client } in steps {
            match deed {
                Deed::Join => self.join(client),
                Deed::Say => self.say(client),
                Deed::Leave => self.leave(client),
                Deed::Stall => self.wires[client].stall(),
                Deed::Break => self.wires[client].end(),
                Deed::Deliver => self.deliver(client),
            }
        }
    }

    fn join(&self, client: usize) {
        let span = self.journal.begin();
        let wire: Arc<Line> = Arc::clone(&self.wires[client]);
        let name = must_be_seen("join", || self.relay.join(wire));
        self.journal.note(|done, notes| {
            let mut names = notes.iter().filter_map(|notes| notes.joined);
            let is_new = names.all(|(other, _)| other != name);
            assert!(is_new, "`join` has given the name {name} before");
            notes[client].joined = Some((name, span.until(done)));
        });
    }

    fn say(&self, client: usize) {
        let span = self.journal.begin();
        let (name, number) = self.journal.look(|notes| {
            let notes = &notes[client];
            (notes.joined, notes.said.len() + 1)
        });
        if let Some((name, _)) = name {
            must_be_seen("say", || self.relay.say(name, &number.to_string()));
            let note = |done, notes: &mut Vec<Notes>| notes[client].said.push(span.until(done));
            self.journal.note(note);
        }
    }

    fn leave(&self, client: usize) {
        let span = self.journal.begin();
        if let Some((name, _)) = self.journal.look(|notes| notes[client].joined) {
            self.relay.leave(name);
            self.journal.note(|done, notes| {
                notes[client].left.get_or_insert(span.until(done));
            });
        }
    }

    fn deliver(&self, client: usize) {
        let name = self.journal.note(|_, notes| notes[client].joined);
        if let Some((name, _)) = name {
            let departure = self.relay.deliver(name);
            self.journal
                .note(|done, notes| notes[client].departure = Some((departure, done)));
        }
    }

    /// Lets those leave to whom nobody has delivered yet, delivers to them, and gives the notes.
    fn finish(&self) -> Vec<Notes> {
        for (client, notes) in self.journal.notes().into_iter().enumerate() {
            if notes.listens && notes.departure.is_none() {
                if notes.left.is_none() {
                    self.leave(client);
                }
                self.deliver(client);
            }
        }
        self.journal.notes()
    }
}

/// The wire of a client that may stall or break.
struct Line {
    client: usize,
    journal: Arc<Journal>,
    wire: Mutex<WireState>,
    changed: Condvar,
}

#[derive(Default)]
struct WireState {
    is_stalled: bool,
    is_broken: bool,
}

impl Line {
    fn new(client: usize, journal: &Arc<Journal>) -> Self {
        Line {
            client,
            journal: Arc::clone(journal),
            wire: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    fn stall(&self) {
        self.wire.lock().is_stalled = true;
    }

    fn end(&self) {
        self.wire.lock().is_broken = true;
        self.changed.notify_all();
    }
}

impl Wire for Line {
    fn write(&self, texts: &[Text]) -> Result<(), Broken> {
        self.journal.writes(self.client);
        let mut wire = self.wire.lock();
        while wire.is_stalled && !wire.is_broken {
            sync::on_purpose(|| self.changed.wait(&mut wire));
        }
        if wire.is_broken {
            self.journal.note(|now, notes| {
                notes[self.client].failed.get_or_insert(now);
            });
            return Err(Broken);
        }
        texts
            .iter()
            .for_each(|text| self.journal.heard(self.client, text));
        Ok(())
    }

    fn cut(&self) {
        self.journal.cut(self.client);
        self.end();
    }
}
