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
