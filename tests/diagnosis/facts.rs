//! What a diagnosis says is so in the record: each thread that it names did what it says, with this object,
//! this value, at this place; and what it says of the rest is so as well.

mod claims;
mod doings;

use super::corpus;
use doings::Doings;
use kata::diagnosis::sentences::{Fragment, Sentences};
use kata::diagnosis::{Diagnosis, diagnose};
use kata::explore::operation::{ObjectId, TaskId};
use kata::explore::record::Site;
use kata::explore::seen::Value;
use kata::explore::{Failure, FailureKind};

/// Something that a sentence says of a thread.
#[derive(Debug, Default)]
struct Statement {
    task: Option<TaskId>,
    object: Option<ObjectId>,
    values: Vec<(Learnt, Value)>,
    place: Option<Site>,
}

/// How a sentence says that a thread came by a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Learnt {
    Read,
    Written,
    Either,
}

impl Learnt {
    /// By the text before the value.
    fn of(text: &str) -> Learnt {
        let ends = |words: &[&str]| words.iter().any(|word| text.trim_end().ends_with(word));
        if ends(&["saw", "read", "then read", "still read"]) {
            Learnt::Read
        } else if ends(&["wrote", "made it"]) {
            Learnt::Written
        } else {
            Learnt::Either
        }
    }
}

/// Takes sentences apart: a statement ends with a place, with the next object, and with the next thread.
fn statements(sentences: &Sentences) -> Vec<Statement> {
    let mut all = Vec::new();
    let mut now = Statement::default();
    let mut text = "";
    let mut end = |now: &mut Statement| {
        let task = now.task;
        let ended = std::mem::take(now);
        now.task = task;
        all.push(ended);
    };
    for fragment in sentences.fragments() {
        match fragment {
            Fragment::Text(new) => text = new,
            Fragment::Task(task) => {
                end(&mut now);
                now.task = Some(*task);
            }
            Fragment::Object(object) => {
                if now.object.is_some() {
                    end(&mut now);
                }
                now.object = Some(*object);
            }
            Fragment::Value(value) => now.values.push((Learnt::of(text), value.clone())),
            Fragment::At(place) => {
                now.place = *place;
                end(&mut now);
            }
            // Whether it is in that call is asked among the claims.
            Fragment::In(_) => end(&mut now),
        }
    }
    end(&mut now);
    all
}

/// What is said and is not so.
fn untrue(failure: &Failure, sentences: &Sentences) -> Vec<String> {
    let doings = Doings::of(failure);
    let statements = statements(sentences);
    let untrue = statements.iter().filter(|it| !doings.have(it));
    let untrue = untrue.map(|it| format!("{it:?}"));
    untrue.chain(claims::untrue(failure, sentences)).collect()
}

/// Fails unless all that is said of the failure is so.
#[track_caller]
pub fn assert_true(name: &str, failure: &Failure) {
    if let Diagnosis::Known(label, sentences) = diagnose(failure) {
        let untrue = untrue(failure, &sentences);
        assert!(
            untrue.is_empty(),
            "{name}: {label}: {untrue:#?}\n{:#?}\n{failure:#?}",
            sentences.fragments()
        );
    }
}

#[test]
fn what_is_said_of_programs_at_random_is_so() {
    let mut named = 0;
    for (name, failure) in corpus::at_random() {
        assert_true(&name, &failure);
        named += usize::from(diagnose(&failure).label().is_some());
    }
    assert!(named > 50, "only {named} were called anything");
}

/// If nobody had done anything, or nothing had been seen, that would be noticed.
#[test]
fn what_is_not_so_is_found() {
    let (mut idle, mut blind) = (0, 0);
    for (name, failure) in corpus::programs() {
        let Diagnosis::Known(_, sentences) = diagnose(&failure) else {
            continue;
        };
        let says = |is_it: fn(&Fragment) -> bool| sentences.fragments().iter().any(is_it);
        if says(|fragment| matches!(fragment, Fragment::At(Some(_)))) {
            let mut other = failure.clone();
            (other.contrast, other.kind) = (
                None,
                FailureKind::BackEnd {
                    message: String::new(),
                },
            );
            other.record.pending.clear();
            other
                .record
                .events
                .iter_mut()
                .for_each(|event| event.task = TaskId::SETUP);
            assert!(!untrue(&other, &sentences).is_empty(), "{name}");
            idle += 1;
        }
        if says(|fragment| matches!(fragment, Fragment::Value(_))) {
            let mut other = failure;
            other.contrast = None;
            other
                .record
                .events
                .iter_mut()
                .for_each(|event| event.seen = None);
            assert!(!untrue(&other, &sentences).is_empty(), "{name}");
            blind += 1;
        }
    }
    // Few of them are small enough for loom.
    let (some_idle, some_blind) = if cfg!(loom) { (5, 0) } else { (20, 5) };
    assert!(idle > some_idle && blind > some_blind, "{idle} and {blind}");
}
