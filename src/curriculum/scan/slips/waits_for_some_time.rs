//! "A probe takes three seconds at most." Nobody promises when a thread gets to run, or how long a
//! probe takes.

slip! {
    WaitsForSomeTime,
    caught_by: waits_for_every_probe,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::time::Duration;
use kata::sync::{Mutex, thread};
use std::mem;
use std::sync::Arc;

/// Sleeps for as long as it should take.
struct WaitsForSomeTime;

impl Scan for WaitsForSomeTime {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let list = Arc::new(Mutex::new(Vec::new()));
        for host in hosts {
            let (list, probe) = (Arc::clone(&list), Arc::clone(&probe));
            thread::spawn(move || {
                let state = probe(&host);
                list.lock().push(Finding { host, state });
            });
        }
        thread::sleep(Duration::from_secs(3));
        mem::take(&mut *list.lock())
    }
}
