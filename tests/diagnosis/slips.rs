//! The slips of all katas are called what their files say.

use kata::curriculum::{self, Slip};
use kata::diagnosis::{Label, diagnose};
use kata::explore::{BackEnd, Check};
use kata::harness;
use kata::sync::{self, BACK_ENDS};

/// What the slip is called under the back end.
fn name(slip: &Slip, back_end: BackEnd) -> Option<Label> {
    let caught_by = |check: &Check| check.name == slip.caught_by;
    let check = (slip.checks)().into_iter().find(caught_by).unwrap();
    let verdict = sync::explore(&check, back_end, &harness::options());
    let failure = verdict
        .failure()
        .unwrap_or_else(|| panic!("{} is not caught", slip.name));
    diagnose(failure).label()
}

#[test]
fn every_slip_is_called_what_it_is() {
    let mut wrong = Vec::new();
    for kata in curriculum::all() {
        for slip in kata.slips {
            for &back_end in BACK_ENDS.iter().filter(|b| slip.is_caught_under(**b)) {
                let (found, expected) = (name(slip, back_end), slip.pattern(back_end));
                if found != expected {
                    wrong.push(format!(
                        "{}/{} under {back_end}: {found:?}, not {expected:?}",
                        kata.name, slip.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
