//! Plays scripts on a relay, and has all that happens judged.

use super::script::{Deed, Script, Step};
use super::specification::{Answer, Call, Promise};
use super::watch::Watch;
use crate::curriculum::relay::contract::{Broken, Departure, Name, Relay, Text, WELCOME, Wire};
use crate::curriculum::seen::{called, called_back, must_be_seen};
use crate::explore::scenario::Scenario;
use crate::judge::Recorder;
use crate::sync::time::Duration;
use crate::sync::{self, Condvar, Mutex};
use crate::{text, told_later};
use std::sync::{Arc, OnceLock};

/// Makes a relay of this capacity, with this patience.
pub(super) type Make = fn(usize, Duration) -> Arc<dyn Relay>;

/// What a client says next, that has said so many texts.
pub(super) type Next = Arc<dyn Fn(usize) -> String + Send + Sync>;

/// How long patience lasts where it can end.
pub(super) const PATIENCE: Duration = Duration::from_secs(1);

/// How long it takes to write to a client that reads slowly: less than patience lasts, and a few of
/// them do not end when patience does.
const A_SLOW_WRITE: Duration = Duration::from_millis(618);

/// A script that is being played.
struct Stage {
    relay: Arc<dyn Relay>,
    records: Records,
    lines: Vec<Arc<Line>>,
    next: Next,
    watch: Arc<Watch>,
}

/// Records calls, once the setup is over.
#[derive(Clone, Default)]
struct Records(Arc<OnceLock<Recorder<Promise>>>);

impl Records {
    fn call(&self, call: Call, perform: impl FnOnce() -> Answer) {
        match self.0.get() {
            Some(recorder) => _ = recorder.call(call, perform),
            None => _ = perform(),
        }
    }
}

/// A scenario of this script, in which clients say "1", "2" and so on, and nobody is ever dropped.
pub(super) fn play(make: Make, script: &Script) -> Scenario {
    play_with(make, script, numbers())
}

/// What clients say if it does not matter.
fn numbers() -> Next {
    Arc::new(|said| (said + 1).to_string())
}

/// The same with other texts.
pub(super) fn play_with(make: Make, script: &Script, next: Next) -> Scenario {
    staged(
        make,
        script,
        next,
        &Arc::new(Watch::new(Duration::MAX, script)),
    )
}

/// A scenario of this script, in which only `deliver` may write.
pub(super) fn play_minding_who_writes(make: Make, script: &Script) -> Scenario {
    let watch = Watch::new(Duration::MAX, script).minding_who_writes();
    staged(make, script, numbers(), &Arc::new(watch))
}

/// A scenario of this script, in which patience can come to an end. It must be possible that nobody
/// waits for twice as long.
///
/// That is no promise of every execution: the clock also moves when timers go off early.
pub(super) fn play_timed(make: Make, script: &Script) -> Scenario {
    let watch = Arc::new(Watch::new(PATIENCE, script));
    staged(make, script, numbers(), &watch).sometimes(
        told_later!("nobody waits for twice as long as patience"),
        move || watch.longest() < 2 * PATIENCE,
    )
}

/// A scenario of this script, in which all that is looked at is whom the relay cuts off, and when.
///
/// Histories with many calls at once, of which any may drop somebody, take too long to judge. So nobody
/// would tell a call that may wait for ever: with a script that does not end nothing is done.
pub(super) fn play_watching_cuts(make: Make, script: &Script) -> Scenario {
    if !script.ends() {
        return Scenario::new();
    }
    let watch = Arc::new(Watch::new(PATIENCE, script));
    set_out(make, script, numbers(), &watch).0
}

fn staged(make: Make, script: &Script, next: Next, watch: &Arc<Watch>) -> Scenario {
    let (scenario, promise, records) = set_out(make, script, next, watch);
    let recorder = Recorder::new(promise);
    let _ = records.0.set(recorder.clone());
    recorder.judge(scenario)
}

/// The scenario, what it promises, and where its calls are recorded.
fn set_out(
    make: Make,
    script: &Script,
    next: Next,
    watch: &Arc<Watch>,
) -> (Scenario, Promise, Records) {
    let mut promise = Promise::of(script, watch.patience == Duration::MAX, &*next);
    let names = promise.names();
    let records = Records::default();
    let line = |client| Arc::new(Line::new(client, &records, watch));
    let stage = Arc::new(Stage {
        relay: make(script.room, watch.patience),
        lines: (0..script.clients).map(line).collect(),
        records: records.clone(),
        next,
        watch: Arc::clone(watch),
    });
    (0..script.clients).for_each(|client| watch.notes_what_it_hears(client));
    script.joined_before().for_each(|client| stage.join(client));
    stage.act(&script.before);
    for client in 0..script.clients {
        promise.hears_before(client, &watch.heard(client));
    }
    for (line, expected) in stage.lines.iter().zip(names) {
        let name = line.name.get().copied();
        let shown =
            |name: Option<Name>| name.map_or(text!("nothing").to_owned(), |name| name.to_string());
        assert!(
            name == expected,
            "{}",
            text!(
                "client-{number} is called {name}, and should be {expected}",
                number = line.client + 1,
                name = shown(name),
                expected = shown(expected)
            )
        );
    }
    let mut scenario = Scenario::new();
    for steps in &script.threads {
        let (stage, steps) = (Arc::clone(&stage), steps.clone());
        scenario = scenario.thread(name_of(&steps), move || stage.act(&steps));
    }
    let script = script.clone();
    let scenario = scenario.finally(move || stage.finish(&script));
    (scenario, promise, records)
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
    fn act(&self, steps: &[Step]) {
        for &Step { deed, client } in steps {
            match deed {
                Deed::Join => self.join(client),
                Deed::Say => self.say(client),
                Deed::Leave => self.leave(client),
                Deed::Stall => self.lines[client].stall(),
                Deed::ReadSlowly => self.lines[client].wire.lock().is_slow = true,
                Deed::Break => self.lines[client].end(),
                Deed::Deliver => self.deliver(client),
            }
        }
    }

    fn join(&self, client: usize) {
        let wire: Arc<Line> = Arc::clone(&self.lines[client]);
        self.records.call(Call::Join(client), || {
            let name = must_be_seen("join", || self.relay.join(wire));
            // Each client joins once.
            let _ = self.lines[client].name.set(name);
            Answer::Joined(name)
        });
    }

    fn say(&self, client: usize) {
        let Some(name) = self.name(client) else {
            return;
        };
        let text = (self.next)(self.watch.begins_to_speak(client));
        let say = || {
            self.records.call(Call::Say(client, text.clone()), || {
                must_be_seen("say", || self.relay.say(name, &text));
                Answer::Done
            });
        };
        if self.watch.patience == Duration::MAX {
            say();
        } else {
            self.records.call(Call::Drop(client), || {
                say();
                Answer::Dropped(self.watch.take_cut(client))
            });
        }
        self.watch.has_spoken(client);
    }

    fn leave(&self, client: usize) {
        if let Some(name) = self.name(client) {
            self.records.call(Call::Leave(client), || {
                called("leave", || self.relay.leave(name));
                Answer::Done
            });
        }
    }

    fn deliver(&self, client: usize) {
        if let Some(name) = self.name(client) {
            self.records.call(Call::Deliver(client), || {
                Answer::Departed(self.deliver_to(client, name))
            });
        }
    }

    fn deliver_to(&self, client: usize, name: Name) -> Departure {
        self.watch.delivers(client, true);
        let departure = called("deliver", || self.relay.deliver(name));
        self.watch.delivers(client, false);
        departure
    }

    fn name(&self, client: usize) -> Option<Name> {
        self.lines[client].name.get().copied()
    }

    /// Lets those leave to whom nobody delivers, and delivers to them; of very many clients, to some.
    fn finish(&self, script: &Script) {
        let is_left = |client: &usize| {
            let is_one_of_few = *client < 12 || script.acts(*client);
            is_one_of_few && !script.has(Deed::Deliver, *client)
        };
        for client in (0..script.clients).filter(is_left) {
            if let Some(name) = self.name(client) {
                self.records.call(Call::Rest(client), || {
                    self.watch.notes_what_it_hears(client);
                    if script.has(Deed::Stall, client) {
                        self.lines[client].breaks();
                    }
                    called("leave", || self.relay.leave(name));
                    let departure = self.deliver_to(client, name);
                    Answer::Rest(self.watch.heard(client), departure)
                });
            }
        }
    }
}

/// The wire of a client that may stall or break.
struct Line {
    client: usize,
    /// What it is called, once it has joined.
    name: OnceLock<Name>,
    records: Records,
    watch: Arc<Watch>,
    wire: Mutex<WireState>,
    changed: Condvar,
}

#[derive(Default)]
struct WireState {
    is_stalled: bool,
    is_slow: bool,
    is_broken: bool,
}

impl Line {
    fn new(client: usize, records: &Records, watch: &Arc<Watch>) -> Self {
        Line {
            client,
            name: OnceLock::new(),
            records: records.clone(),
            watch: Arc::clone(watch),
            wire: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// What nobody may ever hear is seen at once, whatever else may come.
    fn hears(&self, text: &Text) {
        let name = self.name.get().map(Name::to_string);
        let name = name.unwrap_or_else(|| format!("client-{}", self.client + 1));
        assert!(
            self.watch.may_be_written_to(self.client),
            "{}",
            text!(
                "{name} is written to, and nobody is in `deliver` for it",
                name
            )
        );
        let is_first = self.watch.hears_its_first(self.client);
        assert!(
            !is_first || **text == *WELCOME,
            "{}",
            text!(
                "{name} hears {text} before its welcome",
                name,
                text = format!("{text:?}")
            )
        );
        let is_own = text.strip_prefix(&name);
        assert!(
            !is_own.is_some_and(|rest| rest.starts_with('>')),
            "{}",
            text!(
                "{name} hears itself: {text}",
                name,
                text = format!("{text:?}")
            )
        );
    }

    fn stall(&self) {
        self.records.call(Call::Stall(self.client), || {
            self.wire.lock().is_stalled = true;
            Answer::Done
        });
    }

    fn end(&self) {
        self.records.call(Call::Break(self.client), || {
            self.breaks();
            Answer::Done
        });
    }

    fn breaks(&self) {
        self.wire.lock().is_broken = true;
        self.changed.notify_all();
    }
}

impl Wire for Line {
    fn write(&self, texts: &[Text]) -> Result<(), Broken> {
        called_back(|| self.writes(texts))
    }

    fn cut(&self) {
        called_back(|| {
            self.watch.cut(self.client);
            self.breaks();
        });
    }
}

impl Line {
    fn writes(&self, texts: &[Text]) -> Result<(), Broken> {
        self.watch.begins_to_write(self.client);
        let mut wire = self.wire.lock();
        while wire.is_stalled && !wire.is_broken {
            sync::on_purpose(|| self.changed.wait(&mut wire));
        }
        if wire.is_slow {
            let is_whole = |wire: &mut WireState| !wire.is_broken;
            self.changed
                .wait_while_for(&mut wire, is_whole, A_SLOW_WRITE);
        }
        if wire.is_broken {
            return Err(Broken);
        }
        texts.iter().for_each(|text| self.hears(text));
        if !self.watch.hears(self.client, texts) {
            let call = Call::Hear(self.client, texts.len());
            self.records.call(call, || Answer::Heard(texts.to_vec()));
        }
        self.watch.has_written(self.client);
        Ok(())
    }
}
