//! Selections: whichever of several operations on channels can go on first.
//!
//! Of several that can go on, the first of the list is chosen: the others are not tried.

use super::shared::Selecting;
use super::{Receiver, RecvError, SendError, Sender};
use crate::explore::operation::{Operation, Response};
use crate::explore::verdict::FailureKind;
use crate::sync::loom::execution;
use crate::sync::loom::step::{self, StepResult, step};
use crate::sync::loom::time::{Duration, Instant};
use crate::sync::loom::timed::Timed;
use std::fmt;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use crossbeam::channel::{SelectTimeoutError, TrySelectError};

/// An operation that a selection can choose.
trait Arm: Sync {
    fn attempt(&self, location: &'static Location<'static>) -> Option<Response>;

    fn tell(&self, selecting: &Selecting);

    /// True if messages go directly from a sender to a receiver.
    fn hands_over(&self) -> bool;

    /// What tells its end of the channel from others.
    fn address(&self) -> usize;
}

impl<T: Send> Arm for Sender<T> {
    fn attempt(&self, location: &'static Location<'static>) -> Option<Response> {
        let operation = Operation::TrySend(self.0.object.id);
        self.0.attempt(operation, location)
    }

    fn tell(&self, selecting: &Selecting) {
        self.0.tell(selecting);
    }

    fn hands_over(&self) -> bool {
        self.0.capacity == Some(0)
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

impl<T: Send> Arm for Receiver<T> {
    fn attempt(&self, location: &'static Location<'static>) -> Option<Response> {
        let operation = Operation::TryReceive(self.0.object.id);
        self.0.attempt(operation, location)
    }

    fn tell(&self, selecting: &Selecting) {
        self.0.tell(selecting);
    }

    fn hands_over(&self) -> bool {
        self.0.capacity == Some(0)
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

/// Why a selection ends the execution.
const NO_RENDEZVOUS: &str = "under loom, selections are only for channels that have room";

/// A list of operations on channels, of which one is chosen that can go on.
#[derive(Default)]
pub struct Select<'a> {
    /// In the order in which they were added; `None` once removed.
    arms: Vec<Option<&'a dyn Arm>>,
}

impl<'a> Select<'a> {
    /// No operation yet.
    pub fn new() -> Self {
        Select::default()
    }

    /// No operation yet.
    pub fn new_biased() -> Self {
        Select::default()
    }

    /// Adds a send; returns its index.
    pub fn send<T: Send>(&mut self, sender: &'a Sender<T>) -> usize {
        self.add(sender)
    }

    /// Adds a receive; returns its index.
    pub fn recv<T: Send>(&mut self, receiver: &'a Receiver<T>) -> usize {
        self.add(receiver)
    }

    /// Removes an operation, which keeps its index.
    ///
    /// # Panics
    /// Panics if there is none with this index, or it was removed before.
    pub fn remove(&mut self, index: usize) {
        let arm = self.arms.get_mut(index).and_then(Option::take);
        assert!(arm.is_some(), "no operation has the index {index}");
    }

    /// Chooses an operation that can go on.
    ///
    /// # Errors
    /// If there is none.
    #[track_caller]
    pub fn try_select(&mut self) -> Result<SelectedOperation<'a>, TrySelectError> {
        self.attempt(Location::caller()).ok_or(TrySelectError)
    }

    /// Chooses an operation that can go on; waits while there is none.
    ///
    /// # Panics
    /// Panics if the list is empty.
    #[track_caller]
    pub fn select(&mut self) -> SelectedOperation<'a> {
        let is_empty = self.arms.iter().all(Option::is_none);
        assert!(!is_empty, "no operations have been added to `Select`");
        let location = Location::caller();
        loop {
            let selecting = Selecting {
                task: execution::with(|execution| execution.running),
                changed: Arc::new(AtomicBool::new(false)),
            };
            for arm in self.arms.iter().flatten() {
                arm.tell(&selecting);
            }
            if let Some(chosen) = self.attempt(location) {
                // The other channels need not tell any more.
                selecting.changed.store(true, Ordering::Relaxed);
                return chosen;
            }
            let wait = Operation::Await { deadline: None };
            step(None, wait, location, |task| {
                // Relaxed: it orders nothing, for tasks share an OS thread.
                if !selecting.changed.load(Ordering::Relaxed) {
                    step::park(task);
                }
                StepResult::done((), None)
            });
        }
    }

    /// Like [`select`](Self::select): under loom it never times out.
    ///
    /// # Errors
    /// Never.
    #[track_caller]
    pub fn select_timeout(
        &mut self,
        timeout: Duration,
    ) -> Result<SelectedOperation<'a>, SelectTimeoutError> {
        let _timed = Timed::wait(timeout);
        Ok(self.select())
    }

    /// Like [`select`](Self::select): under loom it never times out.
    ///
    /// # Errors
    /// Never.
    #[track_caller]
    pub fn select_deadline(
        &mut self,
        deadline: Instant,
    ) -> Result<SelectedOperation<'a>, SelectTimeoutError> {
        self.select_timeout(deadline - Instant::now())
    }

    fn add(&mut self, arm: &'a dyn Arm) -> usize {
        if arm.hands_over() {
            step::fail(FailureKind::BackEnd {
                message: NO_RENDEZVOUS.to_owned(),
            });
        }
        self.arms.push(Some(arm));
        self.arms.len() - 1
    }

    fn attempt(&self, location: &'static Location<'static>) -> Option<SelectedOperation<'a>> {
        let mut arms = self.arms.iter().enumerate();
        arms.find_map(|(index, arm)| {
            let arm = (*arm)?;
            Some(SelectedOperation {
                index,
                address: arm.address(),
                response: arm.attempt(location)?,
                arms: std::marker::PhantomData,
            })
        })
    }
}

impl Clone for Select<'_> {
    fn clone(&self) -> Self {
        let arms = self.arms.clone();
        Select { arms }
    }
}

impl fmt::Debug for Select<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Select { .. }")
    }
}

/// An operation that was chosen, and has to be completed at once.
#[must_use]
pub struct SelectedOperation<'a> {
    index: usize,
    address: usize,
    response: Response,
    arms: std::marker::PhantomData<&'a ()>,
}

impl SelectedOperation<'_> {
    /// Which one it is.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Completes a send.
    ///
    /// # Errors
    /// With the message, if there is no receiver left.
    ///
    /// # Panics
    /// Panics if it is another operation.
    pub fn send<T: Send>(self, sender: &Sender<T>, message: T) -> Result<(), SendError<T>> {
        assert_eq!(
            self.address,
            sender.address(),
            "passed a sender that wasn't selected"
        );
        sender.0.put(self.response, message).map_err(SendError)
    }

    /// Completes a receive.
    ///
    /// # Errors
    /// If there is no message and no sender left.
    ///
    /// # Panics
    /// Panics if it is another operation.
    pub fn recv<T: Send>(self, receiver: &Receiver<T>) -> Result<T, RecvError> {
        assert_eq!(
            self.address,
            receiver.address(),
            "passed a receiver that wasn't selected"
        );
        receiver.0.take(self.response).ok_or(RecvError)
    }
}

impl fmt::Debug for SelectedOperation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SelectedOperation { .. }")
    }
}
