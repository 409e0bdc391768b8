//! "The threads fill the list, and I return it." When it is returned they may not have begun.

slip! {
    NoJoin,
    caught_by: waits_for_every_probe,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};
use std::mem;
use std::sync::Arc;

/// Returns what is in the list by then.
struct NoJoin;

impl Scan for NoJoin {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let list = Arc::new(Mutex::new(Vec::new()));
        for host in hosts {
            let (list, probe) = (Arc::clone(&list), Arc::clone(&probe));
            thread::spawn(move || {
                let state = probe(&host);
                list.lock().push(Finding { host, state });
            });
        }
        mem::take(&mut *list.lock())
    }
}
