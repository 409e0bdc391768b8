//! A receiver that leaves the waker of its first poll only.

use super::Code;
use crate::explore::Scenario;
use crate::sync::Mutex;
use crate::sync::task::block_on;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Poll, Waker};

#[derive(Default)]
struct Channel {
    message: Option<u32>,
    receiver: Option<Waker>,
}

pub(super) fn scenario(code: Code) -> Scenario {
    let channel = Arc::new(Mutex::new(Channel::default()));
    let its = Arc::clone(&channel);
    Scenario::new()
        .thread("receiver", move || {
            let message = poll_fn(|context| {
                let mut channel = its.lock();
                if let Some(message) = channel.message.take() {
                    return Poll::Ready(message);
                }
                if code.is_mended() || channel.receiver.is_none() {
                    channel.receiver = Some(context.waker().clone());
                }
                Poll::Pending
            });
            assert_eq!(block_on(message), 1);
        })
        .thread("sender", move || {
            let mut channel = channel.lock();
            channel.message = Some(1);
            let receiver = channel.receiver.take();
            drop(channel);
            receiver.into_iter().for_each(Waker::wake);
        })
}
