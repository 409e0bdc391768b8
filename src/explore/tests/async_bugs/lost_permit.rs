//! A notification that is kept for who comes next, and forgotten when somebody else leaves: who leaves
//! takes an empty queue for the proof that there is none.

use super::Code;
use crate::explore::Scenario;
use crate::sync::Mutex;
use crate::sync::task::block_on;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Empty,
    /// Somebody waits.
    Waiting,
    /// A notification is kept.
    Notified,
}

struct Queue {
    state: State,
    waiting: VecDeque<(u32, Waker)>,
    /// Who is notified and does not know yet.
    notified: Vec<u32>,
}

type Notify = Mutex<Queue>;

/// Who waits for a notification.
struct Notified<'a> {
    notify: &'a Notify,
    number: u32,
    code: Code,
}

impl Notified<'_> {
    fn poll(&self, context: &Context<'_>) -> Poll<()> {
        let mut queue = self.notify.lock();
        let number = self.number;
        if queue.notified.contains(&number) {
            queue.notified.retain(|other| *other != number);
            return Poll::Ready(());
        }
        queue.waiting.retain(|(other, _)| *other != number);
        if queue.state == State::Notified {
            queue.state = State::Empty;
            return Poll::Ready(());
        }
        queue.state = State::Waiting;
        queue.waiting.push_back((number, context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Notified<'_> {
    fn drop(&mut self) {
        let mut queue = self.notify.lock();
        queue.waiting.retain(|(other, _)| *other != self.number);
        let is_known = queue.state == State::Waiting || !self.code.is_mended();
        if queue.waiting.is_empty() && is_known {
            queue.state = State::Empty;
        }
    }
}

fn notify_waiters(notify: &Notify) {
    let mut queue = notify.lock();
    let waiting = std::mem::take(&mut queue.waiting);
    queue
        .notified
        .extend(waiting.iter().map(|(number, _)| *number));
    if queue.state == State::Waiting {
        queue.state = State::Empty;
    }
    drop(queue);
    waiting.into_iter().for_each(|(_, waker)| waker.wake());
}

fn notify_one(notify: &Notify) {
    let mut queue = notify.lock();
    let Some((number, waker)) = queue.waiting.pop_front() else {
        queue.state = State::Notified;
        return;
    };
    queue.notified.push(number);
    if queue.waiting.is_empty() {
        queue.state = State::Empty;
    }
    drop(queue);
    waker.wake();
}

pub(super) fn scenario(code: Code) -> Scenario {
    let notify = Arc::new(Mutex::new(Queue {
        state: State::Empty,
        waiting: VecDeque::new(),
        notified: Vec::new(),
    }));
    let [first, second] = [Arc::clone(&notify), Arc::clone(&notify)];
    let (tells, told) = crate::sync::channel::bounded(1);
    Scenario::new()
        .thread("leaver", move || {
            let leaves = Notified {
                notify: &first,
                number: 1,
                code,
            };
            assert!(
                leaves
                    .poll(&Context::from_waker(Waker::noop()))
                    .is_pending()
            );
            tells.send(()).unwrap();
        })
        .thread("waiter", move || {
            let waits = Notified {
                notify: &second,
                number: 2,
                code,
            };
            block_on(pin!(poll_fn(|context| waits.poll(context))));
        })
        .thread("notifier", move || {
            told.recv().unwrap();
            notify_waiters(&notify);
            notify_one(&notify);
        })
}
