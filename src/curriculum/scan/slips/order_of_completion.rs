//! "The first state is that of the first host." The states come in the order in which the probes
//! end, and the hosts stand in that in which they were given.

slip! {
    OrderOfCompletion,
    caught_by: findings_come_in_the_order_of_the_hosts,
    engine: OrderViolation,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};

/// Pairs names and states, each in its own order.
struct OrderOfCompletion;

impl Scan for OrderOfCompletion {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let states = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for host in &hosts {
                let (states, probe) = (&states, &probe);
                scope.spawn(move || {
                    let state = probe(host);
                    states.lock().push(state);
                });
            }
        });
        let pairs = hosts.into_iter().zip(states.into_inner());
        pairs.map(|(host, state)| Finding { host, state }).collect()
    }
}
