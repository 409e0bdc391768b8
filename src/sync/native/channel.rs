//! Channels over crossbeam's.

mod iter;

use super::TURN;
use super::time::{Duration, Instant, deadline};
use crate::explore::objects::{LAST_END, Object};
use crate::explore::operation::{Operation, Response};
use crate::explore::turn::{self, Handle};
use crate::sync::show;
use crossbeam::channel as real;
use std::fmt;
use std::panic::Location;

pub use crossbeam::channel::{
    RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
};
pub use iter::{IntoIter, Iter, TryIter};

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

fn channel<T>(
    capacity: Option<usize>,
    location: &'static Location<'static>,
) -> (Sender<T>, Receiver<T>) {
    let object = || Object::Channel {
        capacity,
        length: 0,
        senders: 1,
        receivers: 1,
        waiting: 0,
    };
    let channel = Channel {
        object: Handle::register(object, location),
        location,
        hands_over: capacity == Some(0) && turn::is_exploring(),
    };
    let (sender, receiver) = match capacity {
        Some(capacity) if !channel.hands_over => real::bounded(capacity),
        _ => real::unbounded(),
    };
    let sender = Sender {
        channel,
        inner: sender,
    };
    let receiver = Receiver {
        channel,
        inner: receiver,
    };
    (sender, receiver)
}

/// What both ends know of their channel.
#[derive(Clone, Copy)]
struct Channel {
    object: Handle,
    location: &'static Location<'static>,
    /// The capacity is 0, and the engine sees to the handing over: the real channel has to hold
    /// the message from the sender's turn to the receiver's.
    hands_over: bool,
}

impl Channel {
    /// Asks the real channel for its length, in the running task's turn.
    fn observe(
        &self,
        length: impl FnOnce() -> usize,
        location: &'static Location<'static>,
    ) -> usize {
        self.object.step(Operation::Length, location);
        // What is handed over belongs to nobody's queue.
        let length = if self.hands_over { 0 } else { length() };
        turn::note_value(|| Some(length.to_string()));
        length
    }
}

/// The sending end of a channel.
pub struct Sender<T> {
    channel: Channel,
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
        match self.channel.object.step(send, Location::caller()) {
            None => self.inner.send(message),
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
        self.put(response, message).map_err(match response {
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
        let Some(response) = self.channel.object.step(send, Location::caller()) else {
            return self.inner.send_timeout(message, timeout);
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

    /// Does to the real channel what the engine has done to its picture.
    fn put(&self, response: Response, message: T) -> Result<(), T> {
        turn::note_value(|| show(&message));
        if response != Response::Done {
            return Err(message);
        }
        assert!(self.inner.try_send(message).is_ok(), "{TURN}");
        Ok(())
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.channel.object.add_sender();
        Sender {
            channel: self.channel,
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
            turn::note_value(|| (object.senders() == Some(0)).then(|| LAST_END.to_owned()));
        }
    }
}

/// The receiving end of a channel.
pub struct Receiver<T> {
    channel: Channel,
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

    /// Does to the real channel what the engine has done to its picture.
    fn take(&self, response: Response) -> Option<T> {
        if response != Response::Done {
            return None;
        }
        let message = self.inner.try_recv().expect(TURN);
        turn::note_value(|| show(&message));
        Some(message)
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.channel.object.add_receiver();
        Receiver {
            channel: self.channel,
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
            turn::note_value(|| (object.receivers() == Some(0)).then(|| LAST_END.to_owned()));
        }
    }
}

macro_rules! observers {
    ($($end:ident),*) => {$(
        impl<T> $end<T> {
            /// How many messages the channel holds.
            #[track_caller]
            pub fn len(&self) -> usize {
                self.channel.observe(|| self.inner.len(), Location::caller())
            }

            /// True if the channel holds no message.
            #[track_caller]
            pub fn is_empty(&self) -> bool {
                self.channel.observe(|| self.inner.len(), Location::caller()) == 0
            }

            /// True if the channel holds as many messages as it can.
            #[track_caller]
            pub fn is_full(&self) -> bool {
                let length = self.channel.observe(|| self.inner.len(), Location::caller());
                self.capacity().is_some_and(|capacity| length >= capacity)
            }

            /// How many messages the channel can hold; `None` if any number.
            pub fn capacity(&self) -> Option<usize> {
                if self.channel.hands_over { Some(0) } else { self.inner.capacity() }
            }

            /// True if both belong to one channel.
            pub fn same_channel(&self, other: &$end<T>) -> bool {
                self.inner.same_channel(&other.inner)
            }
        }

        impl<T> fmt::Debug for $end<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($end), " { .. }"))
            }
        }
    )*};
}

observers!(Sender, Receiver);
