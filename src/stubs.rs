//! What the learners' files see: for each kata its contract, and the check that is their `main`.

/// The kata `counter`.
pub mod counter {
    pub use crate::curriculum::counter::Counter;

    use crate::curriculum::counter::{KATA, checks};
    use std::process::ExitCode;

    /// Checks a learner's counter: all that the `main` of the stub does.
    #[track_caller]
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
    #[track_caller]
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
    #[track_caller]
    pub fn check<Q: BoundedQueue<Item>>() -> ExitCode {
        crate::harness::run_kata(&KATA, checks::<Q>())
    }
}

/// The kata `sentinel`.
pub mod sentinel {
    pub use crate::curriculum::sentinel::{Deliver, Job, Pipeline, Player, Source};

    use crate::curriculum::sentinel::{KATA, checks};
    use std::process::ExitCode;

    /// Checks a learner's pipeline: all that the `main` of the stub does.
    #[track_caller]
    pub fn check<P: Pipeline>() -> ExitCode {
        crate::harness::run_kata(&KATA, checks::<P>())
    }
}

/// The kata `stock`.
pub mod stock {
    pub use crate::curriculum::stock::{Client, Close, Delivery, GOOD_ORDERS, Stock};

    use crate::curriculum::stock::{KATA, checks};
    use std::process::ExitCode;

    /// Checks a learner's stock: all that the `main` of the stub does.
    #[track_caller]
    pub fn check<S: Stock>() -> ExitCode {
        crate::harness::run_kata(&KATA, checks::<S>())
    }
}

/// The kata `relay`.
pub mod relay {
    pub use crate::curriculum::relay::{Broken, Departure, Name, Relay, Text, WELCOME, Wire};

    use crate::curriculum::relay::{KATA, checks};
    use std::process::ExitCode;

    /// Checks a learner's relay: all that the `main` of the stub does.
    #[track_caller]
    pub fn check<R: Relay>() -> ExitCode {
        crate::harness::run_kata(&KATA, checks::<R>())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_check_knows_the_file_that_calls_it() {
        let source = include_str!("stubs.rs").split("#[cfg(test)]").next();
        let source = source.unwrap_or_default();
        let checks = source.matches("pub fn check<").count();
        assert!(checks > 0);
        assert_eq!(source.matches("#[track_caller]").count(), checks);
    }
}
