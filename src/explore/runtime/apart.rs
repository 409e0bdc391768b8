//! Another OS thread for what cannot run on this one.

use super::current::is_exploring;
use crate::texts;
use std::panic;
use std::thread;

/// Runs `f`, on an OS thread of its own if this one seems to be panicking.
///
/// A fiber that could not be unwound to its end leaves this OS thread's count of panics too high, for
/// good: nothing here can be told from a panic any more.
pub(crate) fn unless_it_panics<R: Send>(f: impl FnOnce() -> R + Send) -> R {
    // Whoever is explored is refused an exploration here, and would not be elsewhere.
    if !thread::panicking() || is_exploring() {
        return f();
    }
    let language = texts::language();
    let f = || texts::speaking(language, f);
    let result = thread::scope(|scope| scope.spawn(f).join());
    result.unwrap_or_else(|panic| panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;
    use std::cell::Cell;
    use std::panic::AssertUnwindSafe;

    /// What `f` comes to while this OS thread panics.
    fn in_a_panic<R>(f: impl FnOnce() -> R) -> R {
        struct OnTheWay<F: FnMut()>(F);
        impl<F: FnMut()> Drop for OnTheWay<F> {
            fn drop(&mut self) {
                (self.0)();
            }
        }
        let (mut f, result) = (Some(f), Cell::new(None));
        let run = || result.set(f.take().map(|f| f()));
        let panics = AssertUnwindSafe(|| {
            let _on_the_way = OnTheWay(run);
            panic::resume_unwind(Box::new("on the way"));
        });
        assert!(panic::catch_unwind(panics).is_err());
        result.take().expect("a panic drops what there is")
    }

    #[test]
    fn what_runs_apart_is_not_panicking_and_speaks_the_same_language() {
        let here = thread::current().id();
        let told = || {
            (
                thread::panicking(),
                texts::language(),
                thread::current().id(),
            )
        };
        let told = texts::speaking(Language::French, || in_a_panic(|| unless_it_panics(told)));
        let (panicking, language, other) = told;
        assert!(!panicking && other != here);
        assert_eq!(language, Language::French);
    }

    #[test]
    fn what_need_not_run_apart_runs_here() {
        let here = thread::current().id();
        assert_eq!(unless_it_panics(|| thread::current().id()), here);
    }
}
