//! Who comes to the latch: those who open it and those who wait, and how often each of them does.

use crate::curriculum::workload::{PerThread, in_words, not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `1+1/2` is two openers, who open it once each, and a waiter who waits twice.
///
/// Somebody opens it: else those who wait would wait for ever.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Crowd {
    /// Those who open it.
    pub opens: PerThread,
    /// Those who wait.
    pub waits: PerThread,
}

impl Crowd {
    /// Few openers, mostly one; some waiters, and now and then one who waits often. Shrinks towards one
    /// opener and one who does not wait.
    pub fn any() -> impl Strategy<Value = Self> {
        let opens =
            prop_oneof![4 => PerThread::any(1..=1, 1..=1), 1 => PerThread::any(1..=2, 1..=2)];
        let waits = prop_oneof![
            15 => PerThread::any(1..=5, 0..=2),
            1 => PerThread::any(1..=1, 0..=300),
        ];
        (opens, waits).prop_map(|(opens, waits)| Crowd { opens, waits })
    }

    /// Those with one more act, of one side.
    pub fn larger(&self) -> Vec<Self> {
        let Crowd { opens, waits } = self;
        let with_waits = |waits| Crowd {
            opens: opens.clone(),
            waits,
        };
        let with_opens = |opens| Crowd {
            opens,
            waits: waits.clone(),
        };
        let more_waits = waits.larger().into_iter().map(with_waits);
        more_waits
            .chain(opens.larger().into_iter().map(with_opens))
            .collect()
    }

    /// Who comes, and how often.
    pub fn in_words(&self) -> String {
        in_words(
            &[
                (noun!("opener"), &self.opens),
                (noun!("waiter"), &self.waits),
            ],
            noun!("call"),
        )
    }

    fn opens_it(&self) -> bool {
        self.opens.threads("").any(|(_, times)| times > 0)
    }
}

impl fmt::Display for Crowd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.opens, self.waits)
    }
}

impl FromStr for Crowd {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let crowd = pair(text, "/").map(|(opens, waits)| Crowd { opens, waits });
        crowd.filter(Crowd::opens_it).ok_or_else(|| {
            let expected = text!("how often each opener opens it, and each waiter waits");
            not_a_workload(text, expected, "1+1/2")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(crowd in Crowd::any()) {
            prop_assert_eq!(crowd.to_string().parse(), Ok(crowd));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "", "2", "2+1", "0/1", "0+0/1", "1+1/", "-1/-1", "65536/1", "two/two",
        ] {
            let error = text.parse::<Crowd>().unwrap_err();
            assert!(error.contains("such as `1+1/2`"), "{text}: {error}");
        }
    }
}
