//! A thread of a program, as code that runs.

use super::super::program::{MUTEX_OF_CONDVAR, Op, Seen, Target, message, nth_spawn};
use super::World;
use super::channels::Ends;
use crate::sync::engine::atomic::AtomicU8;
use crate::sync::engine::atomic::Ordering::SeqCst;
use crate::sync::engine::time::Duration;
use crate::sync::engine::{MutexGuard, RwLockReadGuard, RwLockWriteGuard, thread};
use std::sync::Arc;

pub(super) const SHORT: Duration = Duration::from_millis(1);

enum Guard<'w> {
    Mutex(usize, MutexGuard<'w, u8>),
    Read(RwLockReadGuard<'w, u8>),
    Write(RwLockWriteGuard<'w, u8>),
}

impl Guard<'_> {
    fn value(&self) -> Seen {
        Seen::Value(match self {
            Guard::Mutex(_, guard) => **guard,
            Guard::Read(guard) => **guard,
            Guard::Write(guard) => **guard,
        })
    }
}

struct Actor<'w> {
    world: &'w Arc<World>,
    id: usize,
    guards: Vec<Guard<'w>>,
    ends: Ends,
    parent: Option<thread::Thread>,
    /// By number of the spawn in the code: the thread, and its handle until it is joined.
    children: Vec<Option<(thread::Thread, Option<thread::JoinHandle<()>>)>>,
}

/// The whole of a thread, guards and ends dropped in the order that the oracle knows.
pub(super) fn act(world: &Arc<World>, id: usize, ends: Ends, parent: Option<thread::Thread>) {
    let children = world.table[id].children.iter().map(|_| None).collect();
    let mut actor = Actor {
        world,
        id,
        guards: Vec::new(),
        ends,
        parent,
        children,
    };
    world.polled[id].belongs_to(&thread::current());
    let code = &world.table[id].code;
    if code
        .iter()
        .any(|op| matches!(op.target(), Some(Target::Thread(_))))
    {
        // The others enter themselves before anybody goes beyond a first step. This one is in
        // nobody's way.
        AtomicU8::new(0).load(SeqCst);
    }
    let mut at = 0;
    while at < code.len() {
        actor.be_at(Some(at));
        at += match &code[at] {
            Op::IfSaw(seen) if actor.last() != Some(*seen) => 2,
            op => {
                world.told.begins(id, at, op);
                actor.perform(op, at);
                world.told.returns(id, at, op, actor.last());
                1
            }
        };
    }
    actor.be_at(None);
    while let Some(guard) = actor.guards.pop() {
        drop(guard);
    }
    actor.ends.drop_all();
}

impl<'w> Actor<'w> {
    fn be_at(&self, at: Option<usize>) {
        self.world.records.lock().unwrap()[self.id].at = at;
    }

    fn last(&self) -> Option<Seen> {
        let records = self.world.records.lock().unwrap();
        records[self.id].log.last().copied()
    }

    fn sees(&self, seen: Seen) {
        self.world.records.lock().unwrap()[self.id].log.push(seen);
    }

    fn sees_whether(&self, holds: bool) {
        self.sees(if holds { Seen::Yes } else { Seen::No });
    }

    fn perform(&mut self, op: &Op, at: usize) {
        match *op {
            Op::Lock(_)
            | Op::TryLock(_)
            | Op::LockFor(_)
            | Op::Read(_)
            | Op::TryRead(_)
            | Op::ReadFor(_)
            | Op::Write(_)
            | Op::TryWrite(_)
            | Op::WriteFor(_) => self.acquire(op),
            Op::Downgrade => match self.guards.pop() {
                Some(Guard::Write(guard)) => {
                    let guard = RwLockWriteGuard::downgrade(guard);
                    self.guards.push(Guard::Read(guard));
                }
                other => self.guards.extend(other),
            },
            Op::IsLocked(m) => self.sees_whether(self.world.mutexes[m].is_locked()),
            Op::IsHeld(r) => self.sees_whether(self.world.rwlocks[r].is_locked()),
            Op::IsWriting(r) => self.sees_whether(self.world.rwlocks[r].is_locked_exclusive()),
            Op::Unlock => drop(self.guards.pop()),
            Op::UnlockFirst if self.guards.is_empty() => {}
            Op::UnlockFirst => drop(self.guards.remove(0)),
            Op::Bump => match self.guards.last_mut() {
                Some(Guard::Mutex(_, guard)) => **guard += 1,
                Some(Guard::Write(guard)) => **guard += 1,
                _ => {}
            },
            Op::Wait(condvar) => self.wait(condvar, false),
            Op::WaitFor(condvar) => self.wait(condvar, true),
            Op::NotifyOne(condvar) => {
                self.sees_whether(self.world.condvars[condvar].notify_one());
            }
            Op::NotifyAll(condvar) => {
                self.sees(Seen::Value(self.world.condvars[condvar].notify_all() as u8));
            }
            Op::PanicIfSaw(seen) if self.last() == Some(seen) => {
                self.be_at(None);
                panic!("{} saw {seen}", self.world.table[self.id].name);
            }
            Op::IfSaw(_) | Op::PanicIfSaw(_) => {}
            Op::Len(channel) => self
                .ends
                .len(channel)
                .into_iter()
                .for_each(|seen| self.sees(seen)),
            Op::Select(..) | Op::SelectFor(..) => {
                let seen = self.ends.select(op);
                seen.into_iter().for_each(|seen| self.sees(seen));
            }
            _ if op.end().is_some() => self.use_end(op, at),
            _ if op.is_atomic() => self.atomic(op),
            Op::Pend | Op::PendFor | Op::WakeSelf | Op::PollResult => self.task(op),
            Op::Wake(..) | Op::Complete(_) | Op::IsDone(_) => self.task_of_another(op),
            _ => self.thread(op, at),
        }
    }

    fn acquire(&mut self, op: &Op) {
        let World {
            mutexes, rwlocks, ..
        } = &**self.world;
        let guard = match *op {
            Op::Lock(m) => Some(Guard::Mutex(m, mutexes[m].lock())),
            Op::TryLock(m) => mutexes[m].try_lock().map(|guard| Guard::Mutex(m, guard)),
            Op::LockFor(m) => mutexes[m]
                .try_lock_for(SHORT)
                .map(|guard| Guard::Mutex(m, guard)),
            Op::ReadFor(r) => rwlocks[r].try_read_for(SHORT).map(Guard::Read),
            Op::WriteFor(r) => rwlocks[r].try_write_for(SHORT).map(Guard::Write),
            Op::Read(r) => Some(Guard::Read(rwlocks[r].read())),
            Op::TryRead(r) => rwlocks[r].try_read().map(Guard::Read),
            Op::Write(r) => Some(Guard::Write(rwlocks[r].write())),
            Op::TryWrite(r) => rwlocks[r].try_write().map(Guard::Write),
            _ => unreachable!("{op} takes no lock"),
        };
        let refused = if op.is_timed() {
            Seen::TimedOut
        } else {
            Seen::No
        };
        self.sees(guard.as_ref().map_or(refused, Guard::value));
        self.guards.extend(guard);
    }

    fn wait(&mut self, condvar: usize, is_timed: bool) {
        let mut held = self.guards.iter_mut();
        let position = held.position(
            |guard| matches!(guard, Guard::Mutex(mutex, _) if *mutex == MUTEX_OF_CONDVAR[condvar]),
        );
        let Some(Guard::Mutex(_, guard)) = position.map(|position| &mut self.guards[position])
        else {
            return;
        };
        let condvar = &self.world.condvars[condvar];
        let mut result = None;
        if is_timed {
            result = Some(condvar.wait_for(guard, SHORT).timed_out());
        } else {
            condvar.wait(guard);
        }
        let value = **guard;
        if let Some(timed_out) = result {
            self.sees(if timed_out { Seen::TimedOut } else { Seen::No });
        }
        self.sees(Seen::Value(value));
    }

    fn use_end(&mut self, op: &Op, at: usize) {
        let end = op.end().expect("an operation on a channel");
        match op {
            _ if !self.ends.has(end) => {}
            Op::DropSender(_) | Op::DropReceiver(_) => self.ends.drop(end),
            _ => {
                let seen = self.ends.perform(op, message(self.id, at));
                self.sees(seen);
            }
        }
    }

    fn atomic(&self, op: &Op) {
        let atomics = &self.world.atomics;
        let old = match *op {
            Op::Load(a) => atomics[a].load(SeqCst),
            Op::Store(a, new) => return atomics[a].store(new, SeqCst),
            Op::Swap(a, new) => atomics[a].swap(new, SeqCst),
            Op::CompareExchange(a, expected, new) => {
                let result = atomics[a].compare_exchange(expected, new, SeqCst, SeqCst);
                result.unwrap_or_else(|found| found)
            }
            Op::CompareExchangeWeak(a, expected, new) => {
                let result = atomics[a].compare_exchange_weak(expected, new, SeqCst, SeqCst);
                let (Ok(found) | Err(found)) = result;
                self.sees(Seen::Value(found));
                return self.sees_whether(result.is_ok());
            }
            Op::FetchAdd(a) => atomics[a].fetch_add(1, SeqCst),
            _ => unreachable!("{op} is on no atomic"),
        };
        self.sees(Seen::Value(old));
    }

    fn task(&self, op: &Op) {
        let polled = &self.world.polled[self.id];
        match *op {
            Op::Pend | Op::PendFor => self.sees(polled.pend(op.is_timed())),
            Op::WakeSelf => polled.wakes_itself(),
            Op::PollResult => self.sees(polled.poll_result()),
            _ => unreachable!("{op} is about another task"),
        }
    }

    fn task_of_another(&self, op: &Op) {
        let target = op.target().and_then(|target| self.number_of(target));
        let Some(polled) = target.map(|target| &self.world.polled[target]) else {
            return;
        };
        self.sees(match *op {
            Op::Wake(_, left) => polled.wake(left),
            Op::Complete(_) => polled.complete(),
            Op::IsDone(_) => polled.ask(),
            _ => unreachable!("{op} is about no other task"),
        });
    }

    /// The number of a thread that has come to exist.
    fn number_of(&self, target: Target) -> Option<usize> {
        let table = &self.world.table;
        match target {
            Target::Thread(index) => {
                let thread = table.get(index)?;
                (!thread.is_spawned).then_some(index)
            }
            Target::Child(nth) => {
                self.children.get(nth)?.as_ref()?;
                Some(table[self.id].children[nth])
            }
            Target::Parent => table[self.id].parent,
        }
    }

    fn thread(&mut self, op: &Op, at: usize) {
        match *op {
            Op::Spawn(_) => self.spawn(at),
            Op::Join(nth) => {
                let child = self.children.get_mut(nth).and_then(Option::as_mut);
                let handle = child.and_then(|(_, handle)| handle.take());
                if handle.is_some_and(|handle| handle.join().is_err()) {
                    self.sees(Seen::No);
                }
            }
            Op::IsFinished(nth) => {
                let child = self.children.get(nth).and_then(Option::as_ref);
                if let Some(handle) = child.and_then(|(_, handle)| handle.as_ref()) {
                    self.sees_whether(handle.is_finished());
                }
            }
            Op::Park => thread::park(),
            Op::ParkTimeout => thread::park_timeout(SHORT),
            Op::Unpark(target) => {
                if let Some(thread) = self.target(target) {
                    thread.unpark();
                }
            }
            Op::Yield => thread::yield_now(),
            Op::Sleep => thread::sleep(SHORT),
            _ => unreachable!("{op} is about no thread"),
        }
    }

    fn spawn(&mut self, at: usize) {
        let table = &self.world.table;
        let nth = nth_spawn(&table[self.id].code, at);
        let child = table[self.id].children[nth];
        let (world, parent) = (Arc::clone(self.world), thread::current());
        let ends = self.ends.share(table[child].ends);
        let name = table[child].name.clone();
        let spawned = thread::Builder::new()
            .name(name)
            .spawn(move || act(&world, child, ends, Some(parent)));
        let handle = spawned.expect("there is room for another thread");
        self.world.polled[child].belongs_to(handle.thread());
        self.children[nth] = Some((handle.thread().clone(), Some(handle)));
    }

    fn target(&self, target: Target) -> Option<thread::Thread> {
        match target {
            Target::Thread(index) => {
                let threads = self.world.threads.lock().unwrap();
                threads.get(index).cloned().flatten()
            }
            Target::Child(nth) => {
                let child = self.children.get(nth)?.as_ref()?;
                Some(child.0.clone())
            }
            Target::Parent => self.parent.clone(),
        }
    }
}
