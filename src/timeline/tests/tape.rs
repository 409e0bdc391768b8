//! Records written by hand, as if a back end had made them.

use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{ObjectId, ObjectKind, Operation, Response, TaskId};
use crate::explore::record::{
    Callee, Event, EventKind, ObjectInfo, Record, Site, Switch, TaskInfo,
};
use crate::explore::token::Schedule;
use crate::explore::verdict::{Blocked, Failure, FailureKind, Minimality};
use std::cell::RefCell;
use std::panic::Location;

/// A record in the making; whoever has the turn acts.
pub(super) struct Tape {
    record: RefCell<Record>,
    turn: RefCell<(TaskId, Option<Switch>)>,
}

impl Tape {
    /// Tasks 1, 2, … have these names.
    pub(super) fn new(threads: &[&str]) -> Self {
        let task = |name: &&str| TaskInfo {
            name: (*name).to_owned(),
            is_thread: *name != "setup",
        };
        Tape {
            record: RefCell::new(Record {
                tasks: ["setup"].iter().chain(threads).map(task).collect(),
                ..Record::default()
            }),
            turn: RefCell::new((TaskId::SETUP, None)),
        }
    }

    /// Gives the turn to a task; `why` says what the task before was about.
    pub(super) fn turn(&self, task: u16, why: fn(TaskId) -> Switch) {
        let mut turn = self.turn.borrow_mut();
        let switch = Some(why(turn.0)).filter(|_| turn.0.0 != task);
        *turn = (TaskId(task), switch);
    }

    #[track_caller]
    pub(super) fn object(&self, kind: ObjectKind) -> Object<'_> {
        let location = Location::caller();
        let objects = &mut self.record.borrow_mut().objects;
        objects.push(ObjectInfo { kind, location });
        let id = ObjectId(objects.len() as u32 - 1);
        Object { tape: self, id }
    }

    /// Whoever has the turn has called this, and now does what it does in there.
    pub(super) fn begins(&self, callee: Callee) {
        let task = self.turn.borrow().0;
        self.record.borrow_mut().begins(task, callee);
    }

    /// The call returns this.
    pub(super) fn returns(&self, answer: &str) {
        let task = self.turn.borrow().0;
        let answer = Some(answer.to_owned());
        self.record.borrow_mut().returns(task, answer);
    }

    /// What has no place in the code.
    pub(super) fn happens(&self, what: EventKind) {
        self.push(what, None, None);
    }

    /// Like [`happens`](Self::happens), to a task that need not have the turn.
    pub(super) fn happens_to(&self, task: u16, what: EventKind) {
        let turn = self.turn.replace((TaskId(task), None));
        self.push(what, None, None);
        self.turn.replace(turn);
    }

    #[track_caller]
    pub(super) fn does(&self, operation: Operation) {
        let what = EventKind::Performed(operation, Response::Done);
        self.push(what, Some(Location::caller()), None);
    }

    fn push(&self, what: EventKind, location: Option<Site>, seen: Option<Seen>) {
        let (task, switch) = *self.turn.borrow();
        self.turn.borrow_mut().1 = None;
        self.record.borrow_mut().events.push(Event {
            task,
            what,
            location,
            seen,
            switch,
        });
    }

    pub(super) fn panics_in_final_check(self, message: &str) -> Failure {
        self.panics(message, true)
    }

    pub(super) fn panics(self, message: &str, in_final_check: bool) -> Failure {
        self.happens(EventKind::Panicked(message.to_owned()));
        let task = self.turn.borrow().0;
        self.fails(FailureKind::Panic {
            task,
            message: message.to_owned(),
            location: Some("src/timeline/tests/tape.rs:4".to_owned()),
            in_final_check,
        })
    }

    pub(super) fn fails(self, kind: FailureKind) -> Failure {
        let mut record = self.record.into_inner();
        if let FailureKind::Deadlock { blocked, .. } = &kind {
            let pending = blocked.iter().map(|entry| (entry.task, entry.operation));
            record.pending = pending.collect();
        }
        Failure {
            kind,
            workload: "1+1".to_owned(),
            in_words: "two threads, one act each".to_owned(),
            schedule: Some(Schedule::new(vec![0, 1])),
            size: Minimality::Smallest {
                disturbances: record.preemptions(),
            },
            record,
            executions: 7,
            contrast: None,
        }
    }
}

/// A task that waits for ever, here.
#[track_caller]
pub(super) fn blocked(task: u16, operation: Operation, held_by: &[u16]) -> Blocked {
    Blocked {
        task: TaskId(task),
        operation,
        location: Some(Location::caller()),
        held_by: held_by.iter().map(|&task| TaskId(task)).collect(),
        notified_too_early: false,
        on_purpose: false,
        object: operation.object(),
    }
}

/// What a record shows of a value.
pub(super) trait Shown {
    fn shown(self) -> Option<Value>;
}

impl Shown for i64 {
    fn shown(self) -> Option<Value> {
        Some(self.into())
    }
}

impl Shown for bool {
    fn shown(self) -> Option<Value> {
        Some(self.into())
    }
}

/// A value of a type that is neither.
impl Shown for &str {
    fn shown(self) -> Option<Value> {
        Some(Value::Other(self.into()))
    }
}

/// A value that cannot be shown.
pub(super) struct Hidden;

impl Shown for Hidden {
    fn shown(self) -> Option<Value> {
        None
    }
}

/// An object of a tape; its methods write what whoever has the turn does with it.
pub(super) struct Object<'a> {
    tape: &'a Tape,
    pub(super) id: ObjectId,
}

macro_rules! operations {
    ($($name:ident($operation:expr, $seen:expr)),* $(,)?) => {$(
        #[track_caller]
        pub(super) fn $name(&self, value: impl Shown) {
            let what = EventKind::Performed($operation(self.id), Response::Done);
            let seen = value.shown().map($seen);
            self.tape.push(what, Some(Location::caller()), seen);
        }
    )*};
}

impl Object<'_> {
    operations!(
        load(Operation::Load, Seen::Read),
        store(Operation::Store, Seen::Wrote),
        lock(Operation::Lock, Seen::Read),
        unlock(Operation::Unlock, Seen::Wrote),
        send(
            |channel| Operation::Send {
                channel,
                deadline: None
            },
            Seen::Wrote
        ),
        recv(
            |channel| Operation::Receive {
                channel,
                deadline: None
            },
            Seen::Read
        ),
    );

    #[track_caller]
    pub(super) fn fetch_add(&self, old: i64, new: i64) {
        let what = EventKind::Performed(Operation::Update(self.id, "fetch_add"), Response::Done);
        let (old, new) = (old.into(), new.into());
        let seen = Some(Seen::Updated { old, new });
        self.tape.push(what, Some(Location::caller()), seen);
    }

    #[track_caller]
    pub(super) fn notify_one(&self) {
        self.tape.does(Operation::NotifyOne(self.id));
    }

    #[track_caller]
    pub(super) fn notify_all(&self) {
        self.tape.does(Operation::NotifyAll(self.id));
    }

    #[track_caller]
    pub(super) fn wait(&self, mutex: &Object) {
        let (condvar, mutex) = (self.id, mutex.id);
        self.tape.does(Operation::Wait { condvar, mutex });
    }

    #[track_caller]
    pub(super) fn wake(&self, mutex: &Object) {
        self.tape.does(self.waking(mutex));
    }

    pub(super) fn waking(&self, mutex: &Object) -> Operation {
        Operation::Wake {
            condvar: self.id,
            mutex: mutex.id,
            deadline: None,
        }
    }

    /// An operation that is not done.
    #[track_caller]
    pub(super) fn refuses(&self, operation: fn(ObjectId) -> Operation, response: Response) {
        let what = EventKind::Performed(operation(self.id), response);
        self.tape.push(what, Some(Location::caller()), None);
    }
}
