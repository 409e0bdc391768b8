//! Channels, made of loom's mutex and of tasks that park.

mod select;
mod shared;

use super::time::{Duration, Instant};
use super::timed::Timed;
use crate::explore::operation::{Operation, Response};
use shared::Shared;
use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

pub use crate::{select, select_biased};
pub use select::{Select, SelectTimeoutError, SelectedOperation, TrySelectError};

pub use crossbeam::channel::{
    RecvError, RecvTimeoutError, SendError, SendTimeoutError, TryRecvError, TrySendError,
};

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
    let (sender, receiver) = channel(None, Location::caller());
    // It never hangs up.
    std::mem::forget(sender);
    receiver
}

fn channel<T>(
    capacity: Option<usize>,
    location: &'static Location<'static>,
) -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared::new(capacity, location));
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

/// The sending end of a channel.
pub struct Sender<T>(Arc<Shared<T>>);

impl<T> Sender<T> {
    /// Sends a message; waits while the channel is full.
    ///
    /// # Errors
    /// With the message, if there is no receiver left.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        let send = self.operation();
        let result = self.0.send(send, message, Location::caller());
        result.map_err(|(_, message)| SendError(message))
    }

    /// Sends a message if there is room.
    ///
    /// # Errors
    /// With the message, if the channel is full or there is no receiver left.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        let try_send = Operation::TrySend(self.0.object.id);
        let result = self.0.send(try_send, message, Location::caller());
        result.map_err(|(response, message)| match response {
            Response::Disconnected => TrySendError::Disconnected(message),
            _ => TrySendError::Full(message),
        })
    }

    /// Like [`send`](Self::send): under loom it never times out.
    ///
    /// # Errors
    /// With the message, if there is no receiver left.
    #[track_caller]
    pub fn send_timeout(&self, message: T, timeout: Duration) -> Result<(), SendTimeoutError<T>> {
        let _timed = Timed::wait(timeout);
        let send = self.operation();
        let result = self.0.send(send, message, Location::caller());
        result.map_err(|(_, message)| SendTimeoutError::Disconnected(message))
    }

    /// Like [`send`](Self::send): under loom it never times out.
    ///
    /// # Errors
    /// With the message, if there is no receiver left.
    #[track_caller]
    pub fn send_deadline(&self, message: T, deadline: Instant) -> Result<(), SendTimeoutError<T>> {
        self.send_timeout(message, deadline - Instant::now())
    }

    fn operation(&self) -> Operation {
        Operation::Send {
            channel: self.0.object.id,
            deadline: None,
        }
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.join(|(senders, _)| senders);
        Sender(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let hang_up = Operation::DropSender(self.0.object.id);
        self.0.leave(hang_up, |(senders, _)| senders);
    }
}

/// The receiving end of a channel.
pub struct Receiver<T>(Arc<Shared<T>>);

impl<T> Receiver<T> {
    /// Takes a message; waits while there is none.
    ///
    /// # Errors
    /// If there is no message and no sender left.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        let result = self.0.receive(self.operation(), Location::caller());
        result.map_err(|_| RecvError)
    }

    /// Takes a message if there is one.
    ///
    /// # Errors
    /// If there is no message, or no sender left either.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let try_receive = Operation::TryReceive(self.0.object.id);
        let result = self.0.receive(try_receive, Location::caller());
        result.map_err(|response| match response {
            Response::Disconnected => TryRecvError::Disconnected,
            _ => TryRecvError::Empty,
        })
    }

    /// Like [`recv`](Self::recv): under loom it never times out.
    ///
    /// # Errors
    /// If there is no message and no sender left.
    #[track_caller]
    pub fn recv_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let _timed = Timed::wait(timeout);
        let result = self.0.receive(self.operation(), Location::caller());
        result.map_err(|_| RecvTimeoutError::Disconnected)
    }

    /// Like [`recv`](Self::recv): under loom it never times out.
    ///
    /// # Errors
    /// If there is no message and no sender left.
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

    fn operation(&self) -> Operation {
        Operation::Receive {
            channel: self.0.object.id,
            deadline: None,
        }
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.0.join(|(_, receivers)| receivers);
        Receiver(Arc::clone(&self.0))
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let hang_up = Operation::DropReceiver(self.0.object.id);
        self.0.leave(hang_up, |(_, receivers)| receivers);
    }
}

macro_rules! observers {
    ($($end:ident),*) => {$(
        impl<T> $end<T> {
            /// How many messages the channel holds.
            #[track_caller]
            pub fn len(&self) -> usize {
                self.0.len(Location::caller())
            }

            /// True if the channel holds no message.
            #[track_caller]
            pub fn is_empty(&self) -> bool {
                self.len() == 0
            }

            /// True if the channel holds as many messages as it can.
            #[track_caller]
            pub fn is_full(&self) -> bool {
                self.0.is_full(Location::caller())
            }

            /// How many messages the channel can hold; `None` if any number.
            pub fn capacity(&self) -> Option<usize> {
                self.0.capacity
            }

            /// True if both belong to one channel.
            pub fn same_channel(&self, other: &$end<T>) -> bool {
                Arc::ptr_eq(&self.0, &other.0)
            }
        }

        impl<T> UnwindSafe for $end<T> {}
        impl<T> RefUnwindSafe for $end<T> {}

        impl<T> fmt::Debug for $end<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($end), " { .. }"))
            }
        }
    )*};
}

observers!(Sender, Receiver);

/// The messages of a channel; see [`Receiver::iter`].
#[derive(Debug)]
pub struct Iter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

/// The messages that are there already; see [`Receiver::try_iter`].
#[derive(Debug)]
pub struct TryIter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.try_recv().ok()
    }
}

/// The messages of a channel, with its receiver.
#[derive(Debug)]
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
