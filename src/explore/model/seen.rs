//! What an operation has seen and left behind, as the record keeps it: values, not sentences.

use std::fmt;

/// A value that passed through an operation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Value {
    /// `()`: there is nothing to show.
    Unit,
    /// A truth value.
    Bool(bool),
    /// An integer of any size.
    Number(i128),
    /// Any other value, as `{:?}` writes it: its type is not known where the record is read.
    Other(Box<str>),
}

impl Value {
    /// The number, if it is one.
    pub fn number(&self) -> Option<i128> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unit => f.write_str("()"),
            Value::Bool(value) => value.fmt(f),
            Value::Number(value) => value.fmt(f),
            Value::Other(value) => f.write_str(value),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Value {
            fn from(value: $number) -> Self {
                Value::Number(value as i128)
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 i128 isize);

/// What an event shows beside the operation itself.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Seen {
    /// What was read, received, or found under a lock that was taken.
    Read(Value),
    /// What was written, sent, or left under a lock that was given back by who could write to it.
    Wrote(Value),
    /// A lock was given back under which something was written that cannot be shown.
    Changed,
    /// A lock was given back under which nothing was written.
    Kept,
    /// What was read and written in one step.
    Updated {
        /// What was there.
        old: Value,
        /// What is there now.
        new: Value,
    },
    /// An exchange that found another value than it asked for, and wrote nothing.
    Refused {
        /// What was there.
        found: Value,
        /// What it asked for.
        expected: Value,
    },
    /// The dropped end of a channel was the last of its side.
    LastEnd,
}

impl Seen {
    /// What the operation learnt.
    pub fn read(&self) -> Option<&Value> {
        match self {
            Seen::Read(value) | Seen::Updated { old: value, .. } => Some(value),
            Seen::Refused { found, .. } => Some(found),
            Seen::Wrote(_) | Seen::Changed | Seen::Kept | Seen::LastEnd => None,
        }
    }

    /// What the operation left behind.
    pub fn written(&self) -> Option<&Value> {
        match self {
            Seen::Wrote(value) | Seen::Updated { new: value, .. } => Some(value),
            Seen::Read(_) | Seen::Refused { .. } | Seen::Changed | Seen::Kept | Seen::LastEnd => {
                None
            }
        }
    }
}
