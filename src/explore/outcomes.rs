//! What the executions of a workload can come to, and how often.

use crate::explore::driver::Executions;
use crate::explore::model::check::Workload;
use crate::explore::model::options::Options;
use crate::explore::model::verdict::FailureKind;
use crate::explore::rounds::Rounds;
use crate::explore::runtime::fiber;
use crate::explore::runtime::settings::Settings;
use crate::explore::runtime::stuck;
use crate::explore::search::dpor::Dpor;
use crate::explore::search::{BoundedDfs, SearchError, SearchStrategy};
use crate::text;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use unicode_width::UnicodeWidthStr;

/// How many executions are tried to see all outcomes.
const MAX_EXECUTIONS: u64 = 300_000;

/// The outcomes of a workload.
///
/// An execution's outcome is what the scenario says that it [is](super::Scenario::outcome), or how
/// the execution failed: `deadlock`, `livelock`, or `panic: ` and the message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcomes {
    /// Each outcome, and in how many executions it was met. Of executions that differ only in the
    /// order of independent operations, one is counted.
    pub counts: BTreeMap<String, u64>,
    /// True if every execution was tried, so that there are no other outcomes.
    pub is_complete: bool,
}

impl Outcomes {
    /// How many executions were tried.
    pub fn executions(&self) -> u64 {
        self.counts.values().sum()
    }

    /// A table in the manner of jcstress: a row an outcome, with how many executions came to it,
    /// their share, and whether it is among the expected ones. These are listed also if they were
    /// never met.
    pub fn table(&self, expected: &[&str]) -> String {
        let never = expected.iter().map(|&outcome| (outcome, 0));
        let met = self
            .counts
            .iter()
            .map(|(outcome, n)| (outcome.as_str(), *n));
        let rows: BTreeMap<&str, u64> = never.chain(met).collect();
        let widest = rows.keys().map(|outcome| outcome.width()).max();
        let [outcome, executions, share] = [text!("outcome"), text!("executions"), text!("share")];
        let width = widest.unwrap_or(0).max(outcome.width());
        let mut table = format!("{outcome:width$}  {executions:>10}  {share:>5}\n");
        let all = self.executions().max(1);
        for (outcome, executions) in rows {
            let share = 100.0 * executions as f64 / all as f64;
            let remark = if expected.contains(&outcome) {
                text!("expected")
            } else {
                text!("not expected")
            };
            let gap = width - outcome.width();
            table += &format!(
                "{outcome}{:gap$}  {executions:>10}  {share:>4.0}%  {remark}\n",
                ""
            );
        }
        if !self.is_complete {
            table += text!("There are more executions, and there may be more outcomes.");
            table.push('\n');
        }
        table
    }
}

impl fmt::Display for Outcomes {
    /// One line an outcome, with its count before it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (outcome, executions) in &self.counts {
            writeln!(f, "{executions} × {outcome}")?;
        }
        Ok(())
    }
}

/// Runs every execution of a workload, also after some have failed, and collects what they come to.
/// The scenario's final check is left out.
///
/// This is the engine's exploration: atomics are sequentially consistent. It ends after 300,000
/// executions, or when so many of these have left threads stuck in destructors that there would soon
/// be no memory for more of them, and then says that it is not complete.
///
/// # Panics
/// Panics if the same choices lead to different executions: then outcomes mean nothing.
pub fn outcomes(workload: &Workload, options: &Options) -> Outcomes {
    let settings = Settings::new(options);
    let mut rounds = Rounds::new(&settings);
    loop {
        let settings = rounds.settings(&settings);
        let mut reductions = Dpor::one_after_the_other().into_iter();
        let collected = reductions
            .find_map(|reduction| collect(workload, reduction, &settings, &mut rounds))
            .or_else(|| collect(workload, BoundedDfs::through_all(), &settings, &mut rounds))
            .expect("the plain search is for every execution");
        if let Collected::Outcomes(outcomes) = collected {
            return outcomes;
        }
    }
}

/// What a search came to.
enum Collected {
    Outcomes(Outcomes),
    /// Loops must go round more often.
    Counts,
}

impl Collected {
    fn outcomes(counts: BTreeMap<String, u64>, is_complete: bool) -> Self {
        Collected::Outcomes(Outcomes {
            counts,
            is_complete,
        })
    }
}

/// `None` if the strategy is not for these executions.
fn collect(
    workload: &Workload,
    strategy: impl SearchStrategy,
    settings: &Settings,
    rounds: &mut Rounds,
) -> Option<Collected> {
    let latest: Arc<Mutex<Option<String>>> = Arc::default();
    let told = tell(workload, &latest);
    let mut counts = BTreeMap::new();
    let lost = fiber::leaked();
    let mut all = Executions::new(&told, strategy, settings);
    let mut tried = 0;
    while all.advance() {
        if tried == MAX_EXECUTIONS || stuck::is_full_since(lost) {
            return Some(Collected::outcomes(counts, false));
        }
        tried += 1;
        let outcome = all.run();
        match all.strategy().error() {
            Some(SearchError::GaveUp) => return None,
            Some(SearchError::Diverged(difference)) => {
                panic!("the executions of {workload:?} are not deterministic: {difference}")
            }
            None => {}
        }
        let latest_told = latest.lock().unwrap_or_else(PoisonError::into_inner).take();
        if all.strategy().latest_counts() {
            let name = match &outcome.failure {
                Some(failure) => name(failure),
                None => latest_told.unwrap_or_else(|| "ends".to_owned()),
            };
            *counts.entry(name).or_insert(0) += 1;
        }
        if rounds.learn(&told, &outcome, settings) {
            return Some(Collected::Counts);
        }
        if outcome
            .failure
            .is_some_and(|kind| kind.inconclusive().is_some())
        {
            return Some(Collected::outcomes(counts, false));
        }
    }
    Some(Collected::outcomes(counts, true))
}

/// The workload, whose last thread tells the outcome in the place of its final check.
fn tell(workload: &Workload, latest: &Arc<Mutex<Option<String>>>) -> Workload {
    let latest = Arc::clone(latest);
    workload.changed(move |mut scenario| {
        let outcome = scenario.outcome.take();
        let latest = Arc::clone(&latest);
        scenario.finally(move || {
            let outcome = outcome.map(|outcome| outcome());
            *latest.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
        })
    })
}

fn name(failure: &FailureKind) -> String {
    match failure {
        FailureKind::Deadlock { .. } => "deadlock".to_owned(),
        FailureKind::Livelock { .. } => "livelock".to_owned(),
        FailureKind::TooLong { .. } => "too long to explore".to_owned(),
        FailureKind::Panic { message, .. } => {
            format!("panic: {}", message.lines().next().unwrap_or_default())
        }
        FailureKind::Unexplained(_) => "no order of the calls explains their answers".to_owned(),
        other => format!("{other:?}"),
    }
}
