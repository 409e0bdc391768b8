//! Of the calls of the check a drawing has the names, and the steps of what is checked.

use super::tape::{Tape, blocked};
use super::{full, plain};
use crate::diagnosis::Label;
use crate::explore::operation::{ObjectKind, Operation};
use crate::explore::record::{Callee, EventKind, Site, Switch};
use crate::explore::verdict::{Contrast, Failure, FailureKind};
use crate::timeline::names::Names;
use crate::timeline::source::Sources;
use crate::timeline::{Explanation, Length, callbacks, rows};
use Switch::{Blocked, Finished, Preempted};

fn of_check(name: &str) -> Callee {
    Callee::Check(Some(name.to_owned()))
}

/// A server takes a lock of its own, and asks the check for a text, which takes it three steps; before the
/// last of them somebody else comes. Then it panics.
fn asks_and_is_interrupted() -> Failure {
    let tape = Tape::new(&["server", "other"]);
    let [table, state] = [ObjectKind::Mutex; 2].map(|kind| tape.object(kind));
    let ready = tape.object(ObjectKind::Atomic);
    tape.turn(1, Finished);
    tape.begins(Callee::Checked("serve".to_owned()));
    table.lock(1);
    table.unlock(1);
    tape.begins(of_check("line.receive()"));
    state.lock(1);
    state.unlock(1);
    tape.turn(2, Preempted);
    table.lock(1);
    table.unlock(1);
    tape.happens(EventKind::Finished);
    tape.turn(1, Finished);
    ready.store(1);
    tape.returns("Some(\"exit\")");
    table.lock(1);
    tape.panics("boom", false)
}

/// The rows of its drawing, if these places are explained.
fn words(failure: &Failure, explained: &[Site]) -> Vec<String> {
    let sources = Sources::new(&|_| None);
    let names = Names::new(&failure.record, &sources);
    let rows = rows::tell(failure, &names, &sources, Length::Short);
    let rows = callbacks::folded(failure, &rows, explained);
    rows.into_iter().map(|row| row.words).collect()
}

/// Where the event of the record happens.
fn place(failure: &Failure, event: usize) -> Site {
    failure.record.events[event].location.expect("a place")
}

#[test]
fn a_call_is_one_row_with_its_answer_and_one_more_after_each_interruption() {
    let told = words(&asks_and_is_interrupted(), &[]);
    let expected = [
        "lock   mutex#1 → 1",
        "unlock mutex#1 ← 1",
        "line.receive()",
        "preempted: it could have gone on",
        "lock   mutex#1 → 1",
        "unlock mutex#1 ← 1",
        "finished",
        "… line.receive() → Some(\"exit\")",
        "lock   mutex#1 → 1",
        "panicked: boom",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_call_that_calls_the_check_back_stays_the_codes_own_and_one_made_of_calls_is_the_checks() {
    let checked = |name: &str| Callee::Checked(name.to_owned());
    for (made_by, of_the_check) in [(of_check("action()"), vec![]), (checked("act"), vec![0])] {
        let tape = Tape::new(&["runner"]);
        let [door, list] = [ObjectKind::Mutex; 2].map(|kind| tape.object(kind));
        tape.turn(1, Finished);
        tape.begins(checked("run"));
        door.lock(1);
        tape.begins(made_by);
        tape.begins(checked("enter"));
        list.lock(1);
        list.unlock(1);
        tape.returns("");
        tape.returns("");
        door.unlock(1);
        tape.returns("");
        let failure = tape.panics("boom", false);
        let objects = failure.record.of_the_check();
        let numbers: Vec<usize> = objects.iter().map(|object| object.index()).collect();
        assert_eq!(numbers, of_the_check);
    }
}

#[test]
fn steps_of_a_call_are_shown_where_the_explanation_names_one_of_them() {
    let failure = asks_and_is_interrupted();
    let told = words(&failure, &[place(&failure, 2)]);
    let expected = ["lock   mutex#2 → 1", "unlock mutex#2 ← 1"];
    assert_eq!(told[2..4], expected);
    // The other piece is not concerned.
    assert_eq!(told[8], "… line.receive() → Some(\"exit\")");
}

#[test]
fn steps_of_a_call_are_shown_where_an_execution_that_passes_differs_at_one_of_them() {
    let mut failure = asks_and_is_interrupted();
    let row_of_its_number = |event: usize, failure: &mut Failure| {
        let instead = failure.record.events[0].clone();
        failure.contrast = Some(Box::new(Contrast::Passes { event, instead }));
        words(failure, &[])[2].clone()
    };
    // The row has the number of its first step.
    assert_eq!(row_of_its_number(2, &mut failure), "line.receive()");
    assert_eq!(row_of_its_number(3, &mut failure), "lock   mutex#2 → 1");
}

#[test]
fn all_steps_are_there_for_those_who_lay_them_out_themselves() {
    let failure = asks_and_is_interrupted();
    let steps = Explanation::of(&failure).steps().steps;
    let numbers: Vec<usize> = steps.iter().filter_map(|step| step.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn what_only_the_calls_use_is_not_among_the_names() {
    let failure = asks_and_is_interrupted();
    let drawn = super::draw_with(&failure, &full(160), &|_| None);
    let (_, legend) = drawn.split_once("Names: ").expect("names");
    let legend = legend.lines().next().expect("a line");
    assert!(legend.contains("mutex#1"), "{legend}");
    assert!(!legend.contains("mutex#2"), "{legend}");
    assert!(!legend.contains("atomic"), "{legend}");
}

/// Somebody waits in a call for ever, as the check wants it, and somebody else does so, too.
fn two_wait_in_calls() -> Failure {
    let tape = Tape::new(&["server", "stopper"]);
    let [closing, due] = [ObjectKind::Channel; 2].map(|kind| tape.object(kind));
    tape.turn(1, Finished);
    tape.begins(of_check("one.receive()"));
    closing.send(1);
    tape.turn(2, Blocked);
    tape.begins(of_check("other.is_served()"));
    let [server, stopper] = [(1, closing.id), (2, due.id)].map(|(task, channel)| {
        let deadline = None;
        let mut entry = blocked(task, Operation::Receive { channel, deadline }, &[]);
        entry.on_purpose = true;
        entry
    });
    tape.fails(FailureKind::Deadlock {
        blocked: vec![server, stopper],
        cycle: vec![],
    })
}

#[test]
fn who_waits_in_a_call_is_told_by_its_name() {
    let failure = two_wait_in_calls();
    let told = words(&failure, &[]);
    let expected = [
        "one.receive() waits for ever",
        "other.is_served() waits for ever",
    ];
    assert_eq!(told[told.len() - 2..], expected);
    let drawn = plain(&failure, 100);
    assert!(!drawn.contains("channel"), "{drawn}");
    assert!(!drawn.contains(".rs:"), "{drawn}");
}

#[test]
fn of_two_that_wait_as_the_check_wants_it_both_are_named() {
    let failure = two_wait_in_calls();
    let explanation = Explanation::of(&failure);
    assert_eq!(explanation.label(), Some(Label::HeldUp));
    let what = explanation.what();
    for part in [
        "server waits, as the check wants it (one.receive())",
        "They do not, for they wait as well: stopper (other.is_served())",
    ] {
        assert!(what.contains(part), "{what}");
    }
}
