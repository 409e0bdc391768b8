//! "A map from hosts to states." It has an order of its own, that of the alphabet, and not the one
//! in which the hosts were given.

slip! {
    SortedByName,
    caught_by: findings_come_in_the_order_of_the_hosts,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};
use std::collections::BTreeMap;

/// Returns what the map lists.
struct SortedByName;

impl Scan for SortedByName {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let states = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for host in hosts {
                let (states, probe) = (&states, &probe);
                scope.spawn(move || {
                    let state = probe(&host);
                    states.lock().insert(host, state);
                });
            }
        });
        let states = states.into_inner().into_iter();
        states
            .map(|(host, state)| Finding { host, state })
            .collect()
    }
}
