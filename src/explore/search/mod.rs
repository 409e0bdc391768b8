//! Systematic search: strategies that try one execution after the other.

mod bounded_dfs;
pub(crate) mod dpor;

pub(crate) use bounded_dfs::BoundedDfs;

use super::model::calls::Precedence;
use super::strategy::Strategy;
use dpor::along::Along;

/// A strategy that tries one execution after the other, until there is none left.
pub(crate) trait SearchStrategy: Strategy {
    /// Goes to the next execution; false if there is none left.
    fn advance(&mut self) -> bool;

    /// False if the latest execution was broken off, since it would have repeated others.
    fn latest_counts(&self) -> bool {
        true
    }

    /// Which marks of the latest execution come before which, in all executions that it stands for.
    /// `None` if it stands for itself only.
    fn precedence(&self) -> Option<Precedence> {
        None
    }

    /// The way to the execution among these in which the marks come in this order.
    fn along(&self, _order: &[usize]) -> Option<Along> {
        None
    }

    /// Why the exploration means nothing, if that is so.
    fn error(&self) -> Option<SearchError>;
}

/// Why an exploration means nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum SearchError {
    /// The same choices led to another execution; how it differed.
    Diverged(String),
    /// The executions are of a kind that this explorer is not for.
    GaveUp,
}
