//! "Start it, and join it." In one loop that is one host after the other: the next one is probed
//! when the one before it has answered.

slip! {
    JoinsInTheStartingLoop,
    caught_by: probes_run_at_the_same_time,
    exhaustive: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::thread;

/// Joins each thread before it starts the next one.
struct JoinsInTheStartingLoop;

impl Scan for JoinsInTheStartingLoop {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        thread::scope(|scope| {
            let mut findings = Vec::new();
            for host in hosts {
                let probe = &probe;
                let thread = scope.spawn(move || Finding {
                    state: probe(&host),
                    host,
                });
                findings.push(thread.join().expect("a probe does not panic"));
            }
            findings
        })
    }
}
