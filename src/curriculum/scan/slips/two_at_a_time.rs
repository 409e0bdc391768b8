//! "Two at a time are enough." The third host waits until the first two have answered, and the
//! slower one of them decides.

slip! {
    TwoAtATime,
    caught_by: probes_run_at_the_same_time,
    exhaustive: no_pattern,
}

use kata::scan::{Finding, Probe, Scan};
use kata::sync::thread;

/// Scans pairs of hosts.
struct TwoAtATime;

impl Scan for TwoAtATime {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let mut findings = Vec::new();
        for pair in hosts.chunks(2) {
            thread::scope(|scope| {
                let start = |host: &String| {
                    let (probe, host) = (&probe, host.clone());
                    scope.spawn(move || Finding {
                        state: probe(&host),
                        host,
                    })
                };
                let threads: Vec<_> = pair.iter().map(start).collect();
                let found = threads.into_iter().map(|thread| thread.join());
                findings.extend(found.map(|finding| finding.expect("a probe does not panic")));
            });
        }
        findings
    }
}
