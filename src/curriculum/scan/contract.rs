//! What a scan promises, and what it is given.

pub use crate::curriculum::report::contract::State;

use std::sync::Arc;

/// Finds out about many hosts at the same time.
pub trait Scan: 'static {
    /// Probes all hosts, and returns what was found out about each.
    ///
    /// - Each host is probed once. A host that is given twice is probed twice.
    /// - The probes run at the same time, however many there are: none of them waits for the end
    ///   of another one. A probe takes its time.
    /// - It returns when all probes have ended, and does not wait for anything else.
    /// - There is a finding for each host, and they come in the order in which the hosts were
    ///   given, whichever probe ends first. A host that is given twice comes twice.
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding>;
}

/// Finds out about one host. Several threads may be in it at the same time.
pub type Probe = Arc<dyn Fn(&str) -> State + Send + Sync>;

/// What was found out about a host.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The host, as it was given.
    pub host: String,
    /// What its probe has found out.
    pub state: State,
}
