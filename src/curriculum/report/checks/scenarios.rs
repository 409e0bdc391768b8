//! What the checks of `report` run.

use super::hosts::{Hosts, Outcome};
use super::paper::Paper;
use crate::curriculum::report::contract::{Probe, Report, Screen, State};
use crate::curriculum::seen::{called, called_back, must_be_seen};
use crate::curriculum::signs::{await_signs, signal};
use crate::explore::scenario::Scenario;
use crate::sync::channel;
use crate::sync::thread::{self, JoinHandle};
use crate::sync::time::{Duration, Instant};
use crate::{text, told_later};
use std::panic;
use std::sync::{Arc, OnceLock};

/// Makes a report.
pub(super) type Make = fn(Arc<dyn Screen>) -> Arc<dyn Report>;

/// How long a probe takes.
const PROBE: Duration = Duration::from_secs(1);

/// A probe that does this, and then comes to its outcome.
fn probe(outcome: Outcome, code: impl FnOnce() + Send + 'static) -> Probe {
    Box::new(move || {
        called_back(code);
        outcome
            .0
            .unwrap_or_else(|| panic!("{}", text!("the probe panics")))
    })
}

/// Without a state there need be nothing to be seen.
fn report(to: &dyn Report, host: &str, outcome: Outcome, code: impl FnOnce() + Send + 'static) {
    let report = || to.report(host, probe(outcome, code));
    if outcome.0.is_some() {
        must_be_seen("report", report);
    } else {
        called("report", report);
    }
}

/// Reports a host as often as there are outcomes, and looks each time what is printed of it.
fn report_all(to: &dyn Report, paper: &Paper, host: &str, outcomes: &[Outcome]) {
    let mut states: Vec<State> = Vec::new();
    for outcome in outcomes {
        report(to, host, *outcome, || ());
        states.extend(outcome.0);
        paper.expect_printed(host, &states);
    }
}

pub(super) fn one_after_the_other_is_printed(make: Make, hosts: &Hosts) -> Scenario {
    blocks_do_not_mix(make, hosts)
}

pub(super) fn blocks_do_not_mix(make: Make, hosts: &Hosts) -> Scenario {
    let paper = Paper::new();
    let to = make(paper.clone());
    let mut scenario = Scenario::new();
    for (host, outcomes) in hosts.outcomes() {
        let (to, paper) = (Arc::clone(&to), Arc::clone(&paper));
        scenario = scenario.thread(host.clone(), move || {
            report_all(&*to, &paper, &host, &outcomes);
        });
    }
    let hosts = hosts.clone();
    scenario.finally(move || paper.expect_blocks(&hosts))
}

/// That they do must be possible, and no more than that: a thread may always be slower.
pub(super) fn probes_run_at_the_same_time(make: Make, hosts: &Hosts) -> Scenario {
    let to = make(Paper::new());
    // Each thread has a place of its own, which it fills once.
    let took: Arc<[OnceLock<Duration>]> = (0..hosts.number()).map(|_| OnceLock::new()).collect();
    let mut scenario = Scenario::new();
    for (place, (host, outcomes)) in hosts.outcomes().enumerate() {
        let (to, took) = (Arc::clone(&to), Arc::clone(&took));
        scenario = scenario.thread(host.clone(), move || {
            let began = Instant::now();
            for outcome in outcomes {
                report(&*to, &host, outcome, || thread::sleep(PROBE));
            }
            let _ = took[place].set(began.elapsed());
        });
    }
    scenario.sometimes(
        told_later!("all together take as long as one of them"),
        move || {
            let mut took = took.iter().map(OnceLock::get);
            took.all(|took| took.is_some_and(|took| *took <= PROBE))
        },
    )
}

/// A thread joins the others, and hears of their panics.
pub(super) fn a_probe_that_panics_stops_nobody(make: Make, hosts: &Hosts) -> Scenario {
    let hosts = hosts.clone();
    let scenario = Scenario::new().thread("main", move || {
        let paper = Paper::new();
        let to = make(paper.clone());
        let start = |(host, outcomes): (String, Vec<Outcome>)| {
            let (to, paper) = (Arc::clone(&to), Arc::clone(&paper));
            let may_panic = outcomes.contains(&Outcome(None));
            let builder = thread::Builder::new().name(host.clone());
            let started = builder.spawn(move || report_all(&*to, &paper, &host, &outcomes));
            (started.expect("a thread"), may_panic)
        };
        let started: Vec<(JoinHandle<()>, bool)> = hosts.outcomes().map(start).collect();
        for (thread, may_panic) in started {
            match thread.join() {
                Err(panic) if !may_panic => panic::resume_unwind(panic),
                Ok(()) | Err(_) => {}
            }
        }
        paper.expect_blocks(&hosts);
    });
    scenario.leaves_panics_to_joins()
}

/// The probe of the first host ends when the other hosts have been reported.
pub(super) fn a_slow_probe_holds_up_nobody(make: Make, hosts: &Hosts) -> Scenario {
    let to = make(Paper::new());
    let (sign, signs) = channel::unbounded();
    let others = hosts.number() - 1;
    let mut scenario = Scenario::new();
    for (place, (host, outcomes)) in hosts.outcomes().enumerate() {
        let (to, sign, signs) = (Arc::clone(&to), sign.clone(), signs.clone());
        scenario = scenario.thread(host.clone(), move || {
            for outcome in outcomes {
                let (is_slow, signs) = (place == 0, signs.clone());
                let wait = move || {
                    if is_slow {
                        await_signs(&signs, others);
                    }
                };
                report(&*to, &host, outcome, wait);
            }
            if place > 0 {
                signal(&sign);
            }
        });
    }
    scenario
}
