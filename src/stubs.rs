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
