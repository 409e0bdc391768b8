//! Other right solutions of `relay`: the contract asks for no style.

pub mod outboxes;
pub mod owning_thread;
pub mod parked_writers;
pub mod shared_log;

use super::checks;
use crate::curriculum::{ENGINE_ONLY, EVERY_BACK_END, Solution};

/// All of them.
pub const ALL: &[Solution] = &[
    Solution {
        name: "outboxes",
        how: "Each client has a queue with a lock and a condvar; the table's lock is the order.",
        checks: checks::<outboxes::Outboxes>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "shared_log",
        how: "What is said stands in one log, and each client has its place in it.",
        checks: checks::<shared_log::SharedLog>,
        back_ends: EVERY_BACK_END,
    },
    Solution {
        name: "owning_thread",
        how: "One thread owns the table; the others send it what they want done.",
        checks: checks::<owning_thread::OwningThread>,
        // More executions than loom is given.
        back_ends: ENGINE_ONLY,
    },
    Solution {
        name: "parked_writers",
        how: "One lock for all, and writers that park until they are unparked.",
        checks: checks::<parked_writers::ParkedWriters>,
        back_ends: EVERY_BACK_END,
    },
];
