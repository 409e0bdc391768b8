//! What an operation did, as far as its order with others can matter.

use crate::explore::model::objects::{End, Object, Objects};
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::model::task_set::TaskSet;
use crate::explore::model::update::Keeps;

/// What an operation did to one object or task.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Kind {
    // Mutexes.
    Acquire,
    Release,
    /// An attempt that failed.
    Refused,
    /// Asked whether a lock, of either kind, is held.
    Asked,

    // Read-write locks.
    ReadIn,
    ReadOut,
    /// A writer has begun: no reader comes in any more.
    Begin,
    /// A writer that had begun has come in.
    Enter,
    /// A writer that had begun has gone away: its time was over, and readers were still there.
    GiveUp,
    /// A writer began and came in, in one step.
    WriteIn,
    WriteOut,
    /// A writer became a reader.
    Downgrade,
    ReadRefused,
    BeginRefused,
    WriteRefused,

    // Condvars.
    /// Waits, with the mutex of this name.
    Register(ObjectId),
    Notify,
    Wake,
    /// A timed wait, with the mutex of this name, ended after a notification.
    EndHeard(ObjectId),
    /// A timed wait ended by its time.
    EndInVain(ObjectId),

    // Channels; messages are numbered.
    Send {
        number: u32,
        /// The message that had to come out before, so that there was room.
        awaits: Option<u32>,
    },
    Receive(u32),
    Full,
    Empty,
    /// A send that found no receiver left.
    SendGone,
    /// A receive that found no sender left.
    ReceiveGone,
    DropSender,
    DropReceiver {
        capacity: Option<u32>,
    },
    Length,

    // Channels without room.
    Offer(End),
    /// An attempt that found a partner.
    Meet(End),
    /// An attempt that found none.
    Miss(End),
    /// Leaves with a partner: whose offer or attempt that was, by its place.
    Leave {
        offer: Option<(TaskId, u32)>,
    },
    /// Leaves without a partner, by its time.
    Quit(End),
    /// Leaves without a partner, since nobody is left at the other end.
    Gone(End),

    // Atomics.
    Load,
    Store,

    // Tasks.
    Finish,
    Join,
    IsFinished,
    Park,
    /// A timed park that ended by its time.
    ParkInVain,
    /// Gives a token.
    Unpark,
    /// Gives a token to who has one.
    UnparkAgain,
}

/// What was touched.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Site {
    Object(ObjectId),
    Task(TaskId),
}

/// An operation of an execution, with what its relations to others depend on. Tasks and objects
/// stand in it with the same numbers as in the others.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) task: TaskId,
    /// Its place among its task's operations, from 1.
    pub(crate) place: u32,
    pub(crate) operation: Operation,
    /// `None` for one that is not performed, since the execution has ended.
    pub(crate) response: Option<Response>,
    pub(crate) touches: [Option<(Site, Kind)>; 2],
    /// What else its task had looked at, if it waited for a change of any of that.
    pub(crate) watches: Vec<Site>,
    /// Whom it lets go on: who is notified, or gets a token.
    pub(crate) lets_go: TaskSet,
    /// What it found in its atomic.
    pub(crate) found: u64,
    /// Which values it keeps, if it updates its atomic.
    pub(crate) keeps: Option<Keeps>,
    /// What was chosen, where what it comes to is a choice.
    pub(crate) effect: Option<Effect>,
    /// It could have come to something else.
    pub(crate) had_choice: bool,
    pub(crate) waits: Waits,
    /// Its task panicked right after it, which ended the execution.
    pub(crate) is_last: bool,
    /// What it comes to need not be this in another order.
    pub(crate) is_open: bool,
}

/// Whether an operation waits where it cannot go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Waits {
    /// It comes to something else.
    Never,
    Sometimes,
    /// It does so now, at the end of the execution.
    Blocked,
}

/// What an operation came to, of several possibilities.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Effect {
    /// A notification woke this one of several waiters.
    Woke(TaskId),
    /// Whether it ended at once, or failed, without a reason: a wait, a park, a weak exchange.
    Spurious(bool),
    /// At which of its operations a selection looked first.
    First(u8),
}

impl Act {
    /// An operation that was performed, or is about to be if there is no response. `named` is the
    /// operation with names, `plain` the one with the numbers that `objects` knows.
    pub(crate) fn new(
        task: TaskId,
        named: Operation,
        plain: Operation,
        response: Option<Response>,
        objects: &Objects,
    ) -> Self {
        Act {
            task,
            place: 0,
            operation: named,
            response,
            touches: touches(task, named, &plain, response, objects),
            watches: Vec::new(),
            lets_go: TaskSet::default(),
            found: 0,
            keeps: None,
            effect: None,
            had_choice: false,
            waits: if never_waits(&named) {
                Waits::Never
            } else {
                Waits::Sometimes
            },
            is_last: false,
            is_open: response.is_none(),
        }
    }

    /// What the operation was, and came to, but for its place: to be compared with another's.
    #[cfg(test)]
    pub(crate) fn came_to(&self) -> String {
        let Act {
            operation,
            touches,
            lets_go,
            response,
            effect,
            ..
        } = self;
        format!("{operation:?} {touches:?} {response:?} {effect:?} {lets_go:?}")
    }

    /// It lets this task go on: it has notified it, or given it a token.
    pub(crate) fn lets_go(&mut self, task: TaskId) {
        self.lets_go.insert(task);
        if let Some((_, kind @ Kind::UnparkAgain)) = &mut self.touches[0] {
            *kind = Kind::Unpark;
        }
    }

    /// Makes it the one for which this was chosen.
    pub(crate) fn chosen(&mut self, effect: Effect) {
        self.effect = Some(effect);
        match (effect, self.operation) {
            // Whether it writes depends on what it finds.
            (Effect::Spurious(_), Operation::Update(..)) => self.finds(self.found, self.keeps),
            // It waits for nobody.
            (Effect::Spurious(true), _) => self.touches[1] = None,
            (Effect::Spurious(false), Operation::Wait { condvar, mutex }) => {
                self.touches[1] = Some((Site::Object(condvar), Kind::Register(mutex)));
            }
            (Effect::Spurious(false) | Effect::First(_), _) => {}
            (Effect::Woke(waiter), _) => {
                self.lets_go = TaskSet::default();
                self.lets_go.insert(waiter);
            }
        }
    }

    /// It finds this value in its atomic: an update may then come to a look. One that fails does so for
    /// a reason, unless that is the value that it asks for.
    pub(crate) fn finds(&mut self, value: u64, keeps: Option<Keeps>) {
        (self.found, self.keeps) = (value, keeps);
        let Some(keeps) = keeps else {
            return;
        };
        if self.effect == Some(Effect::Spurious(true)) && !keeps.asks_for(value) {
            self.effect = Some(Effect::Spurious(false));
        }
        let fails = self.effect == Some(Effect::Spurious(true));
        if let Some((_, kind)) = &mut self.touches[0] {
            *kind = if fails || keeps.keeps(value) {
                Kind::Load
            } else {
                Kind::Store
            };
        }
    }
}

fn never_waits(operation: &Operation) -> bool {
    use Operation::*;
    match operation {
        Lock(_) | Read(_) | BeginWrite(_) | Write(_) | Wake { .. } | Join(_) => false,
        Send { deadline, .. } | Receive { deadline, .. } | Park { deadline } => deadline.is_some(),
        _ => true,
    }
}

fn touches(
    task: TaskId,
    named: Operation,
    plain: &Operation,
    response: Option<Response>,
    objects: &Objects,
) -> [Option<(Site, Kind)>; 2] {
    use Operation::*;
    if let Some((object, kind)) = named.object().zip(on_one_object(named, response)) {
        return [Some((Site::Object(object), kind)), None];
    }
    match named {
        Wait { condvar, mutex } => {
            let waits = (Site::Object(condvar), Kind::Register(mutex));
            [Some((Site::Object(mutex), Kind::Release)), Some(waits)]
        }
        Wake {
            condvar,
            mutex,
            deadline,
        } => {
            // Who has waited with a deadline has been let go before.
            let wakes = deadline
                .is_none()
                .then_some((Site::Object(condvar), Kind::Wake));
            [Some((Site::Object(mutex), Kind::Acquire)), wakes]
        }
        Finish => [Some((Site::Task(task), Kind::Finish)), None],
        Join(other) => [Some((Site::Task(other), Kind::Join)), None],
        IsFinished(other) => [Some((Site::Task(other), Kind::IsFinished)), None],
        Unpark(other) => [Some((Site::Task(other), Kind::UnparkAgain)), None],
        Park { .. } => {
            let is_let_go = matches!(response, None | Some(Response::Done));
            let kind = if is_let_go {
                Kind::Park
            } else {
                Kind::ParkInVain
            };
            [Some((Site::Task(task), kind)), None]
        }
        Fence
        | Yield
        | Sleep { .. }
        | Spawn(_)
        | BeginPark { .. }
        | Choose { .. }
        | Await { .. } => [None; 2],
        _ => [on_channel(named, plain, response, objects), None],
    }
}

/// What an operation does to the one lock, condition variable or atomic that it is about, if it is
/// about one.
fn on_one_object(named: Operation, response: Option<Response>) -> Option<Kind> {
    use Operation::*;
    let done = matches!(response, None | Some(Response::Done));
    let if_done = |yes: Kind, no: Kind| if done { yes } else { no };
    Some(match named {
        Lock(_) => Kind::Acquire,
        TryLock(_) | LockFor { .. } => if_done(Kind::Acquire, Kind::Refused),
        IsLocked(_) | IsWriting(_) => Kind::Asked,
        Unlock(_) => Kind::Release,
        Read(_) => Kind::ReadIn,
        TryRead(_) | ReadFor { .. } => if_done(Kind::ReadIn, Kind::ReadRefused),
        UnlockRead(_) => Kind::ReadOut,
        BeginWrite(_) => Kind::Begin,
        Write(_) => Kind::Enter,
        TryWrite(_) => if_done(Kind::WriteIn, Kind::WriteRefused),
        BeginWriteFor { .. } => if_done(Kind::Begin, Kind::BeginRefused),
        WriteFor { .. } if response == Some(Response::Done) => Kind::Enter,
        // What gives up depends on more than what comes in.
        WriteFor { .. } => Kind::GiveUp,
        UnlockWrite(_) => Kind::WriteOut,
        Downgrade(_) => Kind::Downgrade,
        NotifyOne(_) | NotifyAll(_) => Kind::Notify,
        EndWait { mutex, .. } => if_done(Kind::EndHeard(mutex), Kind::EndInVain(mutex)),
        Load(_) => Kind::Load,
        Store(_) | Update(..) => Kind::Store,
        _ => return None,
    })
}

fn on_channel(
    named: Operation,
    plain: &Operation,
    response: Option<Response>,
    objects: &Objects,
) -> Option<(Site, Kind)> {
    use Operation::*;
    let (name, channel) = (named.object()?, plain.object()?);
    let hands_over = objects.hands_over(channel);
    let done = matches!(response, None | Some(Response::Done));
    let gone = |end: End| match response {
        None => {
            objects.is_gone(channel, end.other())
                && (end == End::Sender || objects.is_empty(channel))
        }
        Some(response) => response == Response::Disconnected,
    };
    let (end, attempts) = match named {
        OfferSend(_) | Send { .. } => (End::Sender, false),
        TrySend(_) => (End::Sender, true),
        OfferReceive(_) | Receive { .. } => (End::Receiver, false),
        TryReceive(_) => (End::Receiver, true),
        DropSender(_) => return Some((Site::Object(name), Kind::DropSender)),
        DropReceiver(_) => {
            let capacity = objects.capacity(channel);
            return Some((Site::Object(name), Kind::DropReceiver { capacity }));
        }
        Length(_) if hands_over => return None,
        Length(_) => return Some((Site::Object(name), Kind::Length)),
        other => unreachable!("{other:?} is on no channel"),
    };
    let kind = match (hands_over, named, end) {
        (true, OfferSend(_) | OfferReceive(_), _) => Kind::Offer(end),
        (true, ..) if gone(end) => Kind::Gone(end),
        (true, ..) if attempts && done => Kind::Meet(end),
        (true, ..) if attempts => Kind::Miss(end),
        // Whose is known only to who has seen the two meet.
        (true, ..) if done => Kind::Leave { offer: None },
        (true, ..) => Kind::Quit(end),
        (false, _, End::Sender) if gone(end) => Kind::SendGone,
        (false, _, End::Receiver) if gone(end) => Kind::ReceiveGone,
        (false, _, End::Sender) if done => {
            let (number, awaits) = passage(objects, channel, end, response);
            Kind::Send { number, awaits }
        }
        (false, _, End::Receiver) if done => {
            Kind::Receive(passage(objects, channel, end, response).0)
        }
        (false, _, End::Sender) => Kind::Full,
        (false, _, End::Receiver) => Kind::Empty,
    };
    Some((Site::Object(name), kind))
}

/// The number of the message that has passed, or would be the next to pass, and of the one before
/// which it could not.
fn passage(
    objects: &Objects,
    channel: ObjectId,
    end: End,
    response: Option<Response>,
) -> (u32, Option<u32>) {
    match (response, objects.get(channel)) {
        (None, Object::Channel { passed, .. }) => (passed[end as usize], None),
        _ => objects.latest_passage(channel, end),
    }
}
