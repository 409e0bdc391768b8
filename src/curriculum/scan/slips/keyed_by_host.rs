//! "A map from hosts to states, and then one look for each host." If a host is given twice, both
//! probes write to the same place, and what one of them found is lost.

slip! {
    KeyedByHost,
    caught_by: a_host_that_is_given_twice_comes_twice,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};
use std::collections::BTreeMap;

/// Has one place for each name.
struct KeyedByHost;

impl Scan for KeyedByHost {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let states = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for host in hosts.clone() {
                let (states, probe) = (&states, &probe);
                scope.spawn(move || {
                    let state = probe(&host);
                    states.lock().insert(host, state);
                });
            }
        });
        let states = states.into_inner();
        let find = |host: String| Finding {
            state: states[&host],
            host,
        };
        hosts.into_iter().map(find).collect()
    }
}
