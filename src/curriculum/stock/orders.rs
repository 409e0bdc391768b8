//! Workloads: how many bottles there are, and what the clients want of them.

use crate::curriculum::workload::PerThread;
use std::fmt;
use std::str::FromStr;

/// A stock, and what each client wants of it: `3/2+2` is 3 bottles and two orders of 2.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Orders {
    pub(super) bottles: u8,
    pub(super) wanted: PerThread,
}

impl Orders {
    pub(super) fn bottles(&self) -> u32 {
        self.bottles.into()
    }

    /// The clients' names, and what they want.
    pub(super) fn clients(&self) -> impl Iterator<Item = (String, u32)> {
        let clients = self.wanted.threads("client");
        clients.map(|(name, wanted)| (name, wanted as u32))
    }

    pub(super) fn is_sold_out(&self) -> bool {
        self.wanted.total() >= self.bottles.into()
    }
}

impl fmt::Display for Orders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.bottles, self.wanted)
    }
}

impl FromStr for Orders {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = || {
            let (bottles, wanted) = text.split_once('/')?;
            let bottles = bottles.parse().ok().filter(|&bottles| bottles > 0)?;
            let wanted = wanted.parse().ok()?;
            Some(Orders { bottles, wanted })
        };
        parsed().ok_or_else(|| {
            format!("`{text}` is no workload; expected a stock and the orders, such as `3/2+2`")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(
            bottles in 1..=u8::MAX,
            wanted in PerThread::any(1..=4, 0..=u8::MAX),
        ) {
            let orders = Orders { bottles, wanted };
            prop_assert_eq!(orders.to_string().parse(), Ok(orders));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in ["", "3", "0/1", "3/", "/1", "3/x", "256/1", "1/2/3"] {
            let error = text.parse::<Orders>().unwrap_err();
            assert!(error.contains("such as `3/2+2`"), "{text}: {error}");
        }
    }

    #[test]
    fn a_stock_is_sold_out_when_as_much_is_ordered() {
        let is_sold_out = |text: &str| text.parse::<Orders>().unwrap().is_sold_out();
        assert!(is_sold_out("3/2+1") && is_sold_out("3/2+2"));
        assert!(!is_sold_out("3/2+0"));
    }
}
