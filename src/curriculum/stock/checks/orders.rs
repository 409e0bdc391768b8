//! Workloads: how many bottles there are, and what the clients want of them.

use crate::curriculum::stock::contract::GOOD_ORDERS;
use crate::curriculum::words::{counted, number};
use crate::curriculum::workload::{self, joined, not_a_workload};
use crate::text;
use crate::texts::list;
use std::fmt;
use std::str::FromStr;

/// A stock, and what each client wants of it: `3/2+2` is 3 bottles and two orders of 2.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Orders {
    pub(super) bottles: u32,
    pub(super) wanted: Vec<u32>,
}

impl Orders {
    /// The stock and the orders, in words.
    pub(super) fn in_words(&self) -> String {
        let bottles = counted(self.bottles, "bottle");
        let orders: Vec<String> = self.wanted.iter().map(|&wanted| number(wanted)).collect();
        match &orders[..] {
            [first, others @ ..] if others.iter().all(|other| other == first) => {
                text!(
                    "{bottles}; {orders} of {first}",
                    bottles,
                    orders = counted(orders.len(), "order"),
                    first
                )
            }
            _ => text!(
                "{bottles}; orders of {orders}",
                bottles,
                orders = list(&orders)
            ),
        }
    }

    /// Those with a bottle more, with an order of one more, if that is as good as it was, or with another
    /// client, who wants one bottle.
    pub(super) fn larger(&self) -> Vec<Self> {
        self.larger_by(1)
    }

    /// The same of bad orders, of a stock of which one order can buy all.
    pub(super) fn larger_and_bad(&self) -> Vec<Self> {
        let mut all = self.larger_by(0);
        all.retain(|larger| is_good(larger.bottles));
        all
    }

    /// The same, with another client who wants so many.
    fn larger_by(&self, newcomer: u32) -> Vec<Self> {
        let bottles = self.bottles.checked_add(1);
        let mut all: Vec<Self> = (bottles.into_iter())
            .map(|bottles| Orders {
                bottles,
                ..self.clone()
            })
            .collect();
        let mut wants = |wanted| {
            all.push(Orders {
                wanted,
                ..self.clone()
            })
        };
        for index in 0..self.wanted.len() {
            let mut wanted = self.wanted.clone();
            let before = wanted[index];
            // Good orders stay good, and bad ones bad.
            if let Some(more) = before
                .checked_add(1)
                .filter(|more| is_good(*more) == is_good(before))
            {
                wanted[index] = more;
                wants(wanted);
            }
        }
        wants([&self.wanted[..], &[newcomer]].concat());
        all
    }

    /// The clients' names, and what they want.
    pub(super) fn clients(&self) -> impl Iterator<Item = (String, u32)> {
        let numbered = (1..).zip(self.wanted.iter().copied());
        numbered.map(|(number, wanted)| (format!("client-{number}"), wanted))
    }

    pub(super) fn is_sold_out(&self) -> bool {
        self.buy_all(&self.wanted)
    }

    /// How many clients there are apart from the first.
    pub(super) fn others(&self) -> usize {
        self.wanted.len().saturating_sub(1)
    }

    /// True if nothing is left when the first client is refused, and the others are served.
    pub(super) fn is_sold_out_without_the_first(&self) -> bool {
        match self.wanted.split_first() {
            // A good order is refused only when all is taken.
            Some((first, others)) => is_good(*first) || self.buy_all(others),
            None => false,
        }
    }

    fn buy_all(&self, wanted: &[u32]) -> bool {
        let good = wanted.iter().filter(|&&wanted| is_good(wanted));
        good.map(|&wanted| u64::from(wanted)).sum::<u64>() >= self.bottles.into()
    }
}

/// True if the order asks for as many bottles as one may.
pub(super) fn is_good(wanted: u32) -> bool {
    GOOD_ORDERS.contains(&wanted)
}

impl fmt::Display for Orders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.bottles, joined(&self.wanted, "+"))
    }
}

impl FromStr for Orders {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = || {
            let (bottles, wanted) = text.split_once('/')?;
            let bottles = bottles.parse().ok().filter(|&bottles| bottles > 0)?;
            let wanted = workload::list(wanted, '+')?;
            Some(Orders { bottles, wanted })
        };
        parsed().ok_or_else(|| not_a_workload(text, text!("a stock and the orders"), "3/2+2"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_workload_survives_its_text_form(
            bottles in 1..=u32::MAX,
            wanted in proptest::collection::vec(0..=u32::MAX, 1..=4),
        ) {
            let orders = Orders { bottles, wanted };
            prop_assert_eq!(orders.to_string().parse(), Ok(orders));
        }
    }

    #[test]
    fn what_is_no_workload_is_refused_with_what_was_expected() {
        for text in [
            "",
            "3",
            "0/1",
            "3/",
            "/1",
            "3/x",
            "4294967296/1",
            "1/4294967296",
            "1/2/3",
        ] {
            let error = text.parse::<Orders>().unwrap_err();
            assert!(error.contains("such as `3/2+2`"), "{text}: {error}");
        }
    }

    #[test]
    fn orders_of_as_much_are_told_together() {
        for (orders, words) in [
            ("1/2", "one bottle; one order of two"),
            ("3/2+2", "three bottles; two orders of two"),
            ("99/0+100", "99 bottles; orders of zero and 100"),
        ] {
            assert_eq!(orders.parse::<Orders>().unwrap().in_words(), words);
        }
    }

    #[test]
    fn a_stock_is_sold_out_when_as_much_is_ordered() {
        let is_sold_out = |text: &str| text.parse::<Orders>().unwrap().is_sold_out();
        assert!(is_sold_out("3/2+1") && is_sold_out("3/2+2"));
        assert!(!is_sold_out("3/2+0") && !is_sold_out("3/2+100"));
    }

    #[test]
    fn a_first_client_that_is_refused_may_leave_some() {
        let is_sold_out = |text: &str| {
            text.parse::<Orders>()
                .unwrap()
                .is_sold_out_without_the_first()
        };
        assert!(is_sold_out("3/1+1") && is_sold_out("3/100+3"));
        assert!(!is_sold_out("3/100+2"));
    }
}
