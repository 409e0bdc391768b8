//! Channels over crossbeam's.

mod iter;
mod observers;
mod rendezvous;
mod select;

use super::TURN;
use super::time::{Duration, Instant, deadline};
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Seen;
use crate::explore::operation::{Operation, Response, TaskId};
use crate::explore::runtime::handle::Handle;
use crate::explore::runtime::schedule_point;
use crate::sync::show;
use crossbeam::channel as real;
use rendezvous::{Rendezvous, kept};
use std::panic::Location;

pub use crate::{select, select_biased};
pub use crossbeam::channel::{
    RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
};
pub use iter::{IntoIter, Iter, TryIter};
pub use select::{Select, SelectTimeoutError, SelectedOperation, TrySelectError};

/// A channel that holds at most `capacity` messages; with 0 a send waits for its receive.
#[track_caller]
pub fn bounded<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    channel(Some(capacity), Location::caller())
}

/// A channel that holds any number of messages.
#[track_caller]
pub fn unbounded<T>() -> (Sender<T>, Receiver<T>) {
    channel(None, Location::caller())
}

/// A channel on which no message ever comes.
#[track_caller]
pub fn never<T>() -> Receiver<T> {
    let location = Location::caller();
    Receiver {
        channel: Channel {
            // Its sender is never dropped.
            object: Handle::register(|| empty(None), location),
            location,
        },
        rendezvous: None,
        inner: real::never(),
    }
}

/// A new channel with one sender and one receiver, to the engine.
fn empty(capacity: Option<usize>) -> Object {
    Object::Channel {
        capacity,
        length: 0,
        senders: 1,
        receivers: 1,
        waiting: 0,
        offers: Default::default(),
        passed: [0; 2],
    }
}

fn channel<T>(
    capacity: Option<usize>,
    location: &'static Location<'static>,
) -> (Sender<T>, Receiver<T>) {
    let channel = Channel {
        object: Handle::register(|| empty(capacity), location),
        location,
    };
    let rendezvous =
        (capacity == Some(0) && schedule_point::is_exploring()).then(Rendezvous::default);
    let (sender, receiver) = match capacity {
        Some(capacity) => real::bounded(capacity),
        None => real::unbounded(),
    };
    let sender = Sender {
        channel,
        rendezvous: rendezvous.clone(),
        inner: sender,
    };
    let receiver = Receiver {
        channel,
        rendezvous,
        inner: receiver,
    };
    (sender, receiver)
}

/// What both ends know of their channel.
#[derive(Clone, Copy)]
struct Channel {
    object: Handle,
    location: &'static Location<'static>,
}

impl Channel {
    /// Asks the real channel for its length, in the running task's turn.
    fn observe(
        &self,
        length: impl FnOnce() -> usize,
        location: &'static Location<'static>,
    ) -> usize {
        self.object.step(Operation::Length, location);
        let length = length();
        schedule_point::note_seen(|| Some(Seen::Read(length.into())));
        length
    }
}

/// The sending end of a channel.
pub struct Sender<T> {
    channel: Channel,
    /// In an exploration, if messages are handed over directly.
    rendezvous: Option<Rendezvous<T>>,
    inner: real::Sender<T>,
}

impl<T> Sender<T> {
    /// Sends a message; waits while the channel is full.
    ///
    /// # Errors
    /// With the message, if there is no receiver left.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        let send = |channel| Operation::Send {
            channel,
            deadline: None,
        };
        let message = self.offer(message, Location::caller());
        match self.channel.object.step(send, Location::caller()) {
            None => self.inner.send(kept(message)),
            Some(response) => self.put(response, message).map_err(SendError),
        }
    }

    /// Sends a message if there is room.
    ///
    /// # Errors
    /// With the message, if the channel is full or there is no receiver left.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        let step = self
            .channel
            .object
            .step(Operation::TrySend, Location::caller());
        let Some(response) = step else {
            return self.inner.try_send(message);
        };
        let partner = schedule_point::take_partner();
        self.put_at_once(response, partner, message)
            .map_err(match response {
                Response::Disconnected => TrySendError::Disconnected,
                _ => TrySendError::Full,
            })
    }

    /// Like [`send`](Self::send), but gives up after `timeout`.
    ///
    /// # Errors
    /// With the message, if the time is over or there is no receiver left.
    #[track_caller]
    pub fn send_timeout(&self, message: T, timeout: Duration) -> Result<(), SendTimeoutError<T>> {
        let send = |channel| Operation::Send {
            channel,
            deadline: deadline(timeout),
        };
        let message = self.offer(message, Location::caller());
        let Some(response) = self.channel.object.step(send, Location::caller()) else {
            return self.inner.send_timeout(kept(message), timeout);
        };
        self.put(response, message).map_err(match response {
            Response::Disconnected => SendTimeoutError::Disconnected,
            _ => SendTimeoutError::Timeout,
        })
    }

    /// Like [`send`](Self::send), but gives up at `deadline`.
    ///
    /// # Errors
    /// With the message, if the time is over or there is no receiver left.
    #[track_caller]
    pub fn send_deadline(&self, message: T, deadline: Instant) -> Result<(), SendTimeoutError<T>> {
        self.send_timeout(message, deadline - Instant::now())
    }

    /// Comes to a channel that hands over directly, with a message that is then in the rendezvous.
    fn offer(&self, message: T, location: &'static Location<'static>) -> Option<T> {
        let Some(rendezvous) = self
            .rendezvous
            .as_ref()
            .filter(|_| schedule_point::is_exploring())
        else {
            return Some(message);
        };
        rendezvous.bring(message, || {
            self.channel.object.step(Operation::OfferSend, location);
        });
        None
    }

    /// Applies to the real channel what the engine did to its model. A message that has been
    /// offered is in the rendezvous.
    fn put(&self, response: Response, message: Option<T>) -> Result<(), T> {
        match (message, &self.rendezvous) {
            (Some(message), _) => self.put_at_once(response, None, message),
            (None, Some(rendezvous)) if response == Response::Done => {
                schedule_point::note_seen(|| rendezvous.show().map(Seen::Wrote));
                rendezvous.hand_over(schedule_point::take_partner());
                Ok(())
            }
            (None, Some(rendezvous)) => {
                let message = rendezvous.take_back().expect(TURN);
                schedule_point::note_seen(|| show(&message).map(Seen::Wrote));
                Err(message)
            }
            (None, None) => unreachable!("what was offered is in the rendezvous"),
        }
    }

    fn put_at_once(
        &self,
        response: Response,
        partner: Option<TaskId>,
        message: T,
    ) -> Result<(), T> {
        schedule_point::note_seen(|| show(&message).map(Seen::Wrote));
        if response != Response::Done {
            return Err(message);
        }
        match &self.rendezvous {
            Some(rendezvous) => rendezvous.leave_for(partner, message),
            None => assert!(self.inner.try_send(message).is_ok(), "{TURN}"),
        }
        Ok(())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.channel.object.add_sender();
        Sender {
            channel: self.channel,
            rendezvous: self.rendezvous.clone(),
            inner: self.inner.clone(),
        }
    }
}

impl<T> Drop for Sender<T> {
    /// Waits for the turn; the real end is dropped after that, as a field.
    fn drop(&mut self) {
        let Channel {
            object, location, ..
        } = self.channel;
        if object.step(Operation::DropSender, location).is_some() {
            schedule_point::note_seen(|| (object.senders() == Some(0)).then_some(Seen::LastEnd));
        }
    }
}

/// The receiving end of a channel.
pub struct Receiver<T> {
    channel: Channel,
    /// In an exploration, if messages are handed over directly.
    rendezvous: Option<Rendezvous<T>>,
    inner: real::Receiver<T>,
}

impl<T> Receiver<T> {
    /// Takes a message; waits while there is none.
    ///
    /// # Errors
    /// If there is no message and no sender left.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        let receive = |channel| Operation::Receive {
            channel,
            deadline: None,
        };
        self.offer(Location::caller());
        match self.channel.object.step(receive, Location::caller()) {
            None => self.inner.recv(),
            Some(response) => self.take(response).ok_or(RecvError),
        }
    }

    /// Takes a message if there is one.
    ///
    /// # Errors
    /// If there is no message, or no sender left either.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let step = self
            .channel
            .object
            .step(Operation::TryReceive, Location::caller());
        let Some(response) = step else {
            return self.inner.try_recv();
        };
        self.take(response).ok_or(match response {
            Response::Disconnected => TryRecvError::Disconnected,
            _ => TryRecvError::Empty,
        })
    }

    /// Like [`recv`](Self::recv), but gives up after `timeout`.
    ///
    /// # Errors
    /// If the time is over, or there is no message and no sender left.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let receive = |channel| Operation::Receive {
            channel,
            deadline: deadline(timeout),
        };
        self.offer(Location::caller());
        let Some(response) = self.channel.object.step(receive, Location::caller()) else {
            return self.inner.recv_timeout(timeout);
        };
        self.take(response).ok_or(match response {
            Response::Disconnected => RecvTimeoutError::Disconnected,
            _ => RecvTimeoutError::Timeout,
        })
    }

    /// Like [`recv`](Self::recv), but gives up at `deadline`.
    ///
    /// # Errors
    /// If the time is over, or there is no message and no sender left.
    #[track_caller]
    pub fn recv_deadline(&self, deadline: Instant) -> Result<T, RecvTimeoutError> {
        self.recv_timeout(deadline - Instant::now())
    }

    /// The messages, until there is no sender left.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// The messages that are there already.
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter(self)
    }

    /// Comes to a channel that hands over directly.
    fn offer(&self, location: &'static Location<'static>) {
        if self.rendezvous.is_some() {
            self.channel.object.step(Operation::OfferReceive, location);
        }
    }

    /// Applies to the real channel what the engine did to its model.
    fn take(&self, response: Response) -> Option<T> {
        self.take_with(response, schedule_point::take_partner())
    }

    fn take_with(&self, response: Response, partner: Option<TaskId>) -> Option<T> {
        if response != Response::Done {
            return None;
        }
        let message = match &self.rendezvous {
            Some(rendezvous) => rendezvous.take_from(partner).expect(TURN),
            None => self.inner.try_recv().expect(TURN),
        };
        schedule_point::note_seen(|| show(&message).map(Seen::Read));
        Some(message)
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.channel.object.add_receiver();
        Receiver {
            channel: self.channel,
            rendezvous: self.rendezvous.clone(),
            inner: self.inner.clone(),
        }
    }
}

impl<T> Drop for Receiver<T> {
    /// Waits for the turn; the real end is dropped after that, as a field, and the last one drops
    /// the messages that nobody has taken.
    fn drop(&mut self) {
        let Channel {
            object, location, ..
        } = self.channel;
        if object.step(Operation::DropReceiver, location).is_some() {
            schedule_point::note_seen(|| (object.receivers() == Some(0)).then_some(Seen::LastEnd));
        }
    }
}
