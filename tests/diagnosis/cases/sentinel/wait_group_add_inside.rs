//! gansidui/gotcp#8, coredns#3433, golang/go#23842: wg.Add(1) in the goroutine, wg.Wait()
//! outside.

use kata::sentinel::{Job, Pipeline};
use kata::sync::{Condvar, Mutex, channel, thread};
use std::sync::Arc;

struct WaitGroup {
    count: Mutex<i32>,
    zero: Condvar,
}

impl WaitGroup {
    fn add(&self, delta: i32) {
        let mut count = self.count.lock();
        *count += delta;
        if *count == 0 {
            self.zero.notify_all();
        }
    }
    fn wait(&self) {
        let mut count = self.count.lock();
        while *count != 0 {
            self.zero.wait(&mut count);
        }
    }
}

struct Relay;

impl Pipeline for Relay {
    fn run(job: Job) {
        let group = Arc::new(WaitGroup { count: Mutex::new(0), zero: Condvar::new() });
        let nation: Arc<str> = job.nation.as_str().into();
        let (sender, receiver) = channel::bounded(job.capacity);
        for source in job.sources {
            let (group, sender, nation) = (Arc::clone(&group), sender.clone(), Arc::clone(&nation));
            thread::spawn(move || {
                group.add(1);
                for player in source.filter(|player| player.nation == *nation) {
                    sender.send(player).unwrap();
                }
                drop(sender);
                group.add(-1);
            });
        }
        drop(sender);
        for reader in 0..job.readers {
            let (group, receiver, deliver) = (Arc::clone(&group), receiver.clone(), Arc::clone(&job.deliver));
            thread::spawn(move || {
                group.add(1);
                for player in receiver {
                    deliver(reader, player);
                }
                drop(deliver);
                group.add(-1);
            });
        }
        drop(receiver);
        group.wait();
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::sentinel::checks::<Relay>()
}
