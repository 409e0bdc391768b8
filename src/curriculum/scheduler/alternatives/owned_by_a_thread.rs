//! A thread owns all that is pending, and nobody needs a lock: each call is a message to it, with a
//! channel for the answer. Whoever is in `run` asks it for an action.

use kata::scheduler::{Action, Event, NotPending, Scheduler};
use kata::sync::channel::{self, Receiver, RecvTimeoutError, Sender};
use kata::sync::thread;
use kata::sync::time::{Duration, Instant};
use std::collections::{BTreeMap, VecDeque};

/// What is checked.
pub type Solution = OwnedByAThread;

/// The way to the owner. When nobody has it any more, the owner ends.
pub struct OwnedByAThread {
    owner: Sender<Message>,
}

enum Message {
    Enter(Option<Instant>, i32, Action, Sender<Event>),
    Cancel(Event, Sender<Result<(), NotPending>>),
    Queue(Sender<Vec<Event>>),
    /// Somebody in `run` has nothing to do. The answer is none if nothing is left.
    Next(Sender<Option<Action>>),
    HasEnded,
}

#[derive(Default)]
struct Owner {
    pending: BTreeMap<Place, Action>,
    /// Those in `run` who have nothing to do.
    free: VecDeque<Sender<Option<Action>>>,
    entered: u64,
    running: usize,
}

/// Whether the time never comes, the time, the priority, and the event.
type Place = (bool, Option<Instant>, i32, Event);

impl Owner {
    fn run(mut self, messages: &Receiver<Message>) {
        loop {
            let rest = self.serve();
            let message = match rest {
                Some(rest) => messages.recv_timeout(rest),
                None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(message) => self.receive(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Hands out what is due. How long it is until more is, if somebody waits for it.
    fn serve(&mut self) -> Option<Duration> {
        while let Some(free) = self.free.pop_front() {
            let Some(first) = self.pending.first_entry() else {
                self.free.push_front(free);
                self.let_go();
                return None;
            };
            let rest = first.key().1.map(|time| time - Instant::now());
            if rest != Some(Duration::ZERO) {
                self.free.push_front(free);
                return rest;
            }
            self.running += 1;
            answer(&free, Some(first.remove()));
        }
        None
    }

    /// Lets those go that are free, if nothing is left.
    fn let_go(&mut self) {
        if self.running == 0 {
            for free in self.free.drain(..) {
                answer(&free, None);
            }
        }
    }

    fn receive(&mut self, message: Message) {
        match message {
            Message::Enter(time, priority, action, reply) => {
                self.entered += 1;
                let event = Event(self.entered);
                let place = (time.is_none(), time, priority, event);
                self.pending.insert(place, action);
                answer(&reply, event);
            }
            Message::Cancel(event, reply) => {
                let mut places = self.pending.keys().copied();
                let place = places.find(|place| place.3 == event);
                let action = place.and_then(|place| self.pending.remove(&place));
                answer(&reply, action.map(drop).ok_or(NotPending));
            }
            Message::Queue(reply) => {
                let events = self.pending.keys().map(|place| place.3);
                answer(&reply, events.collect());
            }
            Message::Next(reply) => self.free.push_back(reply),
            Message::HasEnded => self.running -= 1,
        }
    }
}

/// Nobody waits for it if the caller has panicked.
fn answer<T>(reply: &Sender<T>, answer: T) {
    let _ = reply.send(answer);
}

impl OwnedByAThread {
    fn ask<T>(&self, message: impl FnOnce(Sender<T>) -> Message) -> T {
        let (reply, answer) = channel::bounded(1);
        self.tell(message(reply));
        answer.recv().expect("the owner answers")
    }

    fn tell(&self, message: Message) {
        let told = self.owner.send(message);
        assert!(told.is_ok(), "the owner is there as long as this is");
    }
}

/// Says that the action has ended, however that comes.
struct End<'a>(&'a OwnedByAThread);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.tell(Message::HasEnded);
    }
}

impl Scheduler for OwnedByAThread {
    fn new() -> Self {
        let (owner, messages) = channel::unbounded();
        thread::spawn(move || Owner::default().run(&messages));
        OwnedByAThread { owner }
    }

    fn enter(&self, delay: Duration, priority: i32, action: Action) -> Event {
        let time = Instant::now().checked_add(delay);
        self.ask(|reply| Message::Enter(time, priority, action, reply))
    }

    fn enterabs(&self, time: Instant, priority: i32, action: Action) -> Event {
        self.ask(|reply| Message::Enter(Some(time), priority, action, reply))
    }

    fn cancel(&self, event: Event) -> Result<(), NotPending> {
        self.ask(|reply| Message::Cancel(event, reply))
    }

    fn run(&self) {
        while let Some(action) = self.ask(Message::Next) {
            let _end = End(self);
            action();
        }
    }

    fn queue(&self) -> Vec<Event> {
        self.ask(Message::Queue)
    }

    fn empty(&self) -> bool {
        self.queue().is_empty()
    }
}
