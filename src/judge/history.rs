//! What happened in one execution: calls that begin, and calls that return.

/// A call, by how many began before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CallId(pub(super) usize);

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event<C, A> {
    /// The next call began.
    Begin {
        /// Who calls, by any number.
        thread: usize,
        /// What is called.
        call: C,
    },
    /// A call returned.
    Return {
        /// Which one.
        id: CallId,
        /// What it answered.
        answer: A,
    },
}

/// The calls of one execution, in the order in which they began and returned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct History<C, A> {
    events: Vec<Event<C, A>>,
    calls: usize,
    is_quiescent: bool,
}

impl<C, A> Default for History<C, A> {
    fn default() -> Self {
        History {
            events: Vec::new(),
            calls: 0,
            is_quiescent: false,
        }
    }
}

impl<C, A> History<C, A> {
    /// Nothing has happened yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A thread begins a call.
    pub fn begin(&mut self, thread: usize, call: C) -> CallId {
        let id = CallId(self.calls);
        self.calls += 1;
        self.events.push(Event::Begin { thread, call });
        id
    }

    /// The call returns.
    pub fn end(&mut self, id: CallId, answer: A) {
        self.events.push(Event::Return { id, answer });
    }

    /// Nothing moves any more: what has not returned waits for ever. Without this, such calls have
    /// only been cut off.
    pub fn rests(&mut self) {
        self.is_quiescent = true;
    }

    /// True if what has not returned waits for ever.
    pub fn is_quiescent(&self) -> bool {
        self.is_quiescent
    }

    /// The first so many events, after which everything was cut off.
    pub fn beginning(&self, events: usize) -> Self
    where
        C: Clone,
        A: Clone,
    {
        let events = self.events[..events].to_vec();
        let begins = |event: &&Event<C, A>| matches!(event, Event::Begin { .. });
        let calls = events.iter().filter(begins).count();
        History {
            events,
            calls,
            is_quiescent: false,
        }
    }

    /// What happened.
    pub fn events(&self) -> &[Event<C, A>] {
        &self.events
    }
}
