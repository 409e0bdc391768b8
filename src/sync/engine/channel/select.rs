//! Selections: whichever of several operations on channels can go on first.
//!
//! Outside of explorations they are crossbeam's. In one, a selection tries its operations in turn, each
//! by an attempt that is a step of its own; at which it begins is a choice, and all of them are explored.
//! If none could go on it waits until something has changed at one of its channels, and tries again. At a
//! channel without room it so meets [who comes to stay](crate::explore::execution), and nobody else.
//!
//! From the choice to its completion the real channel is not yet as the engine's. So nobody else may have
//! a turn in between: an execution in which the message, say, is made by operations of its own is given
//! up.

use super::{Receiver, RecvError, SendError, Sender};
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::runtime::schedule_point;
use crate::sync::engine::time::{Duration, Instant, deadline};
use crossbeam::channel as real;
use std::fmt;
use std::panic::Location;
use std::thread;

pub use crossbeam::channel::{SelectTimeoutError, TrySelectError};

/// An operation that a selection can choose.
trait Arm: Sync {
    /// Adds it to a selection of crossbeam's.
    fn enlist<'a>(&'a self, select: &mut real::Select<'a>);

    /// Performs it if it can go on; what it came to, and with whom.
    fn attempt(&self, location: &'static Location<'static>) -> Option<Attempt>;

    /// What tells its end of the channel from others.
    fn address(&self) -> usize;
}

type Attempt = (Response, Option<TaskId>);

impl<T: Send> Arm for Sender<T> {
    fn enlist<'a>(&'a self, select: &mut real::Select<'a>) {
        select.send(&self.inner);
    }

    fn attempt(&self, location: &'static Location<'static>) -> Option<Attempt> {
        let response = self.channel.object.step(Operation::TrySend, location)?;
        attempted(response)
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

impl<T: Send> Arm for Receiver<T> {
    fn enlist<'a>(&'a self, select: &mut real::Select<'a>) {
        select.recv(&self.inner);
    }

    fn attempt(&self, location: &'static Location<'static>) -> Option<Attempt> {
        let response = self.channel.object.step(Operation::TryReceive, location)?;
        attempted(response)
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

fn attempted(response: Response) -> Option<Attempt> {
    if response == Response::WouldBlock {
        return None;
    }
    schedule_point::has_chosen(true);
    Some((response, schedule_point::take_partner()))
}

/// A list of operations on channels, of which one is chosen that can go on.
#[derive(Default)]
pub struct Select<'a> {
    /// In the order in which they were added; `None` once removed.
    arms: Vec<Option<&'a dyn Arm>>,
    is_biased: bool,
}

impl<'a> Select<'a> {
    /// No operation yet. Of several that can go on any is chosen.
    pub fn new() -> Self {
        Select::default()
    }

    /// No operation yet. Of several that can go on the one is chosen that was added first.
    pub fn new_biased() -> Self {
        Select {
            is_biased: true,
            ..Select::default()
        }
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
        if !schedule_point::is_exploring() {
            let (mut real, places) = self.real();
            return real.try_select().map(|chosen| self.chosen(chosen, &places));
        }
        let location = Location::caller();
        self.attempt(self.first(location), location)
            .ok_or(TrySelectError)
    }

    /// Chooses an operation that can go on; waits while there is none.
    ///
    /// # Panics
    /// Panics if the list is empty.
    #[track_caller]
    pub fn select(&mut self) -> SelectedOperation<'a> {
        if !schedule_point::is_exploring() {
            let (mut real, places) = self.real();
            return self.chosen(real.select(), &places);
        }
        let is_empty = self.arms.iter().all(Option::is_none);
        assert!(!is_empty, "no operations have been added to `Select`");
        let chosen = self.wait(None, Location::caller());
        chosen.expect("without a deadline it waits until an operation can go on")
    }

    /// Like [`select`](Self::select), but gives up after `timeout`.
    ///
    /// # Errors
    /// If no operation could go on until then.
    #[track_caller]
    pub fn select_timeout(
        &mut self,
        timeout: Duration,
    ) -> Result<SelectedOperation<'a>, SelectTimeoutError> {
        if !schedule_point::is_exploring() {
            let (mut real, places) = self.real();
            let chosen = real.select_timeout(timeout);
            return chosen.map(|chosen| self.chosen(chosen, &places));
        }
        let chosen = self.wait(deadline(timeout), Location::caller());
        chosen.ok_or(SelectTimeoutError)
    }

    /// Like [`select`](Self::select), but gives up at `deadline`.
    ///
    /// # Errors
    /// If no operation could go on until then.
    #[track_caller]
    pub fn select_deadline(
        &mut self,
        deadline: Instant,
    ) -> Result<SelectedOperation<'a>, SelectTimeoutError> {
        self.select_timeout(deadline - Instant::now())
    }

    fn add(&mut self, arm: &'a dyn Arm) -> usize {
        self.arms.push(Some(arm));
        self.arms.len() - 1
    }

    fn there(&self) -> impl Iterator<Item = (usize, &'a dyn Arm)> + Clone + '_ {
        let arms = self.arms.iter().enumerate();
        arms.filter_map(|(index, arm)| Some((index, (*arm)?)))
    }

    /// The same as a selection of crossbeam's, whose operations have these indices here.
    fn real(&self) -> (real::Select<'a>, Vec<usize>) {
        let mut real = if self.is_biased {
            real::Select::new_biased()
        } else {
            real::Select::new()
        };
        self.there().for_each(|(_, arm)| arm.enlist(&mut real));
        (real, self.there().map(|(index, _)| index).collect())
    }

    fn chosen(
        &self,
        chosen: real::SelectedOperation<'a>,
        places: &[usize],
    ) -> SelectedOperation<'a> {
        let index = places[chosen.index()];
        SelectedOperation {
            index,
            address: self.arms[index].map_or(0, Arm::address),
            what: Some(What::Real(chosen)),
        }
    }

    /// Begins a selection in an exploration: at which operation it looks first.
    fn first(&self, location: &'static Location<'static>) -> usize {
        let candidates = if self.is_biased {
            1
        } else {
            self.there().count()
        };
        let count = u8::try_from(candidates).expect("a selection has up to 255 operations");
        schedule_point::choose_one(count, true, location).unwrap_or_default()
    }

    /// Tries every operation once, from one on.
    fn attempt(
        &self,
        first: usize,
        location: &'static Location<'static>,
    ) -> Option<SelectedOperation<'a>> {
        let all = self.there();
        let mut in_turn = all.clone().skip(first).chain(all.take(first));
        in_turn.find_map(|(index, arm)| {
            let what = Some(What::Explored(arm.attempt(location)?));
            let address = arm.address();
            Some(SelectedOperation {
                index,
                address,
                what,
            })
        })
    }

    fn wait(
        &self,
        deadline: Option<Duration>,
        location: &'static Location<'static>,
    ) -> Option<SelectedOperation<'a>> {
        let first = self.first(location);
        // It waits for its own channels, whatever was looked at before.
        schedule_point::forget_looks();
        loop {
            if let Some(chosen) = self.attempt(first, location) {
                return Some(chosen);
            }
            let wait = schedule_point::step(Operation::Await { deadline }, location);
            if wait == Some(Response::TimedOut) {
                return None;
            }
        }
    }
}

impl Clone for Select<'_> {
    fn clone(&self) -> Self {
        Select {
            arms: self.arms.clone(),
            is_biased: self.is_biased,
        }
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
    what: Option<What<'a>>,
}

enum What<'a> {
    Real(real::SelectedOperation<'a>),
    Explored(Attempt),
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
    pub fn send<T: Send>(mut self, sender: &Sender<T>, message: T) -> Result<(), SendError<T>> {
        assert_eq!(
            self.address,
            sender.address(),
            "passed a sender that wasn't selected"
        );
        match self.what.take() {
            Some(What::Real(real)) => real.send(&sender.inner, message),
            Some(What::Explored((response, partner))) => {
                schedule_point::has_chosen(false);
                let sent = sender.put_at_once(response, partner, message);
                sent.map_err(SendError)
            }
            None => unreachable!("it is completed once"),
        }
    }

    /// Completes a receive.
    ///
    /// # Errors
    /// If there is no message and no sender left.
    ///
    /// # Panics
    /// Panics if it is another operation.
    pub fn recv<T: Send>(mut self, receiver: &Receiver<T>) -> Result<T, RecvError> {
        assert_eq!(
            self.address,
            receiver.address(),
            "passed a receiver that wasn't selected"
        );
        match self.what.take() {
            Some(What::Real(real)) => real.recv(&receiver.inner),
            Some(What::Explored((response, partner))) => {
                schedule_point::has_chosen(false);
                receiver.take_with(response, partner).ok_or(RecvError)
            }
            None => unreachable!("it is completed once"),
        }
    }
}

impl Drop for SelectedOperation<'_> {
    fn drop(&mut self) {
        if let Some(What::Explored(_)) = self.what {
            assert!(
                thread::panicking(),
                "dropped `SelectedOperation` without completing the operation"
            );
            schedule_point::abandons_choice();
        }
    }
}

impl fmt::Debug for SelectedOperation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SelectedOperation { .. }")
    }
}
