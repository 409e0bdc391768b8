//! Random small programs over all operations, with what their threads saw.

use super::*;
use crate::sync::engine::Condvar;
use crate::sync::engine::channel::Receiver;
use crate::sync::engine::time::Duration;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Mutex as Unseen;

/// A step of a program, on one of two objects of its kind.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Increment(usize),
    FetchAdd(usize),
    Locked(usize),
    BothLocks(usize),
    TryLock(usize),
    Read(usize),
    Write(usize),
    TryWrite(usize),
    Wait(usize),
    NotifyOne(usize),
    NotifyAll(usize),
    Send(usize),
    TrySend(usize),
    Receive(usize),
    TryReceive(usize),
    Length(usize),
    HangUp(usize),
    Park,
    Unpark(usize),
    Spawn(usize),
    Join,
    TimedReceive(usize),
    Yield,
}

use Step::*;

/// The steps that the reduction knows.
const UNTIMED: &[fn(usize) -> Step] = &[
    Increment,
    FetchAdd,
    Locked,
    BothLocks,
    TryLock,
    Read,
    Write,
    TryWrite,
    Wait,
    NotifyOne,
    NotifyAll,
    Send,
    TrySend,
    Receive,
    TryReceive,
    Length,
    HangUp,
    |_| Park,
    Unpark,
    Spawn,
    |_| Join,
];

/// All steps.
const ALL: &[fn(usize) -> Step] = &[
    Increment,
    Locked,
    BothLocks,
    Wait,
    NotifyOne,
    Send,
    Receive,
    TimedReceive,
    Spawn,
    |_| Yield,
];

pub(super) type Program = Vec<Vec<Step>>;

/// Two or three threads with steps of few kinds, mostly on the same objects: with many kinds hardly
/// any two steps would get in each other's way.
fn programs(steps: &'static [fn(usize) -> Step], longest: usize) -> impl Strategy<Value = Program> {
    prop::sample::subsequence(steps, 1..=3).prop_flat_map(move |kinds| {
        let object = prop_oneof![3 => Just(0), 1 => Just(1)];
        let step = (select(kinds), object).prop_map(|(step, object)| step(object));
        prop::collection::vec(prop::collection::vec(step, 1..=longest), 2..=3)
    })
}

/// A program without timers, and in which nobody gives way.
pub(super) fn program() -> impl Strategy<Value = Program> {
    programs(UNTIMED, 3)
}

/// A program of some steps, timed ones among them.
pub(super) fn timed_program() -> impl Strategy<Value = Program> {
    programs(ALL, 3)
}

/// What the threads saw, of one execution: each thread's own list, and then the end.
pub(super) type Log = Arc<Unseen<Vec<(usize, String)>>>;

/// What the threads of a program share.
struct World {
    counters: [AtomicUsize; 2],
    locks: [Mutex<usize>; 2],
    shared: [RwLock<usize>; 2],
    condvars: [Condvar; 2],
    /// By number of thread; a thread enters itself before its first operation.
    threads: Unseen<Vec<Option<thread::Thread>>>,
}

/// What a thread has of its own.
struct Own {
    number: usize,
    channels: [Option<(Sender<usize>, Receiver<usize>)>; 2],
    child: Option<thread::JoinHandle<()>>,
    log: Log,
}

impl Own {
    fn saw(&self, what: impl std::fmt::Debug) {
        let line = (self.number, format!("{what:?}"));
        self.log.lock().unwrap().push(line);
    }
}

fn perform(step: Step, world: &Arc<World>, own: &mut Own) {
    match step {
        Increment(i) => {
            let old = world.counters[i].load(SeqCst);
            own.saw(old);
            world.counters[i].store(old + 1, SeqCst);
        }
        FetchAdd(i) => own.saw(world.counters[i].fetch_add(1, SeqCst)),
        Locked(i) => {
            let mut value = world.locks[i].lock();
            own.saw(*value);
            *value += 1;
        }
        BothLocks(i) => {
            let _first = world.locks[i].lock();
            *world.locks[1 - i].lock() += 1;
        }
        TryLock(i) => {
            let lock = world.locks[i].try_lock();
            own.saw(lock.as_deref());
        }
        Read(i) => own.saw(*world.shared[i].read()),
        Write(i) => *world.shared[i].write() += 1,
        TryWrite(i) => {
            let lock = world.shared[i].try_write();
            own.saw(lock.is_some());
        }
        Wait(i) => world.condvars[i].wait(&mut world.locks[i].lock()),
        NotifyOne(i) => own.saw(world.condvars[i].notify_one()),
        NotifyAll(i) => own.saw(world.condvars[i].notify_all()),
        Park => thread::park(),
        Unpark(i) => {
            let target = world.threads.lock().unwrap().get(i).cloned().flatten();
            if let Some(target) = target {
                target.unpark();
            }
        }
        Spawn(i) => {
            let world = Arc::clone(world);
            own.child = Some(thread::spawn(move || {
                world.counters[i].fetch_add(1, SeqCst);
            }));
        }
        Join => {
            if let Some(child) = own.child.take() {
                own.saw(child.is_finished());
                child.join().unwrap();
            }
        }
        Yield => thread::yield_now(),
        _ => perform_on_channel(step, own),
    }
}

fn perform_on_channel(step: Step, own: &mut Own) {
    let number = own.number;
    let (Send(i) | TrySend(i) | Receive(i) | TryReceive(i) | Length(i) | TimedReceive(i)
    | HangUp(i)) = step
    else {
        unreachable!("{step:?} is on no channel");
    };
    if matches!(step, HangUp(_)) {
        own.channels[i] = None;
    }
    let Some((sender, receiver)) = own.channels[i].clone() else {
        return;
    };
    match step {
        Send(_) => own.saw(sender.send(number)),
        TrySend(_) => own.saw(sender.try_send(number)),
        Receive(_) => own.saw(receiver.recv()),
        TryReceive(_) => own.saw(receiver.try_recv()),
        TimedReceive(_) => own.saw(receiver.recv_timeout(Duration::from_secs(1))),
        _ => own.saw(sender.len()),
    }
}

/// Fails when an update of a counter was lost, or when tasks wait for ever.
pub(super) fn scenario(program: &Program, log: &Log) -> Scenario {
    let world = Arc::new(World {
        counters: Default::default(),
        locks: Default::default(),
        shared: Default::default(),
        condvars: Default::default(),
        threads: Unseen::new(vec![None; program.len()]),
    });
    let channels = [bounded(1), unbounded()].map(Some);
    let mut increments = 0;
    let mut scenario = Scenario::new();
    for (number, steps) in program.iter().cloned().enumerate() {
        let increment = |step: &&Step| matches!(step, Increment(_));
        increments += steps.iter().filter(increment).count();
        let world = Arc::clone(&world);
        let mut own = Own {
            number,
            channels: channels.clone(),
            child: None,
            log: Arc::clone(log),
        };
        scenario = scenario.thread(format!("t{number}"), move || {
            world.threads.lock().unwrap()[number] = Some(thread::current());
            for step in steps {
                perform(step, &world, &mut own);
            }
        });
    }
    let log = Arc::clone(log);
    scenario.finally(move || {
        let sum: usize = world
            .counters
            .iter()
            .map(|counter| counter.load(SeqCst))
            .sum();
        log.lock().unwrap().push((usize::MAX, sum.to_string()));
        assert!(sum >= increments, "{sum} of {increments}");
    })
}
