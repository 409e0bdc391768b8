//! "It did not answer, so I ask again." A probe has asked several times already. Each host is
//! probed once.

slip! {
    ProbesAgain,
    caught_by: waits_for_every_probe,
    engine: EveryOrder,
    loom: no_pattern,
}

use kata::scan::{Finding, Probe, Scan, State};
use kata::sync::thread;

/// Gives each host a second chance.
struct ProbesAgain;

impl Scan for ProbesAgain {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        thread::scope(|scope| {
            let start = |host: String| {
                let probe = &probe;
                scope.spawn(move || {
                    let first = probe(&host);
                    let state = match first {
                        State::Failing => probe(&host),
                        _ => first,
                    };
                    Finding { host, state }
                })
            };
            let threads: Vec<_> = hosts.into_iter().map(start).collect();
            let findings = threads.into_iter().map(|thread| thread.join());
            findings
                .map(|finding| finding.expect("a probe does not panic"))
                .collect()
        })
    }
}
