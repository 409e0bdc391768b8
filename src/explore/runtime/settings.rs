//! How executions are run.

use crate::explore::execution::Alone;
use crate::explore::model::budget::Limits;
use crate::explore::model::options::Options;
use crate::explore::runtime::watchdog::Watchdog;
use std::sync::Arc;

/// How executions are run.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    /// How many executions an exploration may spend before it goes no further than its list.
    pub(crate) budget: u64,
    pub(crate) recording: bool,
    /// Watches as long as there is a copy of these settings.
    pub(crate) watchdog: Arc<Watchdog>,
    /// A task that is to go round alone.
    pub(crate) alone: Option<Alone>,
}

impl Settings {
    /// Executions as the options want them, of which no record is made.
    pub(crate) fn new(options: &Options) -> Self {
        Settings {
            limits: Limits::of(options),
            budget: options.budget,
            recording: false,
            watchdog: Arc::new(Watchdog::start(options)),
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
