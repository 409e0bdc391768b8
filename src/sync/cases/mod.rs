//! What everything here does, under every back end: each case runs outside of explorations, on real
//! threads, and in every execution that the back ends know of.

use super::{BACK_ENDS, explore};
use crate::explore::tests::options;
use crate::explore::{Check, Scenario, Verdict};
use proptest::strategy::Just;

/// Tests, of which each is one case.
macro_rules! cases {
    ($(fn $name:ident() $body:block)*) => {
        $(#[test]
        fn $name() {
            $crate::sync::cases::run(|| $body);
        })*
    };
}

mod objects;
mod threads;

#[track_caller]
fn run(case: fn()) {
    #[cfg(not(loom))]
    super::engine::in_time(case);
    let check = Check::new("case", "holds", Just(0_u8), [0], [0], move |_| {
        let scenario = Scenario::new().leaves_panics_to_joins();
        scenario.thread("only", case)
    });
    for &back_end in BACK_ENDS {
        let verdict = explore(&check, back_end, &options());
        let holds = matches!(
            verdict,
            Verdict::Verified { .. }
                | Verdict::NotRefuted { .. }
                | Verdict::Bounded { .. }
                | Verdict::Inconclusive { .. }
        );
        assert!(holds, "{back_end}: {verdict:#?}");
    }
}
