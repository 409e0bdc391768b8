//! Small programs at random, most of which fail in some order.

use super::programs::program;
use kata::explore::Scenario;
use kata::sync::atomic::{AtomicU64, Ordering::SeqCst};
use kata::sync::channel::{self, Receiver, Sender};
use kata::sync::time::Duration;
use kata::sync::{Condvar, Mutex, thread};

/// Numbers that are the same each time: Steele, Lea and Flood's *SplitMix* (OOPSLA 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// What threads share.
struct Shared {
    counts: [AtomicU64; 2],
    guarded: Mutex<u64>,
    list: Mutex<Vec<u64>>,
    changed: Condvar,
    queue: (Sender<u64>, Receiver<u64>),
    code: Vec<Vec<fn(&Shared)>>,
    /// How often something is to be added, as the code has it.
    added: u64,
}

impl Shared {
    fn total(&self) -> u64 {
        let counts: u64 = self.counts.iter().map(|count| count.load(SeqCst)).sum();
        counts + *self.guarded.lock() + self.list.lock().len() as u64
    }
}

/// Each adds one.
const ADDS: &[fn(&Shared)] = &[
    |it| _ = it.counts[0].fetch_add(1, SeqCst),
    |it| {
        let seen = it.counts[0].load(SeqCst);
        it.counts[0].store(seen + 1, SeqCst);
    },
    |it| {
        let seen = it.counts[1].load(SeqCst);
        let _ = it.counts[1].compare_exchange(seen, seen + 1, SeqCst, SeqCst);
    },
    |it| *it.guarded.lock() += 1,
    |it| {
        let seen = *it.guarded.lock();
        *it.guarded.lock() = seen + 1;
    },
    |it| {
        if let Some(mut guarded) = it.guarded.try_lock() {
            *guarded += 1;
        }
    },
    |it| {
        let length = it.list.lock().len() as u64;
        let mut list = it.list.lock();
        if list.len() as u64 == length {
            list.push(length);
        }
    },
];

/// These add nothing, and some wait.
const OTHERS: &[fn(&Shared)] = &[
    |it| {
        let before = it.counts[0].load(SeqCst);
        assert_eq!(it.counts[0].load(SeqCst), before, "it has changed");
    },
    |it| {
        let mut guarded = it.guarded.lock();
        while *guarded == 0 {
            it.changed.wait(&mut guarded);
        }
    },
    |it| {
        let mut guarded = it.guarded.lock();
        if *guarded == 0 {
            it.changed.wait(&mut guarded);
        }
        assert!(*guarded > 0, "woken for nothing");
    },
    |it| _ = it.changed.notify_one(),
    |it| _ = it.changed.notify_all(),
    |it| it.queue.0.send(1).unwrap(),
    |it| _ = it.queue.1.recv().unwrap(),
    |it| _ = it.queue.1.try_recv().expect("nothing is in it"),
    |it| {
        thread::sleep(Duration::from_millis(5));
        assert!(it.counts[1].load(SeqCst) > 0, "time was long enough");
    },
    |it| {
        let _list = it.list.lock();
        let _guarded = it.guarded.lock();
    },
    |it| {
        let _guarded = it.guarded.lock();
        let _list = it.list.lock();
    },
];

fn run<const NUMBER: usize>(shared: &Shared) {
    for step in shared.code.get(NUMBER).into_iter().flatten() {
        step(shared);
    }
}

/// The program with this number.
pub fn numbered(number: u64) -> Scenario {
    let mut numbers = Numbers(number);
    let mut added = 0;
    let shared_by = 2 + numbers.below(2);
    let code = (0..shared_by).map(|_| {
        let steps = 1 + numbers.below(3);
        let step = |_| {
            let adds = numbers.below(2) == 0;
            added += u64::from(adds);
            let of = if adds { ADDS } else { OTHERS };
            of[numbers.below(of.len())]
        };
        (0..steps).map(step).collect()
    });
    let code: Vec<Vec<fn(&Shared)>> = code.collect();
    let shared = Shared {
        counts: Default::default(),
        guarded: Mutex::new(0),
        list: Mutex::default(),
        changed: Condvar::new(),
        queue: channel::bounded(1),
        code,
        added,
    };
    type Thread = (&'static str, fn(&Shared));
    let threads: [Thread; 3] = [("a", run::<0>), ("b", run::<1>), ("c", run::<2>)];
    program(shared, &threads[..shared_by], |shared| {
        assert_eq!(shared.total(), shared.added, "something is missing");
    })
}
