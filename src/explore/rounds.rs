//! How often the loops of a workload go round in vain before they wait for a change.
//!
//! A loop that only looks is one waiting operation if it is nothing but that: if a round in which it
//! saw the same as in the one before leaves everything as it was. Then once round is enough. A loop
//! that counts its rounds, as one does that gives up after the third attempt, is none; there each
//! round is another state, and what it does in the end must not be lost.
//!
//! The two can be told apart by an experiment. Whenever a loop is about to wait, and has not yet
//! been seen to wait there for a change of what it has seen, its task goes on alone in an execution of
//! its own. Either it is still at it after many rounds, or it leaves the loop though nothing has
//! changed: then it counts. In that case the search begins anew, and lets loops go round as often as
//! this one did.
//!
//! What this leaves out is said as a bound if it is known: the rounds of a loop that counts further
//! than [`MOST`]. It is not known of a loop that counts further than the experiment goes on, and of one
//! that counts in some executions only and in others, which look the same from outside, does not.

use crate::explore::execution::Alone;
use crate::explore::execution::Outcome;
use crate::explore::model::check::Workload;
use crate::explore::model::token::Schedule;
use crate::explore::runtime::run::run_execution;
use crate::explore::runtime::settings::Settings;
use crate::explore::strategy::ReplayStrategy;
use crate::text;
use std::collections::HashSet;

/// How often loops may be let go round.
pub(super) const MOST: u8 = 8;

/// How often they are if one of them counts further.
const SOME: u8 = 3;

/// How many experiments are made for a search.
const EXPERIMENTS: usize = 1_000;

/// What is known of the loops of a workload.
#[derive(Debug)]
pub(crate) struct Rounds {
    looks: u8,
    tried: HashSet<u64>,
    /// How many operations the experiments took.
    operations: usize,
    /// How far some loop counts, if that is too far.
    too_far: Option<u8>,
}

impl Rounds {
    /// Nothing is known yet.
    pub(crate) fn new(settings: &Settings) -> Self {
        Rounds {
            looks: settings.limits.looks,
            tried: HashSet::new(),
            operations: 0,
            too_far: None,
        }
    }

    /// The settings with which loops go round as often as they are known to need.
    pub(crate) fn settings(&self, settings: &Settings) -> Settings {
        settings.clone().looking(self.looks)
    }

    /// Learns from the loops that have begun to wait in an execution with these settings; true if
    /// some must go round more often, so that the search is to begin anew.
    pub(crate) fn learn(
        &mut self,
        workload: &Workload,
        outcome: &Outcome,
        settings: &Settings,
    ) -> bool {
        for &vain in &outcome.vain {
            if self.tried.len() >= EXPERIMENTS || !self.tried.insert(vain.key) {
                continue;
            }
            let schedule = Schedule::new(outcome.choices[..vain.next.choices].to_vec());
            let settings = Settings {
                alone: Some(Alone::from(vain)),
                recording: false,
                ..settings.clone()
            };
            let alone = run_execution(workload, ReplayStrategy::new(schedule), &settings).0;
            self.operations += alone.steps;
            if alone.rounds.is_some_and(|rounds| self.must_rise(rounds)) {
                self.tried.clear();
                return true;
            }
        }
        false
    }

    /// Takes in that a loop counts so many rounds; true if this means that loops must go round more
    /// often than so far.
    fn must_rise(&mut self, rounds: u8) -> bool {
        let before = self.looks;
        let wanted = rounds.max(before.saturating_add(1));
        if wanted > MOST {
            self.too_far = self.too_far.max(Some(rounds));
            self.looks = before.max(SOME);
        } else {
            self.looks = wanted;
        }
        self.looks > before
    }

    /// How many operations the experiments took.
    pub(crate) fn operations(&self) -> usize {
        self.operations
    }

    /// What was left out, if that is known.
    pub(crate) fn bound(&self) -> Option<String> {
        let rounds = self.too_far?;
        let looks = self.looks;
        Some(text!(
            "a loop that gives up after {rounds} rounds in vain was explored for {looks} rounds only",
            rounds,
            looks
        ))
    }
}
