//! Loads in the destructor of what an `Arc` holds.
//!
//! Who drops the last `Arc` has seen what the others did before they dropped theirs. `std` sees to that,
//! and loom does not know it: there a destructor may load what is long gone. So where an execution has
//! failed in which a load was stale, all is explored up to that one again, which comes the same; and there
//! the stacks of the loads are looked at.

use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{ObjectId, Operation};
use crate::explore::record::{Event, EventKind, Record};
use crate::text;
use std::backtrace::Backtrace;
use std::collections::HashMap;

/// Why nothing is known of an execution that has failed so: a destructor's load was stale. `stacks` gives
/// those of its loads, in order; it is asked only if one was stale.
pub(super) fn doubt(record: &Record, stacks: impl FnOnce() -> Vec<Backtrace>) -> Option<String> {
    let stale = stale_loads(record);
    if !stale.contains(&true) {
        return None;
    }
    let mut doubtful = stale.iter().zip(stacks());
    doubtful
        .any(|(is_stale, stack)| *is_stale && drops_an_arc(&stack))
        .then(|| {
            text!("loom does not know that the drop of the last `Arc` comes after all the others. So a \
             destructor has read a value here that may be long gone, which is no fault of the \
             solution")
                .to_owned()
        })
}

/// Of each load, whether it saw another value than the latest.
fn stale_loads(record: &Record) -> Vec<bool> {
    let mut latest: HashMap<ObjectId, &Value> = HashMap::new();
    let mut loads = Vec::new();
    for Event { what, seen, .. } in &record.events {
        let EventKind::Performed(operation, _) = what else {
            continue;
        };
        match (operation, seen) {
            (Operation::Load(atomic), Some(Seen::Read(value))) => {
                let latest = latest.get(atomic);
                loads.push(latest.is_some_and(|latest| *latest != value));
            }
            (Operation::Store(atomic), Some(Seen::Wrote(new)))
            | (Operation::Update(atomic, _), Some(Seen::Updated { new, .. })) => {
                latest.insert(*atomic, new);
            }
            _ => {}
        }
    }
    loads
}

fn drops_an_arc(stack: &Backtrace) -> bool {
    let frames = stack.to_string();
    frames.contains("Arc<") && frames.contains("drop_slow")
}
