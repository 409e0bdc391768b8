//! Channels of capacity 0: a sender and a receiver meet, and then each goes its way.

use super::state::{Channel, Stage, State};
use super::steps::Step;
use crate::explore::tests::oracle::program::{Op, Seen, message};
use std::collections::VecDeque;

impl Step<'_> {
    pub(super) fn hand_over(&mut self, op: &Op, channel: usize) {
        let before = &self.before.channels[channel];
        let (receiver, is_left_alone) = (before.waiting_receivers.front(), before.receivers == 0);
        let message = self.message();
        match (op, self.stage(), receiver) {
            (Op::TrySend(_), _, Some(&receiver)) => self.done(|state, _| {
                state.meet_receiver(channel, receiver, message);
                Seen::Yes
            }),
            (Op::TrySend(_), _, None) => self.sees(if is_left_alone {
                Seen::Disconnected
            } else {
                Seen::Full
            }),
            (_, Stage::Before, Some(&receiver)) => {
                self.reaches(Stage::Matched(None), |state| {
                    state.meet_receiver(channel, receiver, message);
                });
            }
            (_, Stage::Before, None) => {
                self.arrive(channel, |channel| &mut channel.waiting_senders)
            }
            (_, Stage::Matched(_), _) => self.sees(Seen::Yes),
            _ => self.leave(op, channel, is_left_alone),
        }
    }

    pub(super) fn take_over(&mut self, op: &Op, channel: usize) {
        let before = &self.before.channels[channel];
        let (sender, is_left_alone) = (before.waiting_senders.front(), before.senders == 0);
        match (op, self.stage(), sender) {
            (Op::TryRecv(_), _, Some(&sender)) => {
                self.done(|state, _| Seen::Value(state.meet_sender(channel, sender)))
            }
            (Op::TryRecv(_), _, None) => self.sees(if is_left_alone {
                Seen::Disconnected
            } else {
                Seen::Empty
            }),
            (_, Stage::Before, Some(&sender)) => self.adds(|state, id| {
                let message = state.meet_sender(channel, sender);
                state.tasks[id].stage = Stage::Matched(Some(message));
            }),
            (_, Stage::Before, None) => {
                self.arrive(channel, |channel| &mut channel.waiting_receivers)
            }
            // A receiver that cannot time out leaves after its sender.
            (Op::Recv(_), Stage::Matched(Some(message)), _)
                if self.before.is_sent_by_one_who_is_there(message) => {}
            (_, Stage::Matched(message), _) => {
                self.sees(Seen::Value(message.expect("a receiver is given a message")));
            }
            _ => self.leave(op, channel, is_left_alone),
        }
    }

    fn arrive(&mut self, channel: usize, queue: fn(&mut Channel) -> &mut VecDeque<usize>) {
        let id = self.id;
        self.reaches(Stage::Arrived, |state| {
            queue(&mut state.channels[channel]).push_back(id)
        });
    }

    /// Leaves unmatched, if it may.
    fn leave(&mut self, op: &Op, channel: usize, is_left_alone: bool) {
        let result = match op {
            _ if is_left_alone => Seen::Disconnected,
            Op::SendTimeout(_) | Op::RecvTimeout(_) => Seen::TimedOut,
            _ => return,
        };
        self.done(|state, id| {
            let channel = &mut state.channels[channel];
            channel.waiting_senders.retain(|&waiting| waiting != id);
            channel.waiting_receivers.retain(|&waiting| waiting != id);
            result
        });
    }
}

impl State {
    /// Hands a message to the receiver that waits.
    fn meet_receiver(&mut self, channel: usize, receiver: usize, message: u8) {
        self.channels[channel].waiting_receivers.pop_front();
        self.tasks[receiver].stage = Stage::Matched(Some(message));
    }

    /// True if the sender of this message has a partner, and has not left.
    fn is_sent_by_one_who_is_there(&self, sent: u8) -> bool {
        let mut tasks = self.tasks.iter().enumerate();
        tasks.any(|(id, task)| {
            matches!(task.stage, Stage::Matched(None)) && message(id, task.at) == sent
        })
    }

    /// Takes the message of the sender that waits.
    pub(super) fn meet_sender(&mut self, channel: usize, sender: usize) -> u8 {
        self.channels[channel].waiting_senders.pop_front();
        self.tasks[sender].stage = Stage::Matched(None);
        message(sender, self.tasks[sender].at)
    }
}
