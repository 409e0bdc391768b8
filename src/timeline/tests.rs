//! Timelines as they are drawn.

mod callbacks;
mod stories;
mod tape;
mod tasks;

use super::names::Names;
use super::source::Sources;
use super::{Explanation, Length, Options, folded, rows};
use crate::diagnosis::Label;
use crate::explore::model::seen::{Seen, Value};
use crate::explore::operation::{ObjectId, Operation, Response, TaskId};
use crate::explore::record::{Event, EventKind, Site, Switch};
use crate::explore::verdict::{Contrast, Failure, FailureKind, Minimality, Turning};
use insta::assert_snapshot;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::panic::Location;
use std::rc::Rc;
use std::time::Duration;

fn source(path: &str) -> Option<String> {
    let is_stories = path.ends_with("stories.rs");
    is_stories.then(|| include_str!("tests/stories.rs").to_owned())
}

fn draw_with(
    failure: &Failure,
    options: &Options,
    read: &dyn Fn(&str) -> Option<String>,
) -> String {
    let sources = Rc::new(Sources::new(read));
    Explanation::with(failure, sources, Length::Short).draw(options)
}

fn plain(failure: &Failure, width: usize) -> String {
    draw_with(failure, &Options::plain(width), &source)
}

fn full(width: usize) -> Options {
    Options {
        heading: Some("no_update_is_lost".to_owned()),
        promise: Some("After n increments the value is n.".to_owned()),
        token: Some("counter:no_update_is_lost:1+1:1-1".to_owned()),
        hint: Some("What if another thread runs between your load and your store?".to_owned()),
        ..Options::plain(width)
    }
}

#[test]
fn a_lost_update() {
    assert_snapshot!(draw_with(&stories::lost_update(), &full(100), &source));
}

#[test]
fn a_lost_update_in_ascii() {
    let options = Options {
        ascii: true,
        ..full(80)
    };
    let drawn = draw_with(&stories::lost_update(), &options, &source);
    assert!(drawn.is_ascii(), "{drawn}");
    assert_snapshot!(drawn);
}

#[test]
fn an_old_value_in_weak_memory() {
    assert_snapshot!(plain(&stories::old_value(), 100));
}

#[test]
fn what_the_final_check_does_is_told_by_its_number_of_steps() {
    let drawn = plain(&stories::lost_update(), 100);
    assert!(drawn.contains("runs the final check (1 step)"), "{drawn}");
    assert!(!drawn.contains("\n  5 "), "{drawn}");
}

#[test]
fn of_the_final_check_is_shown_what_the_explanation_needs() {
    let failure = stories::looks_twice_in_the_end();
    let mut events = failure.record.events.iter().rev();
    let last = events.find_map(|event| event.location).expect("a place");
    let sources = Sources::new(&source);
    let names = Names::new(&failure.record, &sources);
    let rows = rows::tell(&failure, &names, &sources, Length::Short);
    let told = |explained: &[Site]| {
        let rows = folded::folded(&failure, &rows, explained);
        rows.into_iter().map(|row| row.words).collect::<Vec<_>>()
    };
    let failed = "panicked: it is 1";
    let (check, shown) = ("runs the final check", "load   count → 1");
    assert_eq!(
        told(&[])[1..],
        [format!("{check} (2 steps)"), failed.to_owned()]
    );
    let needed = told(&[last]);
    assert_eq!(
        needed[1..],
        [
            format!("{check} (1 step)"),
            shown.to_owned(),
            failed.to_owned()
        ]
    );
}

#[test]
fn the_drawing_and_what_went_wrong_come_last() {
    let drawn = draw_with(&stories::lost_update(), &full(100), &source);
    let parts = ["How small:", "Replay:", "adder-1  ", "What went wrong:"];
    let places = parts.map(|part| drawn.find(part).unwrap_or_else(|| panic!("no {part}")));
    assert!(places.is_sorted(), "{drawn}");
}

#[test]
fn the_place_of_the_fault_is_not_that_of_the_last_step() {
    let failure = stories::lost_update();
    let told = Explanation::of(&failure);
    let file = file!().replace("tests.rs", "tests/stories.rs");
    let steps = told.steps().steps;
    let mut latest = steps.iter().rev();
    let last = latest.find(|step| step.path.as_deref() == Some(&file));
    let last = last.and_then(|step| step.line);
    // In the final check it reads; the fault is that a thread wrote.
    assert_eq!((told.fault(&file), last), (Some(21), Some(17)));
    assert_eq!(told.fault("another.rs"), None);
}

#[test]
fn colour_changes_nothing_but_colour() {
    let options = Options {
        colour: true,
        ..full(100)
    };
    let failure = stories::lost_update();
    let coloured = draw_with(&failure, &options, &source);
    let mut bare = String::new();
    for (number, part) in coloured.split('\u{1b}').enumerate() {
        let text = if number == 0 {
            part
        } else {
            part.split_once('m').unwrap().1
        };
        bare.push_str(text);
    }
    assert_ne!(coloured, bare);
    assert_eq!(bare, draw_with(&failure, &full(100), &source));
}

#[test]
fn without_the_source_there_are_no_names_but_places() {
    let drawn = draw_with(&stories::circle_of_locks(), &Options::plain(100), &|_| None);
    assert_snapshot!(drawn);
}

#[test]
fn four_threads() {
    assert_snapshot!("four_threads_in_100", plain(&stories::four_adders(), 100));
    assert_snapshot!("four_threads_in_60", plain(&stories::four_adders(), 60));
}

#[test]
fn deadlocks() {
    assert_snapshot!("circle_of_locks", plain(&stories::circle_of_locks(), 100));
    assert_snapshot!(
        "a_lock_taken_twice",
        plain(&stories::a_lock_taken_twice(), 100)
    );
    assert_snapshot!(
        "notified_too_early",
        plain(&stories::notified_too_early(), 100)
    );
    assert_snapshot!(
        "a_message_that_never_comes",
        plain(&stories::a_message_that_never_comes(), 100)
    );
}

#[test]
fn long_records_are_shortened() {
    assert_snapshot!("spinning", plain(&stories::spinning(), 100));
    assert_snapshot!(
        "counting_for_ever",
        plain(&stories::counting_for_ever(), 80)
    );
}

#[test]
fn waiting() {
    assert_snapshot!(
        "woken_for_nothing",
        plain(&stories::woken_for_nothing(), 100)
    );
    assert_snapshot!(
        "many_ways_to_wait",
        plain(&stories::many_ways_to_wait(), 100)
    );
}

#[test]
fn failures_without_a_record() {
    let drawn = stories::not_the_order_of_events().map(|mut failure| {
        failure.size = Minimality::Unknown {
            why: "it was not looked for".to_owned(),
        };
        plain(&failure, 80)
    });
    assert_snapshot!(drawn.join("\n"));
}

#[test]
fn a_search_that_was_cut_off_says_what_it_tried_and_what_came_before_it() {
    let mut failure = stories::lost_update();
    failure.size = Minimality::CutOff { tried: 200_000 };
    failure.executions = 1;
    let drawn = plain(&failure, 200);
    let expected = "How small: there may be a smaller one: the search for it tried 200,000 executions, \
                    of which none failed. This one was found after 1 execution.";
    assert!(drawn.lines().any(|line| line == expected), "{drawn}");
}

#[test]
fn where_an_execution_that_passes_leaves_this_one_is_told_by_what_happens_there() {
    let location = Location::caller();
    let event = |task: u16, what| Event {
        task: TaskId(task),
        what,
        location: Some(location),
        seen: None,
        switch: None,
    };
    let count = ObjectId(0);
    let loads = |response| EventKind::Performed(Operation::Load(count), response);
    let at = format!("(tests.rs:{})", location.line());
    for (here, expected) in [
        (
            event(2, loads(Response::Done)),
            format!("It passes: if at step 2 adder-1 goes on {at} before adder-2 does."),
        ),
        (
            event(2, loads(Response::Spurious)),
            "It passes: if at step 2 adder-2 does not fail without a reason.".to_owned(),
        ),
        (
            event(2, EventKind::WokeSpuriously(count)),
            "It passes: if the wait of adder-2 does not end without a reason.".to_owned(),
        ),
        (
            event(2, EventKind::TimePassed(Duration::from_secs(1))),
            format!("It passes: if adder-1 goes on {at} before any time is over."),
        ),
    ] {
        let mut failure = stories::lost_update();
        failure.record.events[2] = here;
        failure.contrast = Some(Box::new(Contrast::Passes {
            event: 2,
            instead: event(1, loads(Response::Done)),
        }));
        let drawn = plain(&failure, 200);
        assert!(drawn.lines().any(|line| line == expected), "{drawn}");
    }
}

#[test]
fn no_line_is_wider_than_the_page() {
    let stories = [
        stories::lost_update(),
        stories::four_adders(),
        stories::notified_too_early(),
        stories::many_ways_to_wait(),
        stories::spinning(),
    ];
    for width in 40..130 {
        for story in &stories {
            for line in plain(story, width).lines() {
                assert!(super::width(line) <= width, "{width}: {line}");
                assert_eq!(line.trim_end(), line);
            }
        }
    }
}

#[test]
fn wide_and_combining_characters_shift_nothing() {
    let drawn = |names: [&str; 2], width| {
        let mut failure = stories::lost_update();
        for (task, name) in failure.record.tasks[1..].iter_mut().zip(names) {
            task.name = name.to_owned();
        }
        plain(&failure, width)
    };
    for width in [50, 60, 100] {
        let wide = drawn(["作家", "Zoe\u{301}"], width);
        let plain = wide.replace("作家", "abcd").replace("Zoe\u{301}", "efg");
        assert_eq!(plain, drawn(["abcd", "efg"], width));
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    let [a, b] = [ObjectId(0), ObjectId(9)];
    let (condvar, mutex, deadline) = (a, b, None);
    let operations = vec![
        Operation::Lock(b),
        Operation::Unlock(b),
        Operation::TryLock(a),
        Operation::Wait { condvar, mutex },
        Operation::Wake {
            condvar,
            mutex,
            deadline,
        },
        Operation::NotifyOne(a),
        Operation::NotifyAll(a),
        Operation::Join(TaskId(7)),
        Operation::Park { deadline },
        Operation::Yield,
    ];
    use Response::{Done, Spurious, TimedOut, WouldBlock};
    let responses = vec![Done, TimedOut, WouldBlock, Spurious];
    let performed = (select(operations), select(responses))
        .prop_map(|(operation, response)| EventKind::Performed(operation, response));
    let others = vec![
        EventKind::WokeSpuriously(a),
        EventKind::FinalCheck,
        EventKind::Finished,
        EventKind::Panicked("two\nlines".to_owned()),
    ];
    let what = prop_oneof![8 => performed, 1 => select(others)];
    let switches: Vec<fn(TaskId) -> Switch> =
        vec![Switch::Preempted, Switch::Blocked, Switch::Finished];
    let switch = (select(switches), 0..4u16).prop_map(|(why, from)| why(TaskId(from)));
    (0..4u16, what, option::of(switch), option::of("\\PC{0,20}")).prop_map(
        |(task, what, switch, value)| Event {
            task: TaskId(task),
            what,
            location: Some(Location::caller()),
            seen: value.map(|text| Seen::Read(Value::Other(text.into()))),
            switch,
        },
    )
}

proptest! {
    #[test]
    fn whatever_a_record_says_can_be_drawn(
        events in vec(any_event(), 0..120),
        width in 0..120usize,
        ascii: bool,
    ) {
        let mut failure = stories::four_adders();
        failure.record.events = events;
        let options = Options { ascii, ..Options::plain(width) };
        prop_assert!(draw_with(&failure, &options, &source).ends_with('\n'));
    }
}

#[test]
fn what_came_to_nothing_without_a_reason_is_told_and_has_a_name() {
    let [exchange, park] = stories::came_to_nothing();
    let told = [
        (exchange, "✗ failed without a reason", Label::RefusalIgnored),
        (park, "✗ returned without a reason", Label::NotRechecked),
    ];
    for (failure, words, label) in told {
        let drawn = plain(&failure, 160);
        assert!(drawn.contains(words), "{drawn}");
        assert_eq!(Explanation::of(&failure).label(), Some(label));
    }
}

#[test]
fn a_livelock_is_told_with_the_places_that_it_comes_by_over_and_over() {
    let steps = 9;
    let places = [1, 2].map(|task| Turning {
        task: TaskId(task),
        location: Location::caller(),
    });
    let mut failure = stories::spinning();
    failure.kind = FailureKind::Livelock {
        steps,
        cycle: places.to_vec(),
    };
    let told = Explanation::of(&failure).what();
    assert!(told.contains("Over and over it comes by"), "{told}");
    assert!(told.contains("tests.rs:"), "{told}");
}
