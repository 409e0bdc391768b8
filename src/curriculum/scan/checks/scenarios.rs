//! What the checks of `scan` run.

use super::hosts::Hosts;
use crate::curriculum::scan::contract::{Finding, Probe, State};
use crate::curriculum::seen::{called_back, must_be_seen};
use crate::curriculum::words::counted;
use crate::curriculum::workload::joined;
use crate::explore::scenario::Scenario;
use crate::sync::atomic::AtomicUsize;
use crate::sync::atomic::Ordering::Relaxed;
use crate::sync::thread;
use crate::sync::time::{Duration, Instant};
use crate::{text, told_later};
use std::sync::{Arc, OnceLock};

/// What is checked: the `scan` of a scan.
pub(super) type Run = fn(Vec<String>, Probe) -> Vec<Finding>;

/// How long a probe takes.
const PROBE: Duration = Duration::from_secs(1);

fn scan_seen(scan: Run, hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
    must_be_seen("scan", || scan(hosts, probe))
}

/// A probe that does this with the place of a host in the list, and finds out what the workload says.
fn probe(hosts: &Hosts, code: impl Fn(usize) + Send + Sync + 'static) -> Probe {
    let (names, states) = (hosts.names(), hosts.0.clone());
    Arc::new(move |host| {
        let place = names.iter().position(|name| name == host);
        let Some(place) = place else {
            panic!("{}", not_given(host));
        };
        called_back(|| code(place));
        states[place]
    })
}

fn not_given(host: &str) -> String {
    text!("`{host}` is probed, and was not given", host)
}

/// How often each host was probed, to the end.
struct Probed(Vec<AtomicUsize>);

impl Probed {
    fn new(hosts: &Hosts) -> Arc<Self> {
        Arc::new(Probed(
            hosts.0.iter().map(|_| AtomicUsize::new(0)).collect(),
        ))
    }

    /// The end of a probe, which is a step of its thread: before it, others can come.
    fn note(&self, place: usize) {
        // Relaxed, here and below: it is for `scan` to order it before its end.
        self.0[place].fetch_add(1, Relaxed);
    }

    fn expect_once(&self, hosts: &Hosts) {
        for (name, times) in hosts.names().iter().zip(&self.0) {
            let times = times.load(Relaxed);
            assert!(
                times == 1,
                "{}",
                text!(
                    "`scan` has returned, and of {name} {probes} came to an end, not one",
                    name,
                    probes = counted(times, "probe")
                )
            );
        }
    }
}

fn expect_as_many(findings: &[Finding], hosts: &Hosts) {
    let (all, expected) = (findings.len(), hosts.0.len());
    assert!(
        all == expected,
        "{}",
        text!(
            "{findings} came for {hosts}",
            findings = counted(all, "finding"),
            hosts = counted(expected, "host")
        )
    );
}

fn in_words(findings: &[Finding]) -> String {
    let told = |Finding { host, state }: &Finding| format!("{host} ({state})");
    joined(findings.iter().map(told), ", ")
}

pub(super) fn waits_for_every_probe(scan: Run, hosts: &Hosts) -> Scenario {
    let hosts = hosts.clone();
    Scenario::new().thread("main", move || {
        let probed = Probed::new(&hosts);
        let noted = Arc::clone(&probed);
        let probe = probe(&hosts, move |place| noted.note(place));
        let findings = scan_seen(scan, hosts.names(), probe);
        probed.expect_once(&hosts);
        expect_as_many(&findings, &hosts);
    })
}

pub(super) fn findings_come_in_the_order_of_the_hosts(scan: Run, hosts: &Hosts) -> Scenario {
    let hosts = hosts.clone();
    Scenario::new().thread("main", move || {
        let findings = scan_seen(scan, hosts.names(), probe(&hosts, |_| ()));
        let expected = hosts.names().into_iter().zip(hosts.0);
        let expected: Vec<_> = expected
            .map(|(host, state)| Finding { host, state })
            .collect();
        assert!(
            findings == expected,
            "{}",
            text!(
                "the findings are {found}, and had to be {expected}",
                found = in_words(&findings),
                expected = in_words(&expected)
            )
        );
    })
}

/// All have one name. The first probe of it comes to the first state, and so on.
pub(super) fn a_host_that_is_given_twice_comes_twice(scan: Run, hosts: &Hosts) -> Scenario {
    const HOST: &str = "localhost";
    let hosts = hosts.clone();
    Scenario::new().thread("main", move || {
        let (states, probes) = (hosts.0.clone(), Arc::new(AtomicUsize::new(0)));
        let counted_in = Arc::clone(&probes);
        let probe: Probe = Arc::new(move |host| {
            assert!(host == HOST, "{}", not_given(host));
            let number = called_back(|| counted_in.fetch_add(1, Relaxed));
            let state = states.get(number).copied();
            state.unwrap_or_else(|| {
                panic!(
                    "{}",
                    text!("`{host}` is probed more often than it was given", host)
                )
            })
        });
        let findings = scan_seen(scan, vec![HOST.to_owned(); hosts.0.len()], probe);
        expect_as_many(&findings, &hosts);
        let times = |states: &[State], state| states.iter().filter(|it| **it == state).count();
        let found: Vec<State> = findings.iter().map(|finding| finding.state).collect();
        for state in &hosts.0 {
            let (found, probed) = (times(&found, *state), times(&hosts.0, *state));
            assert!(
                found == probed,
                "{}",
                text!(
                    "{probes} came to `{state}`, and there are {findings} of it",
                    probes = counted(probed, "probe"),
                    state,
                    findings = counted(found, "finding")
                )
            );
        }
    })
}

/// That it takes no longer must be possible, and no more than that: a thread may always be slower.
pub(super) fn probes_run_at_the_same_time(scan: Run, hosts: &Hosts) -> Scenario {
    let hosts = hosts.clone();
    let took = Arc::new(OnceLock::new());
    let noted = Arc::clone(&took);
    let scenario = Scenario::new().thread("main", move || {
        let began = Instant::now();
        let probe = probe(&hosts, |_| thread::sleep(PROBE));
        scan_seen(scan, hosts.names(), probe);
        // There is one thread that fills it.
        let _ = noted.set(began.elapsed());
    });
    scenario.sometimes(
        told_later!("all together take as long as one of them"),
        move || took.get().is_some_and(|took| *took <= PROBE),
    )
}
