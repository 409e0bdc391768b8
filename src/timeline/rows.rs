//! The failed execution, told row by row.

use super::callbacks;
use super::calls;
use super::compress::{Bounds, Length, Part, compress};
use super::names::{Names, place, short_path};
use super::object_states::ObjectStates;
use super::operation_text;
use super::row::{Row, RowKind};
use super::shown::shown;
use super::source::Sources;
use super::text::{count, said};
use crate::explore::operation::{Operation, TaskId};
use crate::explore::record::{Event, EventKind, Site, Switch};
use crate::explore::verdict::{Blocked, Failure, FailureKind};
use crate::text;
use std::collections::HashSet;

/// Tells the execution.
pub(super) fn tell(
    failure: &Failure,
    names: &Names,
    sources: &Sources,
    length: Length,
) -> Vec<Row> {
    let bounds = match failure.kind {
        FailureKind::Livelock { .. } | FailureKind::TooLong { .. } => Bounds::ENDLESS,
        _ => Bounds::ORDINARY,
    };
    let shown = shown(failure);
    let parts = match length {
        Length::Short => compress(&failure.record.events, &shown, bounds),
        Length::Whole => shown.iter().map(|&index| Part::Event(index)).collect(),
    };
    let mut builder = RowBuilder {
        failure,
        names,
        sources,
        shown,
        state: ObjectStates::default(),
        followed: 0,
        number: 0,
        lines: HashSet::new(),
        knows_preemption: false,
        rows: Vec::new(),
        noted: 0,
    };
    for part in parts {
        builder.part(part);
        builder.note_objects();
    }
    builder.end();
    builder.note_objects();
    builder.rows
}

struct RowBuilder<'a> {
    failure: &'a Failure,
    names: &'a Names,
    sources: &'a Sources<'a>,
    shown: Vec<usize>,
    state: ObjectStates,
    /// So many events are in `state`.
    followed: usize,
    /// The number of the latest operation.
    number: usize,
    /// The lines of code that have been shown.
    lines: HashSet<(String, u32)>,
    /// What a preemption is has been said.
    knows_preemption: bool,
    rows: Vec<Row>,
    /// So many rows know the objects.
    noted: usize,
}

impl RowBuilder<'_> {
    fn part(&mut self, part: Part) {
        match part {
            Part::Event(index) => {
                self.follow_to(index);
                self.switch(index);
                self.event(index);
            }
            Part::Again { skipped, period } => {
                let rounds = self.shown_in(&skipped) / period;
                let words = match period {
                    1 => text!("… the last step again ×{rounds} …", rounds),
                    several => text!(
                        "… the last {steps} again ×{rounds} …",
                        steps = count(several, "step"),
                        rounds
                    ),
                };
                self.rows.push(Row::new(None, RowKind::Aside, words));
                self.follow_to(skipped.end);
            }
            Part::LeftOut(range) => {
                let left_out = count(self.shown_in(&range), "step");
                let words = text!("… {steps} left out …", steps = left_out);
                self.rows.push(Row::new(None, RowKind::Aside, words));
                self.follow_to(range.end);
            }
        }
    }

    /// Notes the objects' state on the rows that have been told since.
    fn note_objects(&mut self) {
        let events = &self.failure.record.events;
        let mut after = self.state.clone();
        // The event of the last row is followed only when the next one is told.
        if let Some(event) = events.get(self.followed) {
            after.follow(event);
        }
        let objects = after.objects(self.names);
        for row in &mut self.rows[self.noted..] {
            row.objects.clone_from(&objects);
        }
        self.noted = self.rows.len();
    }

    fn shown_in(&self, range: &std::ops::Range<usize>) -> usize {
        self.shown
            .iter()
            .filter(|index| range.contains(index))
            .count()
    }

    /// Takes the events before this one into account.
    fn follow_to(&mut self, index: usize) {
        for at in self.followed..index {
            let event = &self.failure.record.events[at];
            self.state.follow(event);
            let counts = matches!(event.what, EventKind::Performed(..));
            self.number += usize::from(counts && self.shown.binary_search(&at).is_ok());
        }
        self.followed = self.followed.max(index);
    }

    /// Says why the turn went to the task of this event.
    fn switch(&mut self, index: usize) {
        let event = &self.failure.record.events[index];
        let Some(switch) = event.switch else {
            return;
        };
        let from = switch.from();
        if from == TaskId::SETUP || from == event.task {
            return;
        }
        let words = match switch {
            // Its end has a row already.
            Switch::Finished(_) => return,
            Switch::Preempted(_) => self.preempted().to_owned(),
            Switch::Yielded(_) => text!("gave way").to_owned(),
            Switch::Blocked(_) => return self.waits(from, index),
        };
        let to = Some(event.task);
        self.rows.push(Row {
            to,
            ..Row::new(from, RowKind::Aside, words)
        });
    }

    /// Says that a task waits, when this event of another one comes.
    fn waits(&mut self, task: TaskId, index: usize) {
        let called = self.failure.record.called_back(task, index);
        let words = match (called, self.next_operation(task, index)) {
            (Some((_, call)), _) => callbacks::waits(call),
            (None, Some(operation)) => {
                let wait = operation_text::wait_in(task, &operation, &self.state, self.names);
                text!("waits for {wait}", wait)
            }
            (None, None) => text!("has to wait").to_owned(),
        };
        self.rows.push(Row {
            to: Some(self.failure.record.events[index].task),
            call: called.map(|(place, _)| place),
            ..Row::new(task, RowKind::Aside, words)
        });
    }

    /// What a preemption is, the first time.
    fn preempted(&mut self) -> &'static str {
        let is_known = std::mem::replace(&mut self.knows_preemption, true);
        if is_known {
            text!("preempted")
        } else {
            text!("preempted: it could have gone on")
        }
    }

    /// What the task does, or waits to do, from this event on.
    fn next_operation(&self, task: TaskId, index: usize) -> Option<Operation> {
        let later = &self.failure.record.events[index..];
        let performed = later.iter().find_map(|event| match event.what {
            EventKind::Performed(operation, _) if event.task == task => Some(operation),
            _ => None,
        });
        performed.or_else(|| {
            let mut pending = self.failure.record.pending.iter();
            let entry = pending.find(|(waiting, _)| *waiting == task);
            entry.map(|(_, operation)| *operation)
        })
    }

    fn event(&mut self, index: usize) {
        let event = &self.failure.record.events[index];
        if event.what == EventKind::Finished && self.end_is_clear(index) {
            return;
        }
        let mut row = match &event.what {
            EventKind::Performed(operation, response) => {
                let seen = event.seen.as_ref();
                let words =
                    operation_text::performed(operation, *response, seen, &self.state, self.names);
                let mut row = Row::new(event.task, RowKind::Operation, words);
                row.number = Some(self.number + 1);
                // A guard remembers where the lock was taken, not where it was given back.
                let is_unlock = operation.verb().starts_with("unlock");
                if let Some(location) = event.location.filter(|_| !is_unlock) {
                    self.locate(&mut row, location);
                }
                let called = self.failure.record.called_back(event.task, index);
                row.call = called.map(|(place, _)| place);
                row
            }
            EventKind::WokeSpuriously(condvar) => {
                let words = text!(
                    "wakes, though nobody notified {condvar}",
                    condvar = self.names.object(*condvar)
                );
                Row::new(event.task, RowKind::Aside, words)
            }
            EventKind::TimePassed(now) => Row::new(
                event.task,
                RowKind::Aside,
                operation_text::time_passed(*now),
            ),
            EventKind::FinalCheck => Row {
                event: Some(index),
                ..Row::new(event.task, RowKind::Aside, operation_text::final_check())
            },
            EventKind::Finished => Row::new(event.task, RowKind::Aside, text!("finished")),
            EventKind::Panicked(message) => self.panic(event.task, message),
        };
        row.event = Some(index);
        let unseen = self.state.unseen(event);
        if event.what == EventKind::Finished {
            row.to = self.next_task(index).filter(|&next| next != event.task);
        }
        let call = row.call;
        self.rows.push(row);
        if let Some((writer, value)) = unseen {
            let words = operation_text::unseen(*writer, value, self.names);
            self.rows.push(Row {
                call,
                ..Row::new(event.task, RowKind::Aside, words)
            });
        }
    }

    /// True if the rows around a task's end say that it has ended.
    fn end_is_clear(&self, index: usize) -> bool {
        let task = self.failure.record.events[index].task;
        let checks = |next: &Event| next.what == EventKind::FinalCheck && next.task == task;
        let panicked = |row: &Row| row.task == Some(task) && row.kind == RowKind::Failure;
        self.shown_after(index).is_some_and(checks) || self.rows.iter().any(panicked)
    }

    fn shown_after(&self, index: usize) -> Option<&Event> {
        let next = self.shown.partition_point(|&shown| shown <= index);
        Some(&self.failure.record.events[*self.shown.get(next)?])
    }

    /// Who acts after this event.
    fn next_task(&self, index: usize) -> Option<TaskId> {
        let next = self.shown_after(index)?;
        Some(next.switch.map_or(next.task, |switch| match switch {
            Switch::Finished(_) => next.task,
            other => other.from(),
        }))
    }

    fn locate(&mut self, row: &mut Row, location: Site) {
        row.place = Some(place(location));
        row.source = Some((location.file().to_owned(), location.line()));
        row.code = self.code(location.file(), location.line());
    }

    /// The line of code, if it has not been shown.
    fn code(&mut self, file: &str, line: u32) -> Option<String> {
        let is_new = self.lines.insert((file.to_owned(), line));
        self.sources.line(file, line).filter(|_| is_new)
    }

    fn panic(&mut self, task: TaskId, message: &str) -> Row {
        let mut row = Row::new(
            task,
            RowKind::Failure,
            text!("panicked: {said}", said = said(message)),
        );
        let FailureKind::Panic {
            location: Some(location),
            in_final_check,
            ..
        } = &self.failure.kind
        else {
            return row;
        };
        if let Some((file, line)) = location.rsplit_once(':') {
            row.place = Some(format!("{}:{line}", short_path(file)));
            let line = line.parse();
            row.source = line.clone().ok().map(|line| (file.to_owned(), line));
            if let Ok(line) = line
                && !in_final_check
            {
                // An assertion's message says more than the line on which it begins.
                let code = self.code(file, line);
                row.code = code.filter(|code| !code.starts_with("assert"));
            }
        }
        row
    }

    /// What is known of the end beyond the record.
    fn end(&mut self) {
        self.follow_to(self.failure.record.events.len());
        match &self.failure.kind {
            FailureKind::Deadlock { .. } | FailureKind::Unexplained(_) => {
                for entry in self.failure.kind.waiting().0 {
                    self.waits_for_ever(entry);
                }
                let blamed = calls::blamed(&self.failure.kind);
                let row = |(task, words)| Row::new(task, RowKind::Failure, words);
                self.rows.extend(blamed.map(row));
            }
            FailureKind::Panic { task, message, .. } => {
                let told = |row: &Row| row.kind == RowKind::Failure;
                if !self.rows.iter().any(told) {
                    let row = self.panic(*task, message);
                    self.rows.push(row);
                }
            }
            _ => {}
        }
    }

    fn waits_for_ever(&mut self, entry: &Blocked) {
        let record = &self.failure.record;
        let called = record.called_back(entry.task, record.events.len());
        let words = match called {
            Some((_, call)) => callbacks::waits_for_ever(call),
            None => {
                let (operation, held_by) = (&entry.operation, &entry.held_by);
                let wait = operation_text::wait(entry.task, operation, held_by, self.names);
                text!("waits for ever for {wait}", wait)
            }
        };
        let mut row = Row::new(entry.task, RowKind::Failure, words);
        row.call = called.map(|(place, _)| place);
        if let Some(location) = entry.location {
            self.locate(&mut row, location);
        }
        self.rows.push(row);
    }
}
