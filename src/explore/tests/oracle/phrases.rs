//! The families: operations that get in each other's way, in phrases.

use super::generate::{Draw, Family};
use super::program::Op::*;
use super::program::{Left, Seen, Target};

/// A program's list of kinds of phrases.
macro_rules! phrases {
    ($name:ident, $channels:expr, |$draw:pat_param| $([$($op:expr),*],)*) => {
        // No phrase needs all that there is.
        #[allow(unused_variables)]
        pub(super) fn $name() -> Family {
            Family {
                phrases: vec![$(|$draw| vec![$($op),*]),*],
                channels: $channels,
            }
        }
    };
}

const ANY_QUEUE: &[usize] = &[0, 0, 1, 2];
const ANY: &[usize] = &[0, 0, 1, 2, 3, 3];
const NONE: Seen = Seen::No;

fn value(value: u8) -> Seen {
    Seen::Value(value)
}

phrases! {
    locks, ANY, |Draw { a, b, v, .. }|
    [Lock(a), Bump, Unlock],
    [Lock(a), IfSaw(value(v)), Bump, Unlock],
    [Lock(a), Lock(b), Bump, Unlock, Unlock],
    [Lock(a), Lock(b), Bump, UnlockFirst, Unlock],
    [TryLock(a), Bump, Unlock],
    [TryLock(a), IfSaw(NONE), Lock(b)],
    [LockFor(a), Bump, Unlock],
    [LockFor(a), IfSaw(Seen::TimedOut), Lock(b)],
    [IsLocked(a), IfSaw(Seen::Yes), Store(b, 1)],
    [Lock(a), TryLock(b), Bump, UnlockFirst],
    [Lock(a), Bump],
    [Unlock, Lock(a)],
    [FetchAdd(a)],
    [Lock(a), Load(b), Unlock],
    [Load(b), IfSaw(value(v)), Lock(a), Store(b, 1)],
}

phrases! {
    waits, ANY, |Draw { a, b, v, .. }|
    [Lock(0), Wait(a), Unlock],
    [Lock(0), IfSaw(value(0)), Wait(a), Unlock],
    [Lock(0), IfSaw(value(0)), Wait(a), Bump, NotifyOne(b), Unlock],
    [Lock(0), Wait(a), Wait(b), Unlock],
    [Lock(0), Bump, NotifyOne(a), Unlock],
    [Lock(0), Bump, NotifyAll(a), Unlock],
    [Lock(0), Bump, Unlock, NotifyOne(a)],
    [Lock(0), Bump, Unlock],
    [NotifyOne(a)],
    [NotifyAll(a)],
    [NotifyOne(a), IfSaw(Seen::No), NotifyAll(b)],
    [TryLock(0), Wait(a), Unlock],
    [Lock(1), Lock(0), Wait(a), Unlock, Unlock],
    [Lock(1), Wait(2), Unlock],
    [Lock(1), IfSaw(value(v)), NotifyOne(2), Unlock],
}

phrases! {
    timed_waits, ANY, |Draw { a, b, .. }|
    [Lock(0), WaitFor(a), Unlock],
    [Lock(0), WaitFor(a), IfSaw(value(0)), NotifyOne(b), Unlock],
    [Lock(0), IfSaw(value(0)), WaitFor(a), Bump, Unlock],
    [Lock(0), Wait(a), Unlock],
    [Lock(0), Bump, NotifyOne(a), Unlock],
    [Lock(0), Bump, Unlock, NotifyAll(a)],
    [NotifyOne(a)],
    [NotifyAll(a)],
    [Lock(1), Lock(0), WaitFor(a), Unlock, Unlock],
    [Lock(1), TryLock(0), Unlock, Unlock],
}

phrases! {
    rwlocks, ANY, |Draw { a, b, v, .. }|
    [Read(a), Unlock],
    [Read(a), Read(a), Unlock, Unlock],
    [Read(a), TryRead(a), Unlock, Unlock],
    [Read(a), Read(b), UnlockFirst, Unlock],
    [Write(a), Bump, Unlock],
    [Write(a), Bump, Unlock],
    [Write(a), Write(b), Unlock, Unlock],
    [TryRead(a), Unlock],
    [TryWrite(a), Bump, Unlock],
    [Read(a), TryWrite(a), Unlock],
    [Read(a), IfSaw(value(v)), Write(b), Bump],
    [Write(a), TryRead(b), UnlockFirst],
    [ReadFor(a), Unlock],
    [WriteFor(a), Bump, Unlock],
    [Read(a), WriteFor(b), Bump, Unlock, Unlock],
    [Write(a), Bump, Downgrade, Unlock],
    [TryWrite(a), Downgrade, Read(b), Unlock, Unlock],
    [IsHeld(a), IfSaw(Seen::No), Write(b)],
    [IsWriting(a)],
    [Read(a), Lock(0), UnlockFirst, Unlock],
    [FetchAdd(b)],
}

phrases! {
    channels, ANY_QUEUE, |Draw { a, k, .. }|
    [Send(k)],
    [Send(k), Send(k)],
    [Send(k), DropSender(k)],
    [Recv(k)],
    [Recv(k), Recv(k)],
    [Recv(k), DropReceiver(k)],
    [TrySend(k)],
    [TrySend(k), TrySend(k)],
    [TryRecv(k)],
    [TryRecv(k), Recv(k)],
    [Len(k)],
    [DropSender(k)],
    [DropReceiver(k)],
    [Recv(k), IfSaw(Seen::Disconnected), FetchAdd(a)],
    [Send(k), FetchAdd(a)],
}

phrases! {
    rendezvous, &[3], |Draw { a, k, .. }|
    [Send(k)],
    [Send(k), Send(k)],
    [Send(k), DropSender(k)],
    [Recv(k)],
    [Recv(k), Recv(k)],
    [Recv(k), DropReceiver(k)],
    [TrySend(k)],
    [TryRecv(k)],
    [TryRecv(k), TryRecv(k)],
    [SendTimeout(k)],
    [RecvTimeout(k)],
    [Len(k)],
    [DropSender(k)],
    [DropReceiver(k)],
    [FetchAdd(a), Send(k)],
    [Recv(k), FetchAdd(a)],
}

phrases! {
    selections, ANY, |Draw { a, b, k, .. }|
    [Select(0, 1)],
    [Select(0, 3)],
    [Select(3, 2), Select(3, 2)],
    [Select(0, 1), IfSaw(Seen::Disconnected), Recv(0)],
    [SelectFor(0, 1)],
    [SelectFor(0, 3), IfSaw(Seen::TimedOut), DropReceiver(3)],
    [Send(0)],
    [Send(0), Send(1)],
    [Send(1), DropSender(1)],
    [Send(3)],
    [TrySend(3)],
    [Send(2)],
    [Recv(0)],
    [TryRecv(k)],
    [FetchAdd(a), Send(b)],
}

phrases! {
    parking, ANY, |Draw { a, b, v, n, .. }|
    [Park, FetchAdd(a)],
    [FetchAdd(a), Park, FetchAdd(b)],
    [Park, Park, Load(a)],
    [Park, Unpark(Target::Thread(n)), Load(a)],
    [Unpark(Target::Thread(n)), FetchAdd(a)],
    [Store(a, 1), Unpark(Target::Thread(n))],
    [Unpark(Target::Thread(n)), Unpark(Target::Thread(n))],
    [Unpark(Target::Thread(n)), Park, FetchAdd(a)],
    [Load(a), IfSaw(value(0)), Park, Load(b)],
    [Load(a), IfSaw(value(v)), Unpark(Target::Thread(n))],
    [ParkTimeout, FetchAdd(a)],
    [Lock(a), Bump, Unpark(Target::Thread(n)), Unlock],
}

phrases! {
    spurious, ANY, |Draw { a, b, v, n, .. }|
    [CompareExchangeWeak(a, 0, 1)],
    [CompareExchangeWeak(a, v, 2), IfSaw(NONE), Load(b)],
    [CompareExchangeWeak(a, 0, 0)],
    [CompareExchangeWeak(a, 0, 1), CompareExchangeWeak(a, 1, 0)],
    [Park, Load(a)],
    [ParkTimeout, CompareExchangeWeak(a, v, 1)],
    [CompareExchangeWeak(a, 0, 1), IfSaw(NONE), Park],
    [Lock(0), Wait(0), Bump, Unlock],
    [Lock(0), WaitFor(a), CompareExchangeWeak(b, 0, 1), Unlock],
    [Lock(0), Bump, NotifyOne(0), Unlock],
    [Store(a, v), Unpark(Target::Thread(n))],
    [FetchAdd(a)],
    [Load(a), Load(b)],
}

phrases! {
    spawning, ANY_QUEUE, |Draw { a, b, v, n, k, child }|
    [Spawn(child), FetchAdd(a)],
    [Spawn(child), Join(0), Load(a)],
    [Spawn(child), FetchAdd(a), Join(n)],
    [Spawn(child), IsFinished(0), Load(b)],
    [Spawn(child), Unpark(Target::Child(0)), Store(a, 1)],
    [Load(a), IfSaw(value(v)), Spawn(child), IsFinished(n)],
    [IsFinished(n)],
    [FetchAdd(a)],
    [Load(a), Store(b, v)],
    [Unpark(Target::Parent)],
    [Park, FetchAdd(a)],
    [Lock(a), Bump, Unlock],
    [Send(k)],
    [Recv(k)],
}

phrases! {
    atomics, ANY, |Draw { a, b, v, .. }|
    [Load(a)],
    [Load(a), Load(b)],
    [Store(a, v)],
    [Store(a, 1), Load(b)],
    [Swap(a, v)],
    [CompareExchange(a, 0, v)],
    [CompareExchange(a, 1, 2)],
    [CompareExchange(a, 0, 1), IfSaw(value(0)), Store(b, v)],
    [CompareExchangeWeak(a, 0, v)],
    [CompareExchangeWeak(a, v, 1), IfSaw(NONE), CompareExchangeWeak(a, v, 1)],
    [CompareExchangeWeak(a, 0, 1), IfSaw(Seen::Yes), Store(b, v)],
    [FetchAdd(a)],
    [Load(a), IfSaw(value(0)), Store(b, 1)],
    [Load(a), IfSaw(value(1)), Load(b), IfSaw(value(v)), Store(a, 2)],
}

phrases! {
    yields, ANY, |Draw { a, b, v, k, .. }|
    [Yield],
    [Sleep],
    [Yield, Load(a)],
    [Sleep, FetchAdd(a)],
    [Load(a), IfSaw(value(v)), Yield, Store(a, 2)],
    [Store(a, 1), Yield, Load(b)],
    [Lock(a), Yield, Bump, Unlock],
    [TryLock(a), IfSaw(NONE), Yield, Unlock],
    [Send(k), Yield],
    [TryRecv(k), IfSaw(Seen::Empty), Yield, TryRecv(k)],
    [Lock(0), Sleep, NotifyOne(a), Unlock],
    [Lock(0), Wait(a), Unlock],
}

phrases! {
    timers, ANY, |Draw { a, b, n, k, .. }|
    [RecvTimeout(k)],
    [RecvTimeout(k), FetchAdd(a)],
    [SendTimeout(k)],
    [SendTimeout(k), IfSaw(Seen::TimedOut), Store(a, 1)],
    [Send(k)],
    [Recv(k)],
    [TrySend(k)],
    [TryRecv(k)],
    [DropSender(k)],
    [DropReceiver(k)],
    [ParkTimeout, Load(a)],
    [Unpark(Target::Thread(n))],
    [Sleep, Load(a)],
    [Lock(0), WaitFor(b), Unlock],
    [NotifyOne(b)],
}

phrases! {
    tasks, ANY, |Draw { a, b, v, n, k, child }|
    [Pend, FetchAdd(a)],
    [Pend, Pend, Load(a)],
    [PendFor, FetchAdd(a)],
    [Load(a), IfSaw(value(0)), Pend, Load(b)],
    [Pend, IfSaw(Seen::Replaced), Pend],
    [Pend, Wake(Target::Thread(n), Left::Latest), Load(a)],
    [Wake(Target::Thread(n), Left::Latest), FetchAdd(a)],
    [Wake(Target::Thread(n), Left::First), Load(a)],
    [Store(a, 1), Wake(Target::Thread(n), Left::First)],
    [Wake(Target::Thread(n), Left::First), IfSaw(Seen::No), Wake(Target::Thread(n), Left::Latest)],
    [Wake(Target::Thread(n), Left::Latest), Wake(Target::Thread(n), Left::First)],
    [WakeSelf, Pend, FetchAdd(a)],
    [WakeSelf, PendFor, Pend],
    [Park, Unpark(Target::Thread(n)), Pend],
    [PollResult, IfSaw(Seen::No), Pend, PollResult],
    [PollResult, Pend, Load(a)],
    [PollResult, IfSaw(Seen::No), PendFor],
    [Complete(Target::Thread(n))],
    [FetchAdd(a), Complete(Target::Thread(n))],
    [IsDone(Target::Thread(n)), IfSaw(Seen::Yes), Store(b, v)],
    [Spawn(child), Wake(Target::Child(0), Left::Latest), Load(a)],
    [Spawn(child), Complete(Target::Child(0))],
    [Wake(Target::Parent, Left::First), FetchAdd(a)],
    [Complete(Target::Parent)],
    [Lock(a), Bump, Wake(Target::Thread(n), Left::Latest), Unlock],
    [CompareExchangeWeak(a, 0, 1)],
}

phrases! {
    panics, ANY, |Draw { a, b, v, n, k, child }|
    [Load(a), PanicIfSaw(value(v))],
    [FetchAdd(a), PanicIfSaw(value(v))],
    [FetchAdd(a)],
    [Store(a, v), Load(b)],
    [Lock(a), Unlock, PanicIfSaw(value(1))],
    [Lock(a), Bump, Unlock],
    [TryLock(a), PanicIfSaw(NONE)],
    [Recv(k), PanicIfSaw(Seen::Disconnected)],
    [Send(k)],
    [Spawn(child), IsFinished(0), PanicIfSaw(NONE)],
    [Spawn(child), Join(0)],
    [Spawn(child), Join(0), IfSaw(NONE), Store(a, 1)],
    [Spawn(child), Join(n), PanicIfSaw(NONE)],
    [Lock(a), FetchAdd(b), PanicIfSaw(value(v)), Unlock],
    [Lock(0), Wait(a), PanicIfSaw(value(v)), Unlock],
    [NotifyOne(a)],
}

/// Phrases of all families.
pub(super) fn mixed() -> Family {
    Family {
        phrases: super::PURE
            .iter()
            .flat_map(|family| family().phrases)
            .collect(),
        channels: ANY,
    }
}
