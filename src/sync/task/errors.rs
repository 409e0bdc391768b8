//! Why a task has no result.

use std::any::Any;
use std::fmt;

/// Why a task has no result: it panicked, or was given up.
pub struct JoinError(pub(super) Why);

pub(super) enum Why {
    Panicked(Box<dyn Any + Send>),
    Aborted,
}

impl JoinError {
    pub(super) fn panicked(payload: Box<dyn Any + Send>) -> Self {
        JoinError(Why::Panicked(payload))
    }

    /// True if the task panicked.
    pub fn is_panic(&self) -> bool {
        matches!(self.0, Why::Panicked(_))
    }

    /// True if the task was given up.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.0, Why::Aborted)
    }

    /// What the task panicked with.
    ///
    /// # Errors
    /// If it did not panic.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, JoinError> {
        match self.0 {
            Why::Panicked(payload) => Ok(payload),
            Why::Aborted => Err(self),
        }
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Why::Panicked(_) => "the task panicked",
            Why::Aborted => "the task was given up",
        })
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JoinError({self})")
    }
}

impl std::error::Error for JoinError {}
