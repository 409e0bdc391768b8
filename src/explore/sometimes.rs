//! What must be possible: a scenario's `sometimes` properties, over all its executions.

use crate::explore::model::check::Workload;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Which of the properties that a workload's scenario states have held, in any execution.
#[derive(Clone, Default)]
pub(crate) struct Sightings(Arc<Mutex<BTreeMap<String, bool>>>);

impl Sightings {
    /// The workload, with every execution looked at once its final check has passed.
    pub(crate) fn watch(&self, workload: &Workload) -> Workload {
        let sightings = self.clone();
        workload.changed(move |mut scenario| {
            let properties = std::mem::take(&mut scenario.sometimes);
            if properties.is_empty() {
                return scenario;
            }
            let sightings = sightings.clone();
            let check = scenario.finally.take();
            scenario.finally(move || {
                if let Some(check) = check {
                    check();
                }
                for (property, holds) in properties {
                    sightings.note(property, holds());
                }
            })
        })
    }

    fn note(&self, property: String, holds: bool) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *seen.entry(property).or_insert(false) |= holds;
    }

    /// A property that has never held.
    pub(crate) fn missing(&self) -> Option<String> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (property, _) = seen.iter().find(|(_, holds)| !**holds)?;
        Some(property.clone())
    }
}
