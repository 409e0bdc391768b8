//! By which back ends a solution passes, or a slip is caught.

use crate::explore::BackEnd;

/// Every back end: for what is right, or wrong, however one looks at it.
pub const EVERY_BACK_END: &[BackEnd] = &[BackEnd::Generated, BackEnd::Exhaustive, BackEnd::Loom];

/// The engine's: for what loom cannot see, such as a `try_lock` that fails.
pub const ENGINE_ONLY: &[BackEnd] = &[BackEnd::Generated, BackEnd::Exhaustive];

/// The one that knows weak memory: for what is wrong only there.
pub const LOOM_ONLY: &[BackEnd] = &[BackEnd::Loom];
