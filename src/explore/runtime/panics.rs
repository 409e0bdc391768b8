//! Panics as values: while code is explored, a panic prints nothing and is kept for the verdict.
//!
//! The panic hook belongs to the whole process. It is installed once, at the first capture, is
//! silent only on OS threads that are capturing, and passes every other panic on to the hook that
//! was there before.

use crate::explore::model::path;
use crate::explore::model::verdict::Caught;
use crate::explore::runtime::stuck;
use crate::text;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;
use std::thread;

/// The last that `std` tells the hook, before it ends the process: a destructor that runs because of
/// a panic has panicked itself. Nothing can stop that from within, since `std` holds a lock while the
/// hook runs.
const BEFORE_ABORT: &str = "panic in a destructor during cleanup";

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static LAST: RefCell<Option<Caught>> = const { RefCell::new(None) };
}

/// Runs `f`; a panic in it prints nothing and comes back as a value.
pub(crate) fn capture<R>(f: impl FnOnce() -> R) -> Result<R, Caught> {
    install();
    if DEPTH.get() == 0 {
        LAST.take();
    }
    DEPTH.set(DEPTH.get() + 1);
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    DEPTH.set(DEPTH.get() - 1);
    result.map_err(|payload| caught(&*payload))
}

/// What is known of the panic with this payload, which this OS thread has caught.
pub(crate) fn caught(payload: &(dyn Any + Send)) -> Caught {
    let message = message(payload);
    // The hook may since have seen the panics of destructors too.
    let location = last()
        .filter(|last| last.message == message)
        .and_then(|last| last.location);
    Caught { message, location }
}

/// Runs `f`, which may leave captures on this OS thread that never end, and forgets those.
pub(crate) fn balance<R>(f: impl FnOnce() -> R) -> R {
    let depth = DEPTH.get();
    let result = f();
    DEPTH.set(depth);
    result
}

/// What unwinds a task of an execution that is over.
struct Abandoned;

/// Unwinds the running task, whose execution is over: a panic that no hook hears of.
pub(crate) fn unwind_task() -> ! {
    panic::resume_unwind(Box::new(Abandoned))
}

/// The latest panic on this OS thread since its outermost [`capture`] began.
pub(crate) fn last() -> Option<Caught> {
    LAST.with_borrow(Clone::clone)
}

fn install() {
    static INSTALLED: Once = Once::new();
    // A hook cannot be set while panicking; a capture by a destructor must not abort.
    if thread::panicking() {
        return;
    }
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let exploring = DEPTH.try_with(|depth| depth.get() > 0).unwrap_or(false);
            if !exploring {
                previous(info);
            } else if message(info.payload()) == BEFORE_ABORT {
                stuck::explain_abort(&last().unwrap_or_default());
            } else {
                keep(info);
            }
        }));
    });
}

fn keep(info: &PanicHookInfo<'_>) {
    let caught = Caught {
        message: message(info.payload()),
        location: info
            .location()
            .map(|at| format!("{}:{}", path::shared(at.file()), at.line())),
    };
    let _ = LAST.try_with(|last| last.replace(Some(caught)));
}

fn message(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| text!("a panic whose message is no text").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message_and_place() {
        let caught = capture(|| panic!("lost {} updates", 3)).unwrap_err();
        assert_eq!(caught.message, "lost 3 updates");
        assert!(caught.location.unwrap().starts_with(file!()));
    }

    #[test]
    fn the_result_of_code_that_does_not_panic_comes_back() {
        assert_eq!(capture(|| 7), Ok(7));
    }

    #[test]
    fn a_panic_caught_further_in_can_be_asked_for() {
        let caught = capture(|| {
            let _ = panic::catch_unwind(|| panic!("inner"));
            last()
        });
        assert_eq!(caught.unwrap().unwrap().message, "inner");
    }

    #[test]
    fn a_panic_without_the_hook_keeps_its_message() {
        let caught = capture(|| panic::resume_unwind(Box::new("quiet"))).unwrap_err();
        assert_eq!(caught.message, "quiet");
        assert_eq!(caught.location, None);
    }
}
