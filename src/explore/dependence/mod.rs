//! Which operations commute: the relation on which the reduction rests, in one place. The virtual
//! time passes along it, too.
//!
//! An operation `b` comes after an operation `a` of another task. They are
//!
//! - *independent* if the two would come to the same in the other order, were they neighbours;
//! - *freed* if `a` makes room for `b`: `b` cannot come right before `a`, but could come before what
//!   took the room, which also is before `a`;
//! - *enabled* if `b` cannot come at all without `a`;
//! - *racing* otherwise.
//!
//! An operation that never waits is neither freed nor enabled: it would come to something else.
//!
//! Three things must hold, and hold row by row:
//!
//! 1. *Both ways.* If `a b` are neighbours and independent, then so are `b a`, with what they then
//!    come to. Otherwise executions that differ in the order of the two only would not be of the
//!    same partial order. Where that would take knowing who else holds a lock, or which of several
//!    ends of a channel is the last one, both ways count as racing. A test in the
//!    oracle holds the rows to this rule.
//! 2. *From one state.* If both can be performed in a state, and are independent there, each comes to
//!    the same after the other.
//! 3. *Who can block.* If `a` can keep a waiting operation `b` from going on (two acquisitions of a
//!    lock, two sends into the same room), then whatever `b` depends on otherwise depends on `a` as
//!    well, or lets `b` go on. This is why [reversals](crate::explore::search::dpor) never lead to an operation that
//!    waits. A writer's beginning is an operation of its own for the sake of this: had a writer to
//!    wait for readers who come later, a reader could block it that is independent of the one who
//!    blocked it first.

pub(crate) mod act;
pub(crate) mod touches;

use crate::explore::model::objects::End;
use crate::explore::model::operation::Operation;
use act::{Act, Waits};
use touches::Kind;

/// How an operation stands to an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Relation {
    Independent,
    Freed,
    Enabled,
    Racing,
}

use Relation::{Enabled, Freed, Independent, Racing};

/// How `b` stands to `a`, which came before it and is another task's, apart from the end of the
/// execution that one of them may be.
#[inline]
pub(crate) fn relation(a: &Act, b: &Act) -> Relation {
    if is_awaited(a, b) || is_awaited(b, a) {
        return Racing;
    }
    let mut strongest = Independent;
    for (site, kind) in a.touches.iter().flatten() {
        for (other, other_kind) in b.touches.iter().flatten() {
            if site == other {
                strongest = strongest.max(at_site(*kind, *other_kind, a, b));
            }
        }
    }
    match strongest {
        Freed | Enabled if b.waits == Waits::Never => Racing,
        relation => relation,
    }
}

/// True if `a` was performed since something that it watches had changed, as by `b`. Which of several
/// changes there were before is a matter of order, though it changes nothing in what `a` finds: from
/// that it follows which it can do without.
fn is_awaited(a: &Act, b: &Act) -> bool {
    let mut touches = b.touches.iter().flatten();
    !a.watches.is_empty() && touches.any(|(site, kind)| changes(*kind) && a.watches.contains(site))
}

/// True for what can change what others have looked at.
fn changes(kind: Kind) -> bool {
    use Kind::*;
    matches!(
        kind,
        Release
            | ReadOut
            | WriteOut
            | Downgrade
            | GiveUp
            | Store
            | Send { .. }
            | Receive(_)
            | DropSender
            | DropReceiver { .. }
            | Offer(_)
            | Finish
    )
}

/// True unless the two come to the same in either order, whatever one of them comes to that is open.
pub(crate) fn may_depend(a: &Act, b: &Act) -> bool {
    if a.is_last || b.is_last {
        return true;
    }
    if !(a.is_open || b.is_open) {
        return relation(a, b) != Independent || relation(b, a) != Independent;
    }
    if is_awaited(a, b) || is_awaited(b, a) {
        return true;
    }
    a.touches.iter().flatten().any(|(site, kind)| {
        b.touches.iter().flatten().any(|(other, other_kind)| {
            let is_same = site == other;
            is_same && !(always_commute(*kind, *other_kind) || always_commute(*other_kind, *kind))
        })
    })
}

/// True for what commutes although it is not known what the operations come to.
fn always_commute(a: Kind, b: Kind) -> bool {
    use Kind::*;
    match (a, b) {
        (ReadIn | ReadOut | ReadRefused, ReadIn | ReadOut | ReadRefused) => true,
        (Register(x), Register(y)) => x == y,
        (DropSender | DropReceiver { .. }, DropSender | DropReceiver { .. }) => true,
        (DropReceiver { .. }, Receive(_) | Empty | ReceiveGone) => true,
        (Offer(End::Sender), Offer(End::Receiver)) => true,
        (ReadOut, Begin | BeginRefused) | (Enter, Enter) | (Asked, Asked | Enter) => true,
        _ => false,
    }
}

fn at_site(a: Kind, b: Kind, first: &Act, second: &Act) -> Relation {
    use Kind::*;
    match (a, b) {
        (Load, Load) => Independent,
        (Load | Store, Load | Store) => Racing,
        // A waker is replaced. Its own task alone awaits by it.
        (Store, Unpark | UnparkAgain) | (Unpark | UnparkAgain, Store) => Racing,
        (Asked, _) | (_, Asked) => on_question(a, b),
        (Acquire | Release | Refused, _) => on_mutex(a, b),
        (ReadIn | ReadOut | Begin | Enter | GiveUp | WriteIn | WriteOut, _)
        | (Downgrade | ReadRefused | BeginRefused | WriteRefused, _) => on_rwlock(a, b),
        (Register(_) | Notify | Wake | EndHeard(_) | EndInVain(_), _) => {
            on_condvar(a, b, first, second)
        }
        (Offer(_) | Meet(_) | Miss(_) | Leave { .. } | Quit(_) | Gone(_), _)
        | (_, Offer(_) | Meet(_) | Miss(_) | Leave { .. } | Quit(_) | Gone(_)) => {
            at_meeting(a, b, first, second)
        }
        (Finish | Join | IsFinished | Park | ParkInVain | Unpark | UnparkAgain, _) => on_task(a, b),
        _ => on_channel(a, b),
    }
}

/// Whether a lock is held depends on who takes it, or gives it back.
fn on_question(a: Kind, b: Kind) -> Relation {
    use Kind::*;
    // A writer that comes in has begun before.
    let changes_nothing = |kind| {
        let is_refused = matches!(kind, Refused | ReadRefused | BeginRefused | WriteRefused);
        is_refused || matches!(kind, Asked | Enter)
    };
    if changes_nothing(a) && changes_nothing(b) {
        Independent
    } else {
        Racing
    }
}

/// | first | second | |
/// |---|---|---|
/// | acquire | acquire, refused | racing |
/// | release | acquire | freed |
/// | refused | release | racing |
///
/// Between any others the holder's operations come.
fn on_mutex(a: Kind, b: Kind) -> Relation {
    use Kind::*;
    match (a, b) {
        (Acquire, Acquire | Refused) | (Refused, Release) => Racing,
        (Release, Acquire) => Freed,
        _ => Independent,
    }
}

/// | first | second | |
/// |---|---|---|
/// | read in | begin, write in; and the other way round | racing |
/// | begin, write in | begin, write in | racing |
/// | write out, downgrade, give up | read in, begin, write in | freed |
/// | read out | enter, write in | freed |
/// | read out | give up, and the other way round | racing |
/// | begin, write in | read, begin or write refused | racing |
/// | read or begin refused | write out, downgrade, give up | racing |
/// | write refused | any but a refusal, enter or give up, and the other way round | racing |
fn on_rwlock(a: Kind, b: Kind) -> Relation {
    use Kind::*;
    match (a, b) {
        (ReadRefused | BeginRefused | WriteRefused, ReadRefused | BeginRefused | WriteRefused) => {
            Independent
        }
        // The writer that comes in has begun, and who gives up leaves readers: the attempt is refused
        // before and after.
        (WriteRefused, Enter | GiveUp) | (Enter | GiveUp, WriteRefused) => Independent,
        (WriteRefused, _) | (_, WriteRefused) => Racing,
        (ReadIn, Begin | WriteIn) | (Begin | WriteIn, ReadIn | Begin | WriteIn) => Racing,
        (Begin | WriteIn, ReadRefused | BeginRefused) => Racing,
        (ReadRefused | BeginRefused, WriteOut | Downgrade | GiveUp) => Racing,
        (ReadOut, GiveUp) | (GiveUp, ReadOut) => Racing,
        (WriteOut | Downgrade | GiveUp, ReadIn | Begin | WriteIn) => Freed,
        (ReadOut, Enter | WriteIn) => Freed,
        _ => Independent,
    }
}

/// | first | second | |
/// |---|---|---|
/// | register | notify, and the other way round | racing |
/// | register | register, with another mutex | racing |
/// | register | the end of a timed wait with another mutex by its time; the other way round | racing |
/// | notify | notify, unless both wake nobody | racing |
/// | notify | the wake-up of whom it wakes | enabled |
/// | notify | the end of a timed wait that it ends | racing |
/// | notify | the end of a timed wait by its time, and the other way round | racing |
fn on_condvar(a: Kind, b: Kind, first: &Act, second: &Act) -> Relation {
    use Kind::*;
    match (a, b) {
        // Who comes while others wait with another mutex is refused.
        (Register(x), Register(y) | EndInVain(y)) | (EndInVain(x), Register(y)) if x != y => Racing,
        (Register(_), Notify) | (Notify, Register(_)) => Racing,
        (Notify, Notify) if first.lets_go.is_empty() && second.lets_go.is_empty() => Independent,
        (Notify, Notify) | (Notify, EndInVain(_)) | (EndInVain(_), Notify) => Racing,
        (Notify, Wake | EndHeard(_)) if first.lets_go.contains(second.task) => Enabled,
        _ => Independent,
    }
}

/// | first | second | |
/// |---|---|---|
/// | send | send; receive | receive: racing |
/// | send | the receive of its message | freed |
/// | receive | the send that takes its place in a full channel | freed |
/// | send | full, one that finds the end | racing |
/// | full | receive, a receiver is dropped | racing |
/// | receive | empty, the end | racing |
/// | empty | send | racing |
/// | empty | a sender is dropped, and the other way round | racing |
/// | a sender is dropped | a receive that finds the end | freed |
/// | a receiver is dropped | send, full, length; and the other way round | racing |
/// | a receiver is dropped | a send that finds the end | racing |
/// | length | send, receive; and the other way round | racing |
fn on_channel(a: Kind, b: Kind) -> Relation {
    use Kind::*;
    match (a, b) {
        (Send { .. }, Send { .. } | SendGone | Full)
        | (Receive(_), Receive(_) | ReceiveGone | Empty) => Racing,
        (Send { number, .. }, Receive(received)) if number == received => Freed,
        (Receive(received), Send { awaits, .. }) if awaits == Some(received) => Freed,
        (Full, Receive(_)) | (Empty, Send { .. }) => Racing,
        (Empty, DropSender) | (DropSender, Empty) => Racing,
        (DropSender, ReceiveGone) => Freed,
        (DropReceiver { .. }, Send { .. } | SendGone | Full | Length)
        | (Send { .. } | Full | Length, DropReceiver { .. }) => Racing,
        (Length, Send { .. } | Receive(_)) | (Send { .. } | Receive(_), Length) => Racing,
        _ => Independent,
    }
}

/// Offers at opposite ends commute: the first who came meets the first who came, in either order.
///
/// | first | second | |
/// |---|---|---|
/// | offer | offer, at the same end | racing |
/// | an attempt that meets somebody | offer or attempt, and the other way round | racing |
/// | an attempt that misses | offer or attempt, and the other way round | racing |
/// | an attempt that misses | who would have been met quits; and the other way round | racing |
/// | quitting | offer or attempt at the other end, and the other way round | racing |
/// | a partner's offer or attempt; a sender leaves | leaving | enabled |
/// | an end is dropped | who waits for that end, or attempts to find it | freed |
/// | an end is dropped | quitting, or an attempt that misses; and the other way round | racing |
fn at_meeting(a: Kind, b: Kind, first: &Act, second: &Act) -> Relation {
    use Kind::*;
    match (a, b) {
        (Miss(_), Miss(_)) => Independent,
        (Offer(x), Offer(y)) => {
            if x == y {
                Racing
            } else {
                Independent
            }
        }
        (Offer(_) | Meet(_) | Miss(_), Offer(_) | Meet(_) | Miss(_)) => Racing,
        (Quit(x), Offer(y) | Meet(y) | Miss(y)) | (Offer(y) | Meet(y) | Miss(y), Quit(x)) => {
            if x == y { Independent } else { Racing }
        }
        (Leave { .. }, Leave { .. }) if second.waits == Waits::Never => Independent,
        // A sender leaves right after its offer. It does not wait for its receiver to leave.
        (
            Leave { .. },
            Leave {
                offer: Some((partner, offer)),
            },
        ) if (first.task, first.place) == (partner, offer + 1)
            && matches!(first.operation, Operation::Send { .. }) =>
        {
            Enabled
        }
        (Offer(_) | Meet(_), Leave { offer }) if Some((first.task, first.place)) == offer => {
            Enabled
        }
        (DropReceiver { .. }, Gone(End::Sender)) | (DropSender, Gone(End::Receiver)) => Freed,
        (DropReceiver { .. }, Quit(End::Sender) | Miss(End::Sender))
        | (Quit(End::Sender) | Miss(End::Sender), DropReceiver { .. })
        | (DropSender, Quit(End::Receiver) | Miss(End::Receiver))
        | (Quit(End::Receiver) | Miss(End::Receiver), DropSender) => Racing,
        _ => Independent,
    }
}

/// | first | second | |
/// |---|---|---|
/// | finish | join | enabled |
/// | finish | whether it has finished, and the other way round | racing |
/// | unpark | the park that takes its token | enabled; if there was a token already, racing |
/// | unpark | unpark, unless there was a token already for both | racing |
/// | park | unpark | racing |
///
/// Between an unpark and a park in vain, another park takes the token.
fn on_task(a: Kind, b: Kind) -> Relation {
    use Kind::*;
    match (a, b) {
        (Finish, Join) | (Unpark, Park) => Enabled,
        (Finish, IsFinished) | (IsFinished, Finish) => Racing,
        (UnparkAgain, UnparkAgain) => Independent,
        (Unpark | UnparkAgain | Park | ParkInVain, Unpark | UnparkAgain) | (UnparkAgain, Park) => {
            Racing
        }
        _ => Independent,
    }
}

/// True if `a` can keep `b` from going on, which waits for the same thing to be free.
pub(crate) fn can_block(a: &Act, b: &Act) -> bool {
    use Kind::*;
    let blocks = |a: Kind, b: Kind| {
        matches!(
            (a, b),
            (Acquire, Acquire)
                | (Begin | WriteIn, ReadIn | Begin)
                | (Send { .. }, Send { .. } | SendGone)
                | (Receive(_), Receive(_) | ReceiveGone)
        )
    };
    a.touches.iter().flatten().any(|(site, kind)| {
        let mut others = b.touches.iter().flatten();
        others.any(|(other, other_kind)| site == other && blocks(*kind, *other_kind))
    })
}
