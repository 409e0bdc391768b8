//! What an update of an atomic makes of the values that it finds.

/// What an exchange of an atomic asks for, and what it writes then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exchange<T> {
    pub(crate) current: T,
    pub(crate) new: T,
}

impl<T> Exchange<T> {
    /// The same with both values as `to` has them.
    pub(crate) fn map<U>(self, to: impl Fn(T) -> U) -> Exchange<U> {
        Exchange {
            current: to(self.current),
            new: to(self.new),
        }
    }
}

/// Which values an update of an atomic keeps: it puts back what was there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Keeps {
    Exchange(Exchange<u64>),
    Update {
        /// True if the update, by its operand, keeps the first of the two.
        test: fn(u64, u64) -> bool,
        operand: u64,
    },
}

impl Keeps {
    /// True if this is the value for which an exchange asks.
    pub(crate) fn asks_for(&self, value: u64) -> bool {
        matches!(self, Keeps::Exchange(exchange) if exchange.current == value)
    }

    /// True if the update keeps this value.
    pub(crate) fn keeps(&self, value: u64) -> bool {
        match *self {
            Keeps::Exchange(Exchange { current, new }) => value != current || value == new,
            Keeps::Update { test, operand } => test(value, operand),
        }
    }
}
