//! Small programs of async code: sound ones, and ones with a fault that people make.

mod executor;
mod gather;
mod mailbox;
mod semaphore;

use super::Program;

/// Programs without a fault.
pub const SOUND: &[Program] = &[
    ("gather of 3", gather::of_3),
    ("executor, 2 threads, 3 tasks", executor::sound),
    ("semaphore, 3 permits, 5 tasks", semaphore::sound),
];

/// Programs with one fault each.
pub const WRONG: &[Program] = &[
    ("the waker is left after the look", mailbox::left_too_late),
    ("the first waker is kept for ever", mailbox::kept_for_ever),
    (
        "a permit is lost with who was given it",
        semaphore::loses_what_was_given,
    ),
    (
        "a permit is given to who is gone",
        semaphore::gives_to_who_is_gone,
    ),
    (
        "the executor loses a wake-up in a poll",
        executor::loses_wake_ups,
    ),
];
