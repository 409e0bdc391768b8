//! "I receive until nobody can send any more." It can itself: its own sender is still there, and so
//! the end never comes.

slip! {
    KeepsASender,
    caught_by: waits_for_every_probe,
    engine: QueueNeverEnds,
    loom: QueueNeverEnds,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{channel, thread};
use std::sync::Arc;

/// Waits for its own sender to go.
struct KeepsASender;

impl Scan for KeepsASender {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let (sender, findings) = channel::unbounded();
        for host in hosts {
            let (sender, probe) = (sender.clone(), Arc::clone(&probe));
            thread::spawn(move || {
                let state = probe(&host);
                let _ = sender.send(Finding { host, state });
            });
        }
        let mut list = Vec::new();
        for finding in findings {
            list.push(finding);
        }
        list
    }
}
