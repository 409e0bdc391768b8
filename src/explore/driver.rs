//! Executions one after the other, as a strategy wants them: the loop of all explorations; and one again.

use super::model::calls::Calls;
use super::model::check::Workload;
use super::model::token::Schedule;
use super::model::verdict::FailureKind;
use super::runtime::run::run_execution;
use super::runtime::settings::Settings;
use crate::explore::execution::Outcome;
use crate::explore::rounds::Rounds;
use crate::explore::search::{SearchError, SearchStrategy};
use crate::explore::strategy::ReplayStrategy;

/// How many operations the executions of a search may have together: those of threads that spin are
/// long.
pub(super) const MAX_STEPS: usize = 10_000_000;

/// The same for each execution that a search may try, on average. Usual ones have some forty: so a search
/// that is to take a second takes no more than a few, whatever it explores.
const MEAN_STEPS: u64 = 200;

/// What a search may spend however few executions it may try.
const MIN_STEPS: usize = 1_000_000;

/// How many operations so many executions may have together.
fn most_steps(max_executions: u64) -> usize {
    let steps = max_executions.saturating_mul(MEAN_STEPS);
    let steps = usize::try_from(steps).unwrap_or(MAX_STEPS);
    steps.clamp(MIN_STEPS, MAX_STEPS)
}

/// The executions of a workload, one after the other, as a strategy wants them.
pub(crate) struct Executions<'a, S> {
    workload: &'a Workload,
    settings: &'a Settings,
    /// `None` only while an execution runs, which has it.
    strategy: Option<S>,
    has_begun: bool,
}

impl<'a, S: SearchStrategy> Executions<'a, S> {
    pub(crate) fn new(workload: &'a Workload, strategy: S, settings: &'a Settings) -> Self {
        Executions {
            workload,
            settings,
            strategy: Some(strategy),
            has_begun: false,
        }
    }

    /// Goes to the next execution; false if there is none left.
    pub(crate) fn advance(&mut self) -> bool {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        is_first || self.strategy.as_mut().is_some_and(S::advance)
    }

    /// Runs the execution that it has come to.
    pub(crate) fn run(&mut self) -> Outcome {
        let strategy = self.strategy.take().expect(HAS_STRATEGY);
        let (outcome, strategy) = run_execution(self.workload, strategy, self.settings);
        let outcome = self.judged(outcome, &strategy);
        self.strategy = Some(strategy);
        outcome
    }

    /// The outcome, or that of an execution for which it stands and whose calls are refused.
    fn judged(&self, outcome: Outcome, strategy: &S) -> Outcome {
        let counts = strategy.latest_counts() && strategy.error().is_none();
        let calls = outcome.calls.as_ref().filter(|_| counts);
        let judge = |calls: &Calls| calls.judge_all(&strategy.precedence()?).err();
        let Some(refusal) = calls.and_then(judge) else {
            return outcome;
        };
        let along = strategy
            .along(&refusal.order)
            .expect("who stands for others knows the way to them");
        let mut other = run_execution(self.workload, along, self.settings).0;
        let difference = "the calls of one execution are refused, and in another one, in which \
                          dependent operations come in the same order, they are not";
        other
            .failure
            .get_or_insert_with(|| FailureKind::NotDeterministic {
                difference: difference.to_owned(),
            });
        other
    }

    /// The strategy, which knows what the latest execution was to it.
    pub(crate) fn strategy(&self) -> &S {
        self.strategy.as_ref().expect(HAS_STRATEGY)
    }

    pub(crate) fn into_strategy(self) -> S {
        self.strategy.expect(HAS_STRATEGY)
    }
}

const HAS_STRATEGY: &str = "the strategy is back between executions";

/// What a search came to.
pub(crate) struct Found {
    pub(crate) executions: u64,
    /// The operations of all executions, those included that were broken off.
    pub(crate) operations: usize,
    pub(crate) end: End,
}

/// How a search ended.
pub(crate) enum End {
    /// By itself, without a failure.
    Complete,
    /// It had tried as many executions as it may, or as many operations.
    CutOff,
    /// By itself, but some executions were too long to try all that can happen in them.
    Truncated,
    /// With the schedule of the first execution that failed, and what went wrong in it.
    Failed(Schedule, FailureKind),
    /// The same choices led to another execution; how it differed.
    Diverged(String),
    /// The strategy is not for executions of this kind.
    GaveUp,
    /// With an execution of which nothing is known; why.
    Inconclusive(String),
    /// There are loops that must go round more often.
    Counts,
}

impl End {
    /// The end of a search with an execution that did not end well.
    fn of(kind: FailureKind, schedule: Schedule, settings: &Settings) -> End {
        match (kind.inconclusive(), kind) {
            (_, FailureKind::NotDeterministic { difference }) => End::Diverged(difference),
            (Some(why), _) => End::Inconclusive(why),
            (None, kind) => End::Failed(schedule.looking(settings.limits.looks), kind),
        }
    }
}

/// Runs one execution again, and records it.
pub(super) fn record(workload: &Workload, schedule: &Schedule, settings: &Settings) -> Outcome {
    let looks = schedule.looks().unwrap_or(settings.limits.looks);
    let settings = settings.clone().recorded().looking(looks);
    run_execution(workload, ReplayStrategy::new(schedule.clone()), &settings).0
}

/// Searches a workload for an execution that fails.
pub(crate) fn search<S: SearchStrategy>(
    workload: &Workload,
    strategy: S,
    max_executions: u64,
    settings: &Settings,
) -> (Found, S) {
    search_and_learn(workload, strategy, max_executions, settings, None)
}

/// The same, and learns how its loops go round.
pub(crate) fn search_and_learn<S: SearchStrategy>(
    workload: &Workload,
    strategy: S,
    max_executions: u64,
    settings: &Settings,
    mut rounds: Option<&mut Rounds>,
) -> (Found, S) {
    let (mut executions, mut steps) = (0, 0);
    let max_steps = most_steps(max_executions);
    let mut all = Executions::new(workload, strategy, settings);
    let mut complete = End::Complete;
    let end = loop {
        if !all.advance() {
            break complete;
        }
        if executions == max_executions || steps > max_steps {
            break End::CutOff;
        }
        let outcome = all.run();
        executions += u64::from(all.strategy().latest_counts());
        steps += outcome.steps;
        if outcome.is_truncated {
            complete = End::Truncated;
        }
        if let Some(SearchError::Diverged(difference)) = all.strategy().error() {
            break End::Diverged(difference);
        }
        // What has failed has failed, whatever the strategy thinks of it.
        if let Some(kind) = outcome.failure {
            break End::of(kind, Schedule::new(outcome.choices), settings);
        }
        if let Some(rounds) = &mut rounds
            && rounds.learn(workload, &outcome, settings)
        {
            break End::Counts;
        }
        if all.strategy().error().is_some() {
            break End::GaveUp;
        }
    };
    let found = Found {
        executions,
        operations: steps,
        end,
    };
    (found, all.into_strategy())
}
