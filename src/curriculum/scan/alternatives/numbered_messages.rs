//! Each thread sends its finding with its place, and they are sorted as they come.

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{channel, thread};
use std::sync::Arc;

/// What is checked.
pub type Solution = NumberedMessages;

/// Ends when nobody is left who could send.
#[derive(Debug)]
pub struct NumberedMessages;

impl Scan for NumberedMessages {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let (sender, findings) = channel::unbounded();
        for (place, host) in hosts.into_iter().enumerate() {
            let (sender, probe) = (sender.clone(), Arc::clone(&probe));
            thread::spawn(move || {
                let state = probe(&host);
                // The other end is there as long as somebody can send.
                let _ = sender.send((place, Finding { host, state }));
            });
        }
        drop(sender);
        let mut findings: Vec<(usize, Finding)> = findings.iter().collect();
        findings.sort_by_key(|(place, _)| *place);
        findings.into_iter().map(|(_, finding)| finding).collect()
    }
}
