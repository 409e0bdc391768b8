//! Which objects and tasks an operation touches, and how.

use crate::explore::model::objects::{End, Object, Objects};
use crate::explore::model::operation::{ObjectId, Operation, Response, TaskId};

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

    // Tasks; those of async code have a permit at each waker, which its use gives.
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

/// What the operation does to which objects and tasks: nothing to most, and to two where a lock is
/// given up to wait, or taken again.
pub(super) fn touches(
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
        | BeginPend { .. }
        | MayDrop
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
        Lock(_) | BeginPoll(_) => Kind::Acquire,
        TryLock(_) | LockFor { .. } => if_done(Kind::Acquire, Kind::Refused),
        IsLocked(_) | IsWriting(_) => Kind::Asked,
        Unlock(_) | EndPoll(_) => Kind::Release,
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
        Load(_) | IsDone(_) | PollResult(_) => Kind::Load,
        // Whether an earlier waker wakes anybody is a matter of order.
        Store(_) | Update(..) | Complete(_) | ReplaceWaker(_) => Kind::Store,
        // A waker's use is a permit to go on.
        Pend { .. } | TakeWakeUp(_) => if_done(Kind::Park, Kind::ParkInVain),
        WakeTask { .. } | AbortTask { .. } => Kind::UnparkAgain,
        _ => return None,
    })
}

/// What an operation does to the channel that it is about.
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
