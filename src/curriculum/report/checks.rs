//! The checks of `report`, from the simplest to the most demanding.

mod hosts;
mod paper;
mod scenarios;

use super::contract::Report;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use hosts::Hosts;
use proptest::strategy::Strategy;
use scenarios::Make;
use std::sync::Arc;

/// What every report promises, from the simplest to the most demanding.
pub fn checks<R: Report>() -> Vec<Check> {
    checks_of(|screen| Arc::new(R::new(screen)))
}

/// The checks, from the simplest to the most demanding.
fn checks_of(make: Make) -> Vec<Check> {
    vec![
        check(
            "one_after_the_other_is_printed",
            told_later!("A thread that reports a host several times prints a block each time."),
            Hosts::any(1..=1, 1..=4),
            [&["a", "f", "u", "aa", "ua"], &["a", "f", "u", "aa", "ua"]],
            move |hosts| scenarios::one_after_the_other_is_printed(make, hosts),
        )
        .growing(Hosts::one_more_report),
        check(
            "blocks_do_not_mix",
            told_later!("The lines of a block stand together, and each block is printed once."),
            Hosts::any(2..=4, 1..=2),
            [&["a+a", "a+f", "af+u"], &["a+a"]],
            move |hosts| scenarios::blocks_do_not_mix(make, hosts),
        ),
        check(
            "probes_run_at_the_same_time",
            told_later!("However many hosts are probed, it takes no longer than with one of them."),
            Hosts::any(2..=4, 1..=1),
            [&["a+a", "a+a+a"], &["a+a"]],
            move |hosts| scenarios::probes_run_at_the_same_time(make, hosts),
        ),
        check(
            "a_probe_that_panics_stops_nobody",
            told_later!("Of a probe that panics nothing is printed, and the other blocks are."),
            Hosts::any_with_panics(),
            [&["p+a", "p+a+f"], &["p+a"]],
            move |hosts| scenarios::a_probe_that_panics_stops_nobody(make, hosts),
        ),
        check(
            "a_slow_probe_holds_up_nobody",
            told_later!(
                "While one probe takes its time, the blocks of the other hosts are printed."
            ),
            Hosts::any(2..=4, 1..=1),
            [&["a+a", "a+a+a"], &["a+a"]],
            move |hosts| scenarios::a_slow_probe_holds_up_nobody(make, hosts),
        ),
    ]
}

/// A check of these hosts, for the engine and for loom.
fn check(
    name: &'static str,
    promise: &'static str,
    generated: impl Strategy<Value = Hosts> + Send + Sync + 'static,
    [exhaustive, loom]: [&[&str]; 2],
    scenario: impl Fn(&Hosts) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        Hosts::in_words,
        generated,
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Hosts::larger)
}
