//! Why an execution does not end.

use super::execution::Execution;
use crate::explore::verdict::FailureKind;

/// Explains an execution that was stopped after so many steps.
///
/// Where tasks give way, loom's own errors are told apart once the giving way is bounded; before
/// that, another pass is made.
pub(super) fn explain(execution: &Execution, steps: usize) -> FailureKind {
    let gives_way = execution.pass.bounds_yields && execution.seen.yields;
    if gives_way && execution.updates.then_stored {
        let message =
            "loom may put a store before a read-modify-write of another thread that came \
                       earlier, and then a loop which waits for that store never ends: what looks \
                       like a livelock need not be one, and says nothing against the solution. \
                       Without loom the check finds a real one"
                .to_owned();
        return FailureKind::BackEnd { message };
    }
    let cycle = Vec::new();
    FailureKind::Livelock { steps, cycle }
}
