//! The reference solution of `scan`: a thread for each host, and each is joined for what it found.

use kata::scan::{Finding, Probe, Scan};
use kata::sync::thread;
use std::io;

/// What is checked.
pub type Solution = Joined;

/// Joins the threads in the order in which they were started.
#[derive(Debug)]
pub struct Joined;

impl Scan for Joined {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        try_scan(hosts, probe).expect("the system has room for the threads")
    }
}

/// The same, where the system may have no room for so many threads. Those that were started have
/// ended when that is told.
pub fn try_scan(hosts: Vec<String>, probe: Probe) -> io::Result<Vec<Finding>> {
    thread::scope(|scope| {
        let start = |host: String| {
            let probe = &probe;
            let find = move || Finding {
                state: probe(&host),
                host,
            };
            thread::Builder::new().spawn_scoped(scope, find)
        };
        // All of them have been started before the first one is joined.
        let threads: Vec<_> = hosts.into_iter().map(start).collect::<io::Result<_>>()?;
        let findings = threads.into_iter().map(|thread| thread.join());
        Ok(findings
            .map(|finding| finding.expect("a probe does not panic"))
            .collect())
    })
}
