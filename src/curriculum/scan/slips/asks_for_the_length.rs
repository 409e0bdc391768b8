//! "When the list is long enough, all have ended." Whoever asks for its length again and again, and
//! never gives way, may keep the threads from running.

slip! {
    AsksForTheLength,
    caught_by: waits_for_every_probe,
    engine: UnfairSpin,
    loom: UnfairSpin,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};
use std::mem;
use std::sync::Arc;

/// Looks until there are enough.
struct AsksForTheLength;

impl Scan for AsksForTheLength {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let all = hosts.len();
        let list = Arc::new(Mutex::new(Vec::new()));
        for host in hosts {
            let (list, probe) = (Arc::clone(&list), Arc::clone(&probe));
            thread::spawn(move || {
                let state = probe(&host);
                list.lock().push(Finding { host, state });
            });
        }
        while list.lock().len() < all {}
        mem::take(&mut *list.lock())
    }
}
