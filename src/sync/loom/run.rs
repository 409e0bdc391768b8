//! Exploring a check with loom: which executions, on which OS thread, and what came of it.

use super::arcs;
use super::execution::{self, Execution};
use super::exit_barrier::ExitBarrier;
use super::limits::{Bound, Limits};
use super::local;
use super::pass::Pass;
use super::report::{self, Report};
use super::spawned;
use super::step;
use crate::explore::BackEnd;
use crate::explore::check::{Check, Workload};
use crate::explore::operation::TaskId;
use crate::explore::options::Options;
use crate::explore::record::Record;
use crate::explore::runtime::panics;
use crate::explore::runtime::watchdog::{Watch, Watchdog};
use crate::explore::scenario::{Body, Scenario};
use crate::explore::sometimes::Sightings;
use crate::explore::verdict::{Failure, FailureKind, Minimality, Verdict};
use crate::text;
use std::backtrace::Backtrace;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

/// Explores every workload that the check lists for loom, smallest first.
pub fn explore(check: &Check, back_end: BackEnd, options: &Options) -> Verdict {
    debug_assert_eq!(back_end, BackEnd::Loom);
    explore_within(check, Limits::new(options), options)
}

/// The same within other limits.
pub(super) fn explore_within(check: &Check, limits: Limits, options: &Options) -> Verdict {
    let mut exploration = Exploration::default();
    for workload in &check.loom {
        if let Some(failed) = exploration.explore(workload, limits, options) {
            return failed;
        }
        if exploration.is_stopped() {
            break;
        }
    }
    if check.loom.is_empty() {
        exploration.inconclusive = Some(text!("no workload is listed for loom").to_owned());
    }
    exploration.verdict(check)
}

/// What was explored so far.
#[derive(Default)]
struct Exploration {
    /// With what the next workload begins.
    first: Pass,
    /// The executions of all passes, ...
    tried: u64,
    /// ... and without those of passes that were too large.
    executions: u64,
    bounds: Vec<Bound>,
    /// Why a workload told nothing.
    inconclusive: Option<String>,
}

impl Exploration {
    /// Makes all the passes over a workload; returns the verdict if one has failed.
    fn explore(
        &mut self,
        workload: &Workload,
        limits: Limits,
        options: &Options,
    ) -> Option<Verdict> {
        let sightings = Sightings::default();
        let watched = sightings.watch(workload);
        let mut is_whole = true;
        let mut next = Some(self.first);
        while let Some(pass) = next {
            let report = explore_apart(watched.clone(), pass, limits, options);
            self.tried += report.executions;
            if matches!(report.bound, Some(Bound::Executions(_)))
                && let Some(smaller) = pass.smaller()
            {
                // The workloads after this one are larger still.
                self.first.preemptions = smaller.preemptions;
                next = Some(smaller);
                continue;
            }
            self.executions += report.executions;
            let few = pass.preemptions.map(Bound::Preemptions);
            is_whole &= few.or(report.bound).is_none();
            self.bounds.extend(few.into_iter().chain(report.bound));
            if self.is_stopped() {
                return None;
            }
            next = pass.next(report.seen);
            let Some((kind, record)) = report.failure else {
                continue;
            };
            if matches!(kind, FailureKind::Livelock { .. }) {
                next = pass.again(report.seen);
                if next.is_some() {
                    continue;
                }
            }
            let inspected = Pass {
                inspected: Some(report.executions),
                ..pass
            };
            let stacks = || explore_apart(watched.clone(), inspected, limits, options).load_stacks;
            let failed = self.failed(workload, kind, record, stacks);
            if failed.is_some() {
                return failed;
            }
            // Another workload may fail still.
            (is_whole, next) = (false, None);
        }
        let property = sightings.missing().filter(|_| is_whole)?;
        let kind = FailureKind::Never { property };
        let (record, size) = (Record::default(), Minimality::All);
        let failure = failure(workload, kind, record, self.tried, size);
        Some(Verdict::of(failure))
    }

    /// The verdict on a failure; `None` if it tells nothing, which is noted. `stacks` tells where the
    /// execution has loaded.
    fn failed(
        &mut self,
        workload: &Workload,
        kind: FailureKind,
        record: Record,
        stacks: impl FnOnce() -> Vec<Backtrace>,
    ) -> Option<Verdict> {
        let kind = match arcs::doubt(&record, stacks) {
            Some(message) => FailureKind::BackEnd { message },
            None => kind,
        };
        let why = text!("loom explores in an order of its own").to_owned();
        let size = Minimality::Unknown { why };
        match Verdict::of(failure(workload, kind, record, self.tried, size)) {
            Verdict::Inconclusive { why, .. } => {
                self.inconclusive.get_or_insert(why);
                None
            }
            failed => Some(failed),
        }
    }

    /// True if not all is tried, whatever comes: more passes, or workloads, would only take longer.
    fn is_stopped(&self) -> bool {
        self.bounds.iter().any(|bound| !bound.is_inherent())
    }

    /// What an exploration without a failure comes to.
    fn verdict(mut self, check: &Check) -> Verdict {
        self.bounds.sort_unstable();
        // Of the numbers of preemptions the smallest counts.
        let both = |later: &mut Bound, first: &mut Bound| {
            later == first
                || matches!(
                    (later, first),
                    (Bound::Preemptions(_), Bound::Preemptions(_))
                )
        };
        self.bounds.dedup_by(both);
        let texts = |inherent: bool| {
            let of_kind = self
                .bounds
                .iter()
                .filter(|bound| bound.is_inherent() == inherent);
            let texts: Vec<String> = of_kind.map(Bound::to_string).collect();
            (!texts.is_empty()).then(|| texts.join(", "))
        };
        let stopped =
            || texts(false).map(|bounds| text!("loom went no further than {bounds}", bounds));
        let within = texts(true);
        if let Some(why) = self.inconclusive.or_else(stopped) {
            let executions = self.tried;
            return Verdict::Inconclusive { executions, why };
        }
        let executions = self.executions;
        match within {
            Some(within) => Verdict::Bounded { executions, within },
            None => Verdict::Verified {
                executions,
                sessions: check.loom.len() as u64,
            },
        }
    }
}

fn failure(
    workload: &Workload,
    kind: FailureKind,
    record: Record,
    executions: u64,
    size: Minimality,
) -> Failure {
    Failure {
        kind,
        workload: workload.label.clone(),
        in_words: workload.in_words.clone(),
        schedule: None,
        record,
        executions,
        size,
        contrast: None,
    }
}

/// Explores on an OS thread of its own.
///
/// A failed execution can leave things behind that belong to its OS thread: a panic that was
/// stopped on its way, so that `thread::panicking` stays true, and tasks in the middle of their
/// code.
fn explore_apart(workload: Workload, pass: Pass, limits: Limits, options: &Options) -> Report {
    let (sender, receiver) = mpsc::channel();
    let watchdog = Watchdog::start(options);
    let watch = watchdog.watch();
    let explorer = thread::Builder::new()
        .name(format!("loom {}", workload.label))
        .spawn(move || {
            report::begin(sender);
            match panics::capture(|| run_model(workload, pass, limits, watch)) {
                Ok(bound) => report::send_report(bound, None),
                Err(caught) => report::send_report(None, Some(step::kind_of(caught))),
            }
        })
        .expect("an OS thread for loom");
    let report = receiver.recv();
    // Not joined: the thread of an abandoned exploration never ends.
    drop(explorer);
    report.expect("loom's OS thread reports before it ends")
}

/// Runs all executions; returns what bounded them, if anything did.
fn run_model(workload: Workload, pass: Pass, limits: Limits, watch: Arc<Watch>) -> Option<Bound> {
    let start = Instant::now();
    let model = limits.model(pass);
    model.check(move || run_execution(&workload, pass, &watch));
    let reached = limits
        .reached(report::executions(), start.elapsed())
        .map(|bound| match bound {
            Bound::Executions(_) if pass.remembers_loads => Bound::ForgottenLoads,
            bound => bound,
        });
    report::close_execution();
    reached.or_else(|| {
        let is_bounded = report::seen().too_many_yields;
        is_bounded.then_some(Bound::GivingWay)
    })
}

/// Runs the scenario once. loom's main thread sets it up and is its last thread too, which spares
/// the orders in which one more thread could end.
fn run_execution(workload: &Workload, pass: Pass, watch: &Arc<Watch>) {
    report::next_execution();
    execution::begin(pass, Arc::clone(watch));
    if pass.inspected == Some(report::executions()) {
        execution::with(Execution::inspect);
    }
    let mut scenario = None;
    spawned::run_task(TaskId::SETUP, || scenario = Some(workload.scenario()));
    let Scenario {
        mut threads,
        finally,
        leaves_panics,
        judges,
        ..
    } = scenario.unwrap_or_default();
    execution::with(|execution| {
        execution.leaves_panics = leaves_panics;
        execution.judges = judges;
    });
    if threads.is_empty() {
        threads.push(("final check".to_owned(), Box::new(|| ())));
    }
    let barrier = Arc::new(ExitBarrier::new(threads.len(), finally, pass));
    let mut threads: Vec<(TaskId, Body)> = threads
        .into_iter()
        .map(|(name, body)| {
            let task = execution::with(|execution| execution.add_task(Some(name), true));
            let barrier = Arc::clone(&barrier);
            let body = move || {
                body();
                local::drop_all();
                barrier.reach();
            };
            (task, Box::new(body) as Body)
        })
        .collect();
    drop(barrier);
    let last = threads.pop();
    for (task, body) in threads {
        spawned::start(task, body);
    }
    if let Some((task, body)) = last {
        spawned::run_task(task, body);
    }
}
