//! Who releases permits, and who takes them.

use crate::curriculum::workload::{PerThread, in_words, not_a_workload, pair};
use crate::{noun, text};
use proptest::prelude::*;
use std::fmt;
use std::str::FromStr;

/// `1+1/2` is two who release a permit each, and a user who takes two.
///
/// No more are taken than released: else somebody would wait for ever.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// Who releases permits, without having taken any.
    pub releases: PerThread,
    /// Who takes them.
    pub acquires: PerThread,
}

impl Exchange {
    /// As many on either side, in one thread or in one thread each; shrinks towards nobody.
    pub fn any() -> impl Strategy<Value = Self> {
        let side = |permits: u16| {
            let each = vec![1; permits.into()];
            prop_oneof![Just(vec![permits]), Just(each)].prop_map(PerThread::new)
        };
        let sides = (1..=4_u16).prop_flat_map(move |permits| (side(permits), side(permits)));
        sides.prop_map(|(releases, acquires)| Exchange { releases, acquires })
    }

    /// Those with one more that is released, or one more that is taken if there is one for it.
    pub fn larger(&self) -> Vec<Self> {
        let Exchange { releases, acquires } = self;
        let with_releases = |releases| Exchange {
            releases,
            acquires: acquires.clone(),
        };
        let with_acquires = |acquires| Exchange {
            releases: releases.clone(),
            acquires,
        };
        let more = releases.larger().into_iter().map(with_releases);
        let taken = acquires.larger().into_iter().map(with_acquires);
        more.chain(taken.filter(Exchange::has_enough)).collect()
    }

    /// Who comes, and how often.
    pub fn in_words(&self) -> String {
        in_words(
            &[
                (noun!("releaser"), &self.releases),
                (noun!("user"), &self.acquires),
            ],
            noun!("permit"),
        )
    }

    fn has_enough(&self) -> bool {
        self.releases.total() >= self.acquires.total()
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.releases, self.acquires)
    }
}

impl FromStr for Exchange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let exchange = pair(text, "/").map(|(releases, acquires)| Exchange { releases, acquires });
        exchange.filter(Exchange::has_enough).ok_or_else(|| {
            let expected =
                text!("how many permits each releaser releases, and each user takes of these");
            not_a_workload(text, expected, "1+1/2")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest! {
        #[test]
        fn an_exchange_survives_its_text_form(exchange in Exchange::any()) {
            prop_assert_eq!(exchange.to_string().parse(), Ok(exchange));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "", "2", "2+1", "1/2", "1/1+1", "-1/-1", "65536/1", "two/two",
        ] {
            let error = text.parse::<Exchange>().unwrap_err();
            assert!(error.contains("such as `1+1/2`"), "{text}: {error}");
        }
    }
}
