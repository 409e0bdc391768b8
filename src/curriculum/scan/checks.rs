//! The checks of `scan`, from the simplest to the most demanding.

mod hosts;
mod scenarios;

use super::contract::Scan;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::told_later;
use hosts::Hosts;
use scenarios::Run;

/// What every scan promises, from the simplest to the most demanding.
pub fn checks<S: Scan>() -> Vec<Check> {
    checks_of(S::scan)
}

/// The checks, from the simplest to the most demanding.
fn checks_of(scan: Run) -> Vec<Check> {
    vec![
        check(
            "waits_for_every_probe",
            told_later!(
                "When `scan` returns each host has been probed, once, and there is a finding for each."
            ),
            [&["a", "af", "afu"], &["a", "af"]],
            move |hosts| scenarios::waits_for_every_probe(scan, hosts),
        ),
        check(
            "findings_come_in_the_order_of_the_hosts",
            told_later!(
                "Whichever probe ends first, the findings come in the order in which hosts were given."
            ),
            [&["af", "fa", "afu"], &["af", "fa"]],
            move |hosts| scenarios::findings_come_in_the_order_of_the_hosts(scan, hosts),
        ),
        check(
            "a_host_that_is_given_twice_comes_twice",
            told_later!(
                "A host that is given several times is probed as often, and comes as often."
            ),
            [&["af", "afu"], &["af"]],
            move |hosts| scenarios::a_host_that_is_given_twice_comes_twice(scan, hosts),
        ),
        check(
            "probes_run_at_the_same_time",
            told_later!("However many hosts there are, it takes no longer than with one of them."),
            [&["aa", "aaa"], &["aa"]],
            move |hosts| scenarios::probes_run_at_the_same_time(scan, hosts),
        ),
    ]
}

/// A check of these hosts, for the engine and for loom.
fn check(
    name: &'static str,
    promise: &'static str,
    [exhaustive, loom]: [&[&str]; 2],
    scenario: impl Fn(&Hosts) -> Scenario + Send + Sync + 'static,
) -> Check {
    let check = Check::told(
        name,
        promise,
        Hosts::in_words,
        Hosts::any(),
        listed(exhaustive),
        listed(loom),
        scenario,
    );
    check.growing(Hosts::larger)
}
