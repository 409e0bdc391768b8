//! "The list is what has been found." Each thread makes a list of its own finding and puts it in
//! the place of the one that is there.

slip! {
    ListReplaced,
    caught_by: waits_for_every_probe,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};

/// Replaces the list, and does not extend it.
struct ListReplaced;

impl Scan for ListReplaced {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let list = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for host in hosts {
                let (list, probe) = (&list, &probe);
                scope.spawn(move || {
                    let state = probe(&host);
                    *list.lock() = vec![Finding { host, state }];
                });
            }
        });
        list.into_inner()
    }
}
