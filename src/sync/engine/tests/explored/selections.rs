//! Selections: which operation is chosen, and what there is to say if none can go on.

use super::*;
use crate::explore::operation::Operation;
use crate::sync::engine::channel::{Receiver, Select, Sender, select};

/// Two channels with a message each.
fn two_messages() -> [Receiver<u8>; 2] {
    [1, 2].map(|message| {
        let (sender, receiver) = bounded(1);
        sender.send(message).unwrap();
        receiver
    })
}

#[test]
fn of_several_operations_that_can_go_on_each_is_chosen() {
    for other in [1, 2] {
        let failure = failure(move || {
            let [a, b] = two_messages();
            Scenario::new().thread("only", move || {
                let chosen = select! {
                    recv(a) -> message => message,
                    recv(b) -> message => message,
                };
                assert_ne!(chosen, Ok(other), "the other one was chosen");
            })
        });
        assert!(matches!(failure.kind, FailureKind::Panic { .. }));
    }
}

#[test]
fn a_biased_selection_chooses_the_first_that_can_go_on() {
    let verdict = verdict(|| {
        let [a, b] = two_messages();
        Scenario::new().thread("only", move || {
            let mut select = Select::new_biased();
            select.recv(&a);
            select.recv(&b);
            assert_eq!(select.select().recv(&a), Ok(1));
        })
    });
    assert!(
        matches!(verdict, Verdict::Verified { executions: 1, .. }),
        "{verdict:?}"
    );
}

#[test]
fn a_selection_that_waits_for_ever_is_a_deadlock_at_all_its_channels() {
    let failure = failure(|| {
        let [(a, from_a), (b, from_b), (c, from_c)] = [(); 3].map(|()| unbounded::<u8>());
        Scenario::new().thread("only", move || {
            // That was looked at before, and is not waited for.
            assert!(from_c.try_recv().is_err());
            select! {
                recv(from_a) -> _ => {}
                recv(from_b) -> _ => {}
            }
            drop((a, b, c));
        })
    });
    let FailureKind::Deadlock { blocked, .. } = &failure.kind else {
        panic!("{:?}", failure.kind);
    };
    let receives = blocked
        .iter()
        .filter(|entry| matches!(entry.operation, Operation::Receive { .. }));
    let mut channels: Vec<_> = receives.filter_map(|entry| entry.object).collect();
    channels.dedup();
    assert_eq!(channels.len(), 2, "{blocked:?}");
}

#[test]
fn a_timed_selection_gives_up_and_may_do_so_early() {
    let failure = failure(|| {
        let (sender, receiver) = unbounded::<u8>();
        Scenario::new()
            .thread("sender", move || sender.send(1).unwrap())
            .thread("receiver", move || {
                let start = Instant::now();
                select! {
                    recv(receiver) -> message => assert_eq!(message, Ok(1)),
                    default(HOUR) => assert!(start.elapsed() < HOUR, "the time is over"),
                }
            })
    });
    let FailureKind::Panic { message, .. } = failure.kind else {
        panic!("{:?}", failure.kind);
    };
    assert_eq!(message, "the time is over");
}

/// Why the exploration of two threads is given up.
#[track_caller]
fn given_up(threads: impl Fn() -> [Box<dyn FnOnce() + Send>; 2] + Send + Sync + 'static) -> String {
    let verdict = verdict(move || {
        let [first, second] = threads();
        Scenario::new()
            .thread("first", first)
            .thread("second", second)
    });
    match verdict {
        Verdict::Inconclusive { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_selection_that_waits_at_a_channel_without_room_meets_who_comes_to_stay() {
    let verdict = verdict(|| {
        let (sender, receiver) = bounded::<u8>(0);
        let (open, quits) = bounded::<()>(0);
        let works = move || {
            let mut received = Vec::new();
            loop {
                select! {
                    recv(receiver) -> message => match message {
                        Ok(message) => received.push(message),
                        Err(_) => break,
                    },
                    recv(quits) -> end => break assert!(end.is_err()),
                }
            }
            assert_eq!(received, [1, 2]);
        };
        Scenario::new()
            .thread("works", works)
            .thread("sends", move || {
                [1, 2]
                    .into_iter()
                    .for_each(|message| sender.send(message).unwrap());
                drop(open);
            })
    });
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
}

#[test]
fn where_an_attempt_misses_a_selection_at_a_channel_without_room_the_exploration_is_given_up() {
    type Code = fn(Sender<u8>);
    let comes: [Code; 3] = [
        |sender| {
            let _ = sender.try_send(1);
        },
        |sender| {
            select! {
                send(sender, 1) -> result => result.unwrap(),
            }
        },
        |sender| {
            select! {
                send(sender, 1) -> _ => {}
                default => {}
            }
        },
    ];
    for come in comes {
        let message = given_up(move || {
            let (sender, receiver) = bounded::<u8>(0);
            let waits = move || {
                select! {
                    recv(receiver) -> _ => {}
                    default(HOUR) => {}
                }
            };
            [Box::new(move || come(sender)), Box::new(waits)]
        });
        assert!(
            message.contains("only attempts to find somebody"),
            "{message}"
        );
    }
}

#[test]
fn an_attempt_meets_nobody_who_only_attempts() {
    let verdict = verdict(|| {
        let (sender, receiver) = bounded::<u8>(0);
        Scenario::new()
            .thread("sender", move || assert!(sender.try_send(1).is_err()))
            .thread("receiver", move || assert!(receiver.try_recv().is_err()))
    });
    assert!(matches!(verdict, Verdict::Verified { .. }), "{verdict:?}");
}

#[test]
fn operations_between_a_choice_and_its_completion_give_the_exploration_up() {
    let message = given_up(|| {
        let (sender, receiver) = bounded(1);
        let count = AtomicUsize::new(0);
        let sends = move || {
            select! {
                send(sender, count.load(SeqCst)) -> result => result.unwrap(),
            }
        };
        [
            Box::new(sends),
            Box::new(move || {
                let _ = receiver.try_recv();
            }),
        ]
    });
    assert!(message.contains("make the message before"), "{message}");
}
