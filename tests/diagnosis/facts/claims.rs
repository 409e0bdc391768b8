//! What sentences say beside who did what and where, by words of theirs.

use super::doings::blocked;
use kata::diagnosis::sentences::{Fragment, Sentences};
use kata::explore::operation::{ObjectId, Operation, Response, TaskId};
use kata::explore::record::{Event, EventKind, Switch};
use kata::explore::seen::Seen;
use kata::explore::verdict::{Contrast, Minimality};
use kata::explore::{Failure, FailureKind};

/// The thread and the object that are named last before the words; and the failure.
struct Claim<'a> {
    failure: &'a Failure,
    task: Option<TaskId>,
    object: Option<ObjectId>,
}

/// Words, and what must be so where they stand.
type Rule = (&'static str, fn(&Claim) -> bool);

const CLAIMS: &[Rule] = &[
    ("obody is left", |it| it.all_are_still()),
    (" has finished", |it| it.has_finished()),
    ("never gave it back", |it| it.is_not_done_again(releases)),
    (" was refused", |it| it.was_refused()),
    ("found another value than it asked for", |it| {
        it.was_refused()
    }),
    ("did not ask again", |it| it.last_asked_in_vain()),
    (" is parked", |it| it.is_parked()),
    ("which nobody took", |it| it.has_left_overs()),
    ("and nobody took it", |it| it.has_left_overs()),
    (" was interrupted between", |it| it.was_interrupted()),
    ("goes on first, all is well", |it| it.passes_with_fewer()),
    ("gone on first, all would be well", |it| {
        it.passes_with_fewer()
    }),
    ("is first, all is well", |it| it.passes_if_it_is_first()),
    ("It fails in whatever order", |it| it.none_passes()),
    ("although nobody had notified it", |it| {
        it.woke_without_a_reason()
    }),
    ("slept until", |it| it.slept()),
    (" until its time was over", |it| it.timed_out()),
    (" is the only thread", |it| it.was_alone()),
    ("when it came to its exchange", |it| it.was_refused()),
    ("did not wait for it", |it| it.is_not_joined()),
    ("over and over", |it| {
        matches!(it.failure.kind, FailureKind::Livelock { .. })
    }),
];

/// What is said and is not so.
pub fn untrue(failure: &Failure, sentences: &Sentences) -> Vec<String> {
    let mut claim = Claim {
        failure,
        task: None,
        object: None,
    };
    let mut untrue = Vec::new();
    let fragments = sentences.fragments();
    for (place, fragment) in fragments.iter().enumerate() {
        match fragment {
            Fragment::Task(task) => claim.task = Some(*task),
            Fragment::Object(object) => claim.object = Some(*object),
            Fragment::Text(text) => {
                for (words, is_so) in CLAIMS.iter().filter(|(words, _)| text.contains(words)) {
                    if !is_so(&claim) {
                        untrue.push(format!("{words:?} of {:?}, {place}", claim.task));
                    }
                }
            }
            Fragment::In(call) if !claim.waits_in(call) => {
                untrue.push(format!("{:?} waits in {call}, {place}", claim.task));
            }
            _ => {}
        }
    }
    untrue
}

fn releases(operation: &Operation) -> bool {
    use Operation::{Unlock, UnlockRead, UnlockWrite, Wait};
    matches!(
        operation,
        Unlock(_) | UnlockRead(_) | UnlockWrite(_) | Wait { .. }
    )
}

impl Claim<'_> {
    /// True if the thread waits, and has called the check back by this call, which has not returned.
    fn waits_in(&self, name: &str) -> bool {
        let mut waiting = blocked(self.failure).iter();
        let mut calls = self.failure.record.calls.iter();
        waiting.any(|entry| Some(entry.task) == self.task)
            && calls.any(|call| {
                let is_open = call.end.is_none() && Some(call.task) == self.task;
                is_open && call.of_check() == Some(name)
            })
    }

    fn events(&self) -> impl Iterator<Item = &Event> {
        self.failure.record.events.iter()
    }

    /// What the thread did.
    fn own(&self) -> impl Iterator<Item = (Operation, Response, &Event)> {
        self.events().filter_map(|event| match event.what {
            EventKind::Performed(operation, response) if Some(event.task) == self.task => {
                Some((operation, response, event))
            }
            _ => None,
        })
    }

    /// What the thread did with the object.
    fn own_there(&self) -> impl Iterator<Item = (Operation, Response, &Event)> {
        self.own()
            .filter(|(operation, ..)| operation.object() == self.object)
    }

    fn ends(&self, task: TaskId) -> bool {
        self.events()
            .any(|event| event.task == task && event.what == EventKind::Finished)
    }

    /// It has panicked, and that was left to who joins it.
    fn has_panicked(&self, task: TaskId) -> bool {
        self.events()
            .any(|event| event.task == task && matches!(event.what, EventKind::Panicked(_)))
    }

    /// No thread can go on but those that go round.
    fn all_are_still(&self) -> bool {
        let tasks = (1..self.failure.record.tasks.len()).map(TaskId::at);
        let mut others = tasks.filter(|&task| !self.ends(task) && !self.has_panicked(task));
        match self.failure.kind {
            FailureKind::Livelock { .. } => others.all(|task| {
                let mut pending = self.failure.record.pending.iter();
                Some(task) == self.task || pending.any(|(waiting, _)| *waiting == task)
            }),
            _ => others.all(|task| blocked(self.failure).iter().any(|entry| entry.task == task)),
        }
    }

    /// One of its waits ended only because its time was over.
    fn timed_out(&self) -> bool {
        let is_late = |operation: Operation, response: Response| {
            matches!(operation, Operation::Wake { .. }) && response == Response::TimedOut
        };
        self.own()
            .any(|(operation, response, _)| is_late(operation, response))
    }

    /// No other thread has performed anything before the final check.
    fn was_alone(&self) -> bool {
        let mut before = self
            .events()
            .take_while(|event| event.what != EventKind::FinalCheck);
        before.all(|event| {
            let performs = matches!(event.what, EventKind::Performed(..));
            !performs || event.task == TaskId::SETUP || Some(event.task) == self.task
        })
    }

    fn has_finished(&self) -> bool {
        self.task.is_some_and(|task| self.ends(task))
    }

    fn is_not_done_again(&self, what: fn(&Operation) -> bool) -> bool {
        let last = self.own_there().last();
        last.is_some_and(|(operation, ..)| !what(&operation))
    }

    fn was_refused(&self) -> bool {
        let is_refusal = |response: Response, event: &Event| {
            matches!(
                response,
                Response::WouldBlock | Response::TimedOut | Response::Spurious
            ) || matches!(event.seen, Some(Seen::Refused { .. }))
        };
        // Who holds it is named after who was refused.
        self.events().any(|event| match event.what {
            EventKind::Performed(operation, response) => {
                operation.object() == self.object && is_refusal(response, event)
            }
            _ => false,
        })
    }

    /// What is said of who was refused comes after who held the lock: of any thread.
    fn last_asked_in_vain(&self) -> bool {
        let tasks = (1..self.failure.record.tasks.len()).map(TaskId::at);
        tasks.into_iter().any(|task| {
            let there = Claim {
                task: Some(task),
                ..*self
            };
            let last = there.own_there().last();
            last.is_some_and(|(_, response, _)| response == Response::WouldBlock)
        })
    }

    fn is_parked(&self) -> bool {
        let mut blocked = blocked(self.failure).iter();
        blocked.any(|entry| {
            Some(entry.task) == self.task && matches!(entry.operation, Operation::Park { .. })
        })
    }

    /// More was sent to the channel than was taken from it.
    fn has_left_overs(&self) -> bool {
        let done = |is_so: fn(&Operation) -> bool| {
            let done = self.events().filter(|event| match &event.what {
                EventKind::Performed(operation, Response::Done) => {
                    operation.object() == self.object && is_so(operation)
                }
                _ => false,
            });
            done.count()
        };
        use Operation::{Receive, Send, TryReceive, TrySend};
        let sent = done(|operation| matches!(operation, Send { .. } | TrySend(_)));
        sent > done(|operation| matches!(operation, Receive { .. } | TryReceive(_)))
    }

    fn was_interrupted(&self) -> bool {
        let task = self.task;
        self.events().any(
            |event| matches!(event.switch, Some(Switch::Preempted(from)) if Some(from) == task),
        )
    }

    /// It is the smallest, and needs somebody to be interrupted.
    fn passes_with_fewer(&self) -> bool {
        matches!(self.failure.size, Minimality::Smallest { disturbances } if disturbances > 0)
    }

    fn passes_if_it_is_first(&self) -> bool {
        let contrast = self.failure.contrast.as_deref();
        matches!(contrast, Some(Contrast::Passes { instead, .. }) if Some(instead.task) == self.task)
    }

    fn none_passes(&self) -> bool {
        matches!(
            self.failure.contrast.as_deref(),
            Some(Contrast::NonePasses { .. })
        )
    }

    fn woke_without_a_reason(&self) -> bool {
        self.events().any(|event| {
            Some(event.task) == self.task && matches!(event.what, EventKind::WokeSpuriously(_))
        })
    }

    fn slept(&self) -> bool {
        self.own()
            .any(|(operation, ..)| matches!(operation, Operation::Sleep { .. }))
    }

    /// Nobody has waited for the thread.
    fn is_not_joined(&self) -> bool {
        self.events().all(|event| match event.what {
            EventKind::Performed(Operation::Join(task), _) => Some(task) != self.task,
            _ => true,
        })
    }
}
