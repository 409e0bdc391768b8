//! How executions are run.

use crate::explore::execution::Alone;
use crate::explore::model::budget::Limits;
use crate::explore::runtime::watchdog::{Watch, Watchdog};
use std::sync::Arc;

/// How executions are run.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) recording: bool,
    pub(crate) watch: Arc<Watch>,
    /// A task that is to go round alone.
    pub(crate) alone: Option<Alone>,
}

impl Settings {
    /// Executions within these limits, under the eyes of this watchdog, of which no record is made.
    pub(crate) fn new(limits: Limits, watchdog: &Watchdog) -> Self {
        Settings {
            limits,
            recording: false,
            watch: watchdog.watch(),
            alone: None,
        }
    }

    /// The same, but for how often loops may look and see the same.
    pub(crate) fn looking(mut self, looks: u8) -> Self {
        self.limits.looks = looks;
        self
    }

    /// The same, recorded.
    pub(crate) fn recorded(self) -> Self {
        Settings {
            recording: true,
            ..self
        }
    }
}
