//! "I take messages until there is none." There is none yet, and more will come.

slip! {
    TakesWhatIsThere,
    caught_by: waits_for_every_probe,
    engine: NotWaitedFor,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{channel, thread};
use std::sync::Arc;

/// Takes an empty channel for the end.
struct TakesWhatIsThere;

impl Scan for TakesWhatIsThere {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let (sender, findings) = channel::unbounded();
        for host in hosts {
            let (sender, probe) = (sender.clone(), Arc::clone(&probe));
            thread::spawn(move || {
                let state = probe(&host);
                let _ = sender.send(Finding { host, state });
            });
        }
        findings.try_iter().collect()
    }
}
