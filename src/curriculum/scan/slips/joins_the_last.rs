//! "The last thread was started last, so it ends last." A probe takes as long as it takes, and the
//! others may still be at it.

slip! {
    JoinsTheLast,
    caught_by: waits_for_every_probe,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};
use std::mem;
use std::sync::Arc;

/// Waits for one of them.
struct JoinsTheLast;

impl Scan for JoinsTheLast {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let list = Arc::new(Mutex::new(Vec::new()));
        let mut threads = Vec::new();
        for host in hosts {
            let (list, probe) = (Arc::clone(&list), Arc::clone(&probe));
            threads.push(thread::spawn(move || {
                let state = probe(&host);
                list.lock().push(Finding { host, state });
            }));
        }
        if let Some(last) = threads.pop() {
            last.join().expect("a probe does not panic");
        }
        mem::take(&mut *list.lock())
    }
}
