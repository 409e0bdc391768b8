//! What the learners' files see: for each kata its contract, and the check that is their `main`.

/// The kata `counter`.
pub mod counter {
    pub use crate::curriculum::counter::Counter;

    use crate::curriculum::counter::{KATA, checks};
    use std::process::ExitCode;

    /// Checks a learner's counter: all that the `main` of the stub does.
    pub fn check<C: Counter>() -> ExitCode {
        crate::harness::run_kata(&KATA, checks::<C>())
    }
}

/// The kata `ping_pong`.
pub mod ping_pong {
    pub use crate::curriculum::ping_pong::PingPong;

    use crate::curriculum::ping_pong::{KATA, checks};
    use std::process::ExitCode;

    /// Checks a learner's game: all that the `main` of the stub does.
    pub fn check<G: PingPong>() -> ExitCode {
        crate::harness::run_kata(&KATA, checks::<G>())
    }
}

/// The kata `bounded_queue`.
pub mod bounded_queue {
    pub use crate::curriculum::bounded_queue::{BoundedQueue, Item};

    use crate::curriculum::bounded_queue::{KATA, checks};
    use std::process::ExitCode;

    /// Checks a learner's queue: all that the `main` of the stub does.
    pub fn check<Q: BoundedQueue<Item>>() -> ExitCode {
        crate::harness::run_kata(&KATA, checks::<Q>())
    }
}
