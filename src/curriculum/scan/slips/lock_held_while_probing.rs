//! "All add to one list, so they lock it." The lock is taken before the probe, and the others wait
//! for a probe that is none of theirs.

slip! {
    LockHeldWhileProbing,
    caught_by: probes_run_at_the_same_time,
    exhaustive: OneAfterAnother,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};

/// Probes with the list locked.
struct LockHeldWhileProbing;

impl Scan for LockHeldWhileProbing {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let places = Mutex::new(vec![None; hosts.len()]);
        thread::scope(|scope| {
            for (place, host) in hosts.into_iter().enumerate() {
                let (places, probe) = (&places, &probe);
                scope.spawn(move || {
                    let mut places = places.lock();
                    let state = probe(&host);
                    places[place] = Some(Finding { host, state });
                });
            }
        });
        let places = places.into_inner();
        places.into_iter().flatten().collect()
    }
}
