//! Channels with a queue, and the ends of all channels.

use super::state::State;
use super::steps::Step;
use crate::explore::tests::oracle::program::{CAPACITIES, End, Op, Seen, message};

impl State {
    pub(super) fn drop_end(&mut self, id: usize, end: End) {
        self.tasks[id].ends &= !end.bit();
        match end {
            End::Sender(channel) => self.channels[channel].senders -= 1,
            End::Receiver(number) => {
                let channel = &mut self.channels[number];
                channel.receivers -= 1;
                // crossbeam's bounded channels go on counting what nobody can receive any more.
                if channel.receivers == 0 && CAPACITIES[number].is_none() {
                    channel.messages.clear();
                }
            }
        }
    }
}

impl Step<'_> {
    /// Receives from any of the channels at which that is possible, or gives up if none is.
    pub(super) fn select(&mut self, op: &Op, channels: [usize; 2]) {
        let before = self.after.len();
        for channel in channels {
            let state = &self.before.channels[channel];
            if let Some(&message) = state.messages.front() {
                self.done(|state, _| {
                    state.channels[channel].messages.pop_front();
                    Seen::Value(message)
                });
            } else if let Some(&sender) = state.waiting_senders.front() {
                self.done(|state, _| Seen::Value(state.meet_sender(channel, sender)));
            } else if state.senders == 0 {
                self.sees(Seen::Disconnected);
            }
        }
        if self.after.len() == before && op.is_timed() {
            self.sees(Seen::TimedOut);
        }
    }

    /// What this task sends.
    pub(super) fn message(&self) -> u8 {
        message(self.id, self.before.tasks[self.id].at)
    }

    pub(super) fn send(&mut self, op: &Op, channel: usize, capacity: Option<usize>) {
        let state = &self.before.channels[channel];
        let is_full = capacity.is_some_and(|capacity| state.messages.len() >= capacity);
        match op {
            _ if state.receivers == 0 => self.sees(Seen::Disconnected),
            Op::Send(_) if is_full => {}
            Op::TrySend(_) if is_full => self.sees(Seen::Full),
            _ if is_full => self.sees(Seen::TimedOut),
            _ => {
                let message = self.message();
                self.done(|state, _| {
                    state.channels[channel].messages.push_back(message);
                    Seen::Yes
                });
            }
        }
    }

    pub(super) fn receive(&mut self, op: &Op, channel: usize) {
        let state = &self.before.channels[channel];
        match (op, state.messages.front()) {
            (_, Some(&message)) => self.done(|state, _| {
                state.channels[channel].messages.pop_front();
                Seen::Value(message)
            }),
            _ if state.senders == 0 => self.sees(Seen::Disconnected),
            (Op::Recv(_), None) => {}
            (Op::TryRecv(_), None) => self.sees(Seen::Empty),
            _ => self.sees(Seen::TimedOut),
        }
    }
}
