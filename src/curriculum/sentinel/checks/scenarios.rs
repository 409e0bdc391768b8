//! What the checks of `sentinel` run.

use super::teams::{NATION, Teams};
use crate::curriculum::seen::{called_back, must_be_seen};
use crate::curriculum::sentinel::contract::{Deliver, Job, Player, Source};
use crate::curriculum::signs::{await_signs, signal};
use crate::explore::scenario::Scenario;
use crate::judge::{Model, Recorder};
use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::{Relaxed, SeqCst};
use crate::sync::channel::{self, Receiver, Sender};
use crate::{text, timeline};
use std::sync::{Arc, PoisonError};

/// What is checked: the `run` of a pipeline.
pub(super) type Run = fn(Job);

// What a check notes down is nobody's operation, and never held over one.
#[allow(clippy::disallowed_types)]
type Notes<T> = std::sync::Mutex<T>;

/// The players that have been delivered.
pub(super) struct Delivered {
    /// For each reader, how many.
    counts: Vec<AtomicUsize>,
    /// Who, and by which reader.
    players: Notes<Vec<(usize, Player)>>,
}

impl Delivered {
    pub(super) fn new(readers: usize) -> Arc<Self> {
        Arc::new(Delivered {
            counts: (0..readers).map(|_| AtomicUsize::new(0)).collect(),
            players: Notes::default(),
        })
    }

    /// A delivery is a step of its reader: before it, others can come.
    pub(super) fn note(&self, reader: usize, player: Player) {
        let Some(count) = self.counts.get(reader) else {
            let readers = self.counts.len();
            panic!(
                "{}",
                text!(
                    "there are {readers} readers, and reader {reader} delivers",
                    readers,
                    reader
                )
            );
        };
        // Relaxed: it is for the pipeline to order it before the end of `run`.
        count.fetch_add(1, Relaxed);
        let mut players = self.players.lock().unwrap_or_else(PoisonError::into_inner);
        players.push((reader, player));
    }

    /// Compares what is delivered with what should be, now that `run` has returned.
    pub(super) fn expect(&self, wanted: &[Vec<Player>]) {
        let count: usize = self.counts.iter().map(|count| count.load(Relaxed)).sum();
        let expected = wanted.iter().map(Vec::len).sum();
        assert!(
            count >= expected,
            "{}",
            text!(
                "`run` has returned, and {count} of {players} delivered",
                count,
                players = players(expected)
            )
        );
        let delivered = self.players();
        for player in wanted.iter().flatten() {
            let alike = |other: &&Player| *other == player;
            let times = delivered
                .iter()
                .map(|(_, other)| other)
                .filter(alike)
                .count();
            let expected = wanted.iter().flatten().filter(alike).count();
            assert!(
                times == expected,
                "{}",
                text!(
                    "{name} was delivered {times} times, and there is {players} like that",
                    name = format!("{:?}", player.name),
                    times,
                    players = players(expected)
                )
            );
        }
        assert!(
            delivered.len() == expected,
            "{}",
            text!(
                "{players} of this nation should be delivered, but {number} were",
                players = players(expected),
                number = delivered.len()
            )
        );
    }

    fn players(&self) -> Vec<(usize, Player)> {
        let players = self.players.lock().unwrap_or_else(PoisonError::into_inner);
        players.clone()
    }
}

fn players(number: usize) -> String {
    timeline::counted(number as u64, "player")
}

pub(super) fn source(players: Vec<Player>) -> Source {
    Box::new(players.into_iter())
}

fn sources(teams: &Teams) -> Vec<Source> {
    teams.players().into_iter().map(source).collect()
}

/// The job to bring these players to the teams' readers.
fn job(sources: Vec<Source>, teams: &Teams, deliver: Deliver) -> Job {
    let told = |mut source: Source| -> Source {
        Box::new(std::iter::from_fn(move || called_back(|| source.next())))
    };
    let deliver = Arc::new(move |reader, player| called_back(|| deliver(reader, player)));
    Job {
        sources: sources.into_iter().map(told).collect(),
        nation: NATION.to_owned(),
        readers: teams.readers,
        capacity: teams.capacity,
        deliver,
    }
}

pub(super) fn run_seen(run: Run, job: Job) {
    must_be_seen("run", || run(job));
}

pub(super) fn every_thread_ends(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    Scenario::new().thread("main", move || {
        let (deliver, threads) = shared(|_, _| ());
        run_seen(run, job(sources(&teams), &teams, deliver));
        await_end(&threads);
    })
}

pub(super) fn every_player_is_delivered_once(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    Scenario::new().thread("main", move || {
        let delivered = Delivered::new(teams.readers);
        let notes = Arc::clone(&delivered);
        let (deliver, threads) = shared(move |reader, player| notes.note(reader, player));
        run_seen(run, job(sources(&teams), &teams, deliver));
        let wanted = teams.wanted();
        delivered.expect(&wanted);
        await_end(&threads);
        // Nor is any delivered after that.
        delivered.expect(&wanted);
    })
}

/// A way to deliver, and a channel that ends when nobody has it any more.
fn shared(deliver: impl Fn(usize, Player) + Send + Sync + 'static) -> (Deliver, Receiver<()>) {
    let (running, threads) = channel::unbounded();
    let deliver = move |reader, player| {
        let _running: &Sender<()> = &running;
        deliver(reader, player);
    };
    (Arc::new(deliver), threads)
}

fn await_end(threads: &Receiver<()>) {
    assert!(threads.recv().is_err(), "nobody sends anything");
}

pub(super) fn each_writers_order_is_kept(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    Scenario::new().thread("main", move || {
        let delivered = Delivered::new(teams.readers);
        let notes = Arc::clone(&delivered);
        let deliver = Arc::new(move |reader, player| notes.note(reader, player));
        run_seen(run, job(sources(&teams), &teams, deliver));
        let delivered = delivered.players();
        for (reader, source) in (0..teams.readers).flat_map(|reader| {
            let wanted = teams.wanted();
            wanted.into_iter().map(move |source| (reader, source))
        }) {
            let of_source = |(of, player): &(usize, Player)| {
                let place = source.iter().position(|other| other == player);
                place.filter(|_| *of == reader)
            };
            let places: Vec<usize> = delivered.iter().filter_map(of_source).collect();
            if let Some(pair) = places.windows(2).find(|pair| pair[0] > pair[1]) {
                let [later, earlier] = [pair[0], pair[1]].map(|place| &source[place].name);
                panic!(
                    "{}",
                    text!(
                        "a reader was given {later} before {earlier}, of the same source",
                        later = format!("{later:?}"),
                        earlier = format!("{earlier:?}")
                    )
                );
            }
        }
    })
}

/// One source gives a player only once all the players are delivered that the others give, and those that
/// it has given before; then it ends. Which one that is depends on how many players there are, so that
/// each is in some workload.
pub(super) fn a_slow_source_holds_up_nobody(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    Scenario::new().thread("main", move || {
        let (sign, signs) = channel::unbounded();
        let deliver = Arc::new(move |_, _| signal(&sign));
        let wanted: Vec<usize> = teams.wanted().iter().map(Vec::len).collect();
        let all: usize = wanted.iter().sum();
        let mut sources = sources(&teams);
        if let Some(which) = all.checked_rem(sources.len()) {
            let players = sources.remove(which);
            sources.insert(which, slow(players, signs, all - wanted[which]));
        }
        run_seen(run, job(sources, &teams, deliver));
    })
}

fn slow(mut players: Source, signs: Receiver<()>, others: usize) -> Source {
    let mut expected = others;
    Box::new(std::iter::from_fn(move || {
        await_signs(&signs, std::mem::take(&mut expected));
        let player = players.next()?;
        expected = usize::from(player.nation == NATION);
        Some(player)
    }))
}

/// All readers but one are busy with their first players until all the others are delivered.
pub(super) fn a_slow_reader_holds_up_nobody(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    Scenario::new().thread("main", move || {
        let (sign, signs) = channel::unbounded();
        let busy = teams.readers - 1;
        let others = teams.wanted().concat().len().saturating_sub(busy);
        let begun = AtomicUsize::new(0);
        let deliver = move |_, _| {
            if begun.fetch_add(1, Relaxed) < busy {
                await_signs(&signs, others);
            } else {
                (0..busy).for_each(|_| signal(&sign));
            }
        };
        run_seen(run, job(sources(&teams), &teams, Arc::new(deliver)));
    })
}

/// Each reader takes its time over its first player, until as many have come from the sources as the
/// readers have in hand and there is room for, or all that there are.
pub(super) fn as_many_wait_as_there_is_room(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    Scenario::new().thread("main", move || {
        let (sign, signs) = channel::unbounded();
        let readers = teams.readers;
        let all = teams.wanted().concat().len();
        let expected = all.min(readers + teams.capacity);
        let given = Arc::new(AtomicUsize::new(0));
        let source = |players: Vec<Player>| -> Source {
            let (given, sign) = (Arc::clone(&given), sign.clone());
            Box::new(players.into_iter().inspect(move |player| {
                if player.nation == NATION && given.fetch_add(1, Relaxed) + 1 == expected {
                    (0..readers).for_each(|_| signal(&sign));
                }
            }))
        };
        let sources = teams.players().into_iter().map(source).collect();
        let begun = AtomicUsize::new(0);
        let deliver = move |_, _| {
            if begun.fetch_add(1, Relaxed) < readers {
                await_signs(&signs, 1);
            }
        };
        run_seen(run, job(sources, &teams, Arc::new(deliver)));
    })
}

pub(super) fn no_more_wait_than_there_is_room(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    Scenario::new().thread("main", move || {
        let delivered = Arc::new(AtomicUsize::new(0));
        let sources = counted(&teams, &delivered);
        let deliver = Arc::new(move |_, _| {
            delivered.fetch_add(1, SeqCst);
        });
        run_seen(run, job(sources, &teams, deliver));
    })
}

/// The sources, which see to it that no more players wait than may.
fn counted(teams: &Teams, delivered: &Arc<AtomicUsize>) -> Vec<Source> {
    let taken = Arc::new(AtomicUsize::new(0));
    let capacity = teams.capacity;
    let most = capacity + teams.players().len() + teams.readers;
    let source = |players: Vec<Player>| -> Source {
        let (taken, delivered) = (Arc::clone(&taken), Arc::clone(delivered));
        Box::new(players.into_iter().inspect(move |player| {
            if player.nation == NATION {
                let taken = taken.fetch_add(1, SeqCst) + 1;
                let waiting = taken - delivered.load(SeqCst).min(taken);
                assert!(
                    waiting <= most,
                    "{}", text!("{waiting} players wait; {most} may: {capacity} in the queue, and 1 with each thread", waiting, most, capacity)
                );
            }
        }))
    };
    teams.players().into_iter().map(source).collect()
}

/// Each reader takes for ever over its first player: so all wait in the end, and that is right.
pub(super) fn a_full_queue_stops_the_writers(run: Run, teams: &Teams) -> Scenario {
    let teams = teams.clone();
    let has_none = teams.wanted().concat().is_empty();
    let waits = Recorder::new(Model::new((), move |(), ()| has_none.then_some(())));
    let judge = waits.clone();
    judge.judge(Scenario::new().thread("main", move || {
        let (_sign, signs) = channel::unbounded();
        let sources = counted(&teams, &Arc::default());
        let deliver = Arc::new(move |_, _| await_signs(&signs, 1));
        waits.call((), || run(job(sources, &teams, deliver)));
    }))
}
