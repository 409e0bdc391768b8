//! "A thread does the probing." One thread probes one host after the other, as it would be without
//! it.

slip! {
    OneThreadForAll,
    caught_by: probes_run_at_the_same_time,
    exhaustive: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::thread;

/// Starts one thread.
struct OneThreadForAll;

impl Scan for OneThreadForAll {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let find = move |host: String| Finding {
            state: probe(&host),
            host,
        };
        let thread = thread::spawn(move || hosts.into_iter().map(find).collect());
        thread.join().expect("a probe does not panic")
    }
}
