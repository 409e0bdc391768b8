//! What an execution comes to.

use super::Vain;
use crate::explore::model::calls::Calls;
use crate::explore::model::record::Record;
use crate::explore::model::verdict::FailureKind;

/// What one execution came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) failure: Option<FailureKind>,
    /// The choice made at every choice point.
    pub(crate) choices: Vec<u16>,
    /// What happened, if that was asked for.
    pub(crate) record: Option<Record>,
    /// How many operations there were.
    pub(crate) steps: usize,
    /// It was so long that not all of it was left to the strategy.
    pub(crate) is_truncated: bool,
    /// The loops that began to wait for a change.
    pub(crate) vain: Vec<Vain>,
    /// After how many rounds the task that was to go alone has left its loop, if it did.
    pub(crate) rounds: Option<u8>,
    /// Its calls, if there are judges who have nothing against them in the order of this execution.
    pub(crate) calls: Option<Calls>,
}
