//! The ends of the channels that a thread has.

use super::super::program::{CAPACITIES, End, Op, Seen, all_ends};
use crate::sync::engine::channel::{
    Receiver, RecvTimeoutError, Select, SendTimeoutError, Sender, TryRecvError, TrySendError,
    bounded, unbounded,
};
use std::time::Duration;

#[derive(Default)]
pub(super) struct Ends {
    senders: [Option<Sender<u8>>; CAPACITIES.len()],
    receivers: [Option<Receiver<u8>>; CAPACITIES.len()],
}

/// Both ends of those channels of which somebody has an end.
pub(super) fn channels(ends: u8) -> Ends {
    let mut channels = Ends::default();
    for (index, capacity) in CAPACITIES.into_iter().enumerate() {
        if ends & (End::Sender(index).bit() | End::Receiver(index).bit()) != 0 {
            let (sender, receiver) = capacity.map_or_else(unbounded, bounded);
            channels.senders[index] = Some(sender);
            channels.receivers[index] = Some(receiver);
        }
    }
    channels
}

impl Ends {
    pub(super) fn has(&self, end: End) -> bool {
        match end {
            End::Sender(channel) => self.senders[channel].is_some(),
            End::Receiver(channel) => self.receivers[channel].is_some(),
        }
    }

    /// Clones those ends of the set that are there.
    pub(super) fn share(&self, ends: u8) -> Ends {
        let mut shared = Ends::default();
        for end in all_ends().filter(|end| ends & end.bit() != 0) {
            match end {
                End::Sender(channel) => shared.senders[channel].clone_from(&self.senders[channel]),
                End::Receiver(channel) => {
                    shared.receivers[channel].clone_from(&self.receivers[channel]);
                }
            }
        }
        shared
    }

    pub(super) fn drop(&mut self, end: End) {
        match end {
            End::Sender(channel) => drop(self.senders[channel].take()),
            End::Receiver(channel) => drop(self.receivers[channel].take()),
        }
    }

    pub(super) fn drop_all(&mut self) {
        all_ends().for_each(|end| self.drop(end));
    }

    /// The length of a channel, if one of its ends is there.
    pub(super) fn len(&self, channel: usize) -> Option<Seen> {
        let length = match (&self.senders[channel], &self.receivers[channel]) {
            (Some(sender), _) => sender.len(),
            (None, Some(receiver)) => receiver.len(),
            (None, None) => return None,
        };
        Some(Seen::Value(length as u8))
    }

    /// Receives from either of two channels, if both ends are there.
    pub(super) fn select(&self, op: &Op) -> Option<Seen> {
        let [one, other] = op.selects()?;
        let (one, other) = (
            self.receivers[one].as_ref()?,
            self.receivers[other].as_ref()?,
        );
        let mut select = Select::new();
        let first = select.recv(one);
        select.recv(other);
        let chosen = if op.is_timed() {
            let Ok(chosen) = select.select_timeout(SHORT) else {
                return Some(Seen::TimedOut);
            };
            chosen
        } else {
            select.select()
        };
        let receiver = if chosen.index() == first { one } else { other };
        let received = chosen.recv(receiver);
        Some(received.map_or(Seen::Disconnected, Seen::Value))
    }

    /// Performs an operation whose end is there.
    pub(super) fn perform(&self, op: &Op, message: u8) -> Seen {
        match *op {
            Op::Send(c) | Op::TrySend(c) | Op::SendTimeout(c) => {
                send(op, self.senders[c].as_ref().expect("a sender"), message)
            }
            Op::Recv(c) | Op::TryRecv(c) | Op::RecvTimeout(c) => {
                receive(op, self.receivers[c].as_ref().expect("a receiver"))
            }
            _ => unreachable!("{op} is on no channel"),
        }
    }
}

const SHORT: Duration = Duration::from_millis(1);

fn send(op: &Op, sender: &Sender<u8>, message: u8) -> Seen {
    let result = match op {
        Op::Send(_) => sender.send(message).map_err(|_| Seen::Disconnected),
        Op::TrySend(_) => sender.try_send(message).map_err(|error| match error {
            TrySendError::Full(_) => Seen::Full,
            TrySendError::Disconnected(_) => Seen::Disconnected,
        }),
        _ => sender
            .send_timeout(message, SHORT)
            .map_err(|error| match error {
                SendTimeoutError::Timeout(_) => Seen::TimedOut,
                SendTimeoutError::Disconnected(_) => Seen::Disconnected,
            }),
    };
    result.err().unwrap_or(Seen::Yes)
}

fn receive(op: &Op, receiver: &Receiver<u8>) -> Seen {
    let result = match op {
        Op::Recv(_) => receiver.recv().map_err(|_| Seen::Disconnected),
        Op::TryRecv(_) => receiver.try_recv().map_err(|error| match error {
            TryRecvError::Empty => Seen::Empty,
            TryRecvError::Disconnected => Seen::Disconnected,
        }),
        _ => receiver.recv_timeout(SHORT).map_err(|error| match error {
            RecvTimeoutError::Timeout => Seen::TimedOut,
            RecvTimeoutError::Disconnected => Seen::Disconnected,
        }),
    };
    result.map_or_else(|seen| seen, Seen::Value)
}
