//! What happens once: made of the mutexes, condvars and atomics here, so that every back end has it.

use super::atomic::{AtomicU8, Ordering};
use super::{Condvar, Mutex};
use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::OnceLock as Cell;

/// Code that is to run once, like [`std::sync::Once`].
pub struct Once {
    /// Looked at without the lock, written with it.
    phase: AtomicU8,
    lock: Mutex<()>,
    changed: Condvar,
}

/// Nobody has begun.
const NEW: u8 = 0;
/// Somebody runs the code.
const RUNS: u8 = 1;
/// The code has panicked.
const POISONED: u8 = 2;
/// The code has run.
const DONE: u8 = 3;

/// How the code of a [`Once`] finds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OnceState {
    is_poisoned: bool,
}

impl OnceState {
    /// True if the code has been tried before, and has panicked.
    pub fn is_poisoned(&self) -> bool {
        self.is_poisoned
    }
}

impl Once {
    /// Nothing has run yet.
    #[track_caller]
    pub fn new() -> Self {
        Once {
            phase: AtomicU8::new(NEW),
            lock: Mutex::new(()),
            changed: Condvar::new(),
        }
    }

    /// Runs `code` unless it has run before; waits while another thread does.
    ///
    /// # Panics
    /// Panics if an earlier try has panicked.
    #[track_caller]
    pub fn call_once(&self, code: impl FnOnce()) {
        self.call(false, |_| code());
    }

    /// The same, also if an earlier try has panicked.
    #[track_caller]
    pub fn call_once_force(&self, code: impl FnOnce(&OnceState)) {
        self.call(true, |state| code(&state));
    }

    /// True once the code has run.
    #[track_caller]
    pub fn is_completed(&self) -> bool {
        // Pairs with the store by which `Turn` ends.
        self.phase.load(Ordering::Acquire) == DONE
    }

    /// Waits until the code has run.
    ///
    /// # Panics
    /// Panics if it has panicked.
    #[track_caller]
    pub fn wait(&self) {
        if !self.is_completed() {
            let mut guard = self.lock.lock();
            while self.phase() != DONE {
                assert!(self.phase() != POISONED, "{WAS_POISONED}");
                self.changed.wait(&mut guard);
            }
        }
    }

    /// The same, whether an earlier try has panicked or not.
    #[track_caller]
    pub fn wait_force(&self) {
        if !self.is_completed() {
            let mut guard = self.lock.lock();
            let is_open = |(): &mut ()| self.phase() != DONE;
            self.changed.wait_while(&mut guard, is_open);
        }
    }

    #[track_caller]
    fn call(&self, is_forced: bool, code: impl FnOnce(OnceState)) {
        if self.is_completed() {
            return;
        }
        let mut guard = self.lock.lock();
        while self.phase() == RUNS {
            self.changed.wait(&mut guard);
        }
        let before = self.phase();
        if before == DONE {
            return;
        }
        let is_poisoned = before == POISONED;
        assert!(is_forced || !is_poisoned, "{WAS_POISONED}");
        self.phase.store(RUNS, Ordering::Relaxed);
        drop(guard);
        let mut turn = Turn(self, POISONED);
        code(OnceState { is_poisoned });
        turn.1 = DONE;
    }

    /// How far it is, for who has the lock: `Relaxed`, since that orders it.
    #[track_caller]
    fn phase(&self) -> u8 {
        self.phase.load(Ordering::Relaxed)
    }
}

/// What a call says to whom comes after a panic.
const WAS_POISONED: &str = "Once instance has previously been poisoned";

/// Says how the code has ended, when it is dropped.
struct Turn<'a>(&'a Once, u8);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let guard = self.0.lock.lock();
        // Pairs with the load of `is_completed`.
        self.0.phase.store(self.1, Ordering::Release);
        drop(guard);
        self.0.changed.notify_all();
    }
}

impl UnwindSafe for Once {}
impl RefUnwindSafe for Once {}

impl Default for Once {
    #[track_caller]
    fn default() -> Self {
        Once::new()
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Once { .. }")
    }
}

/// A value that is set once, like [`std::sync::OnceLock`].
pub struct OnceLock<T> {
    once: Once,
    value: Cell<T>,
}

impl<T> OnceLock<T> {
    /// No value yet.
    #[track_caller]
    pub fn new() -> Self {
        OnceLock {
            once: Once::new(),
            value: Cell::new(),
        }
    }

    /// The value, if it is set.
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        self.once.is_completed().then(|| self.value.get())?
    }

    /// The value, to be changed, while nobody else can reach it.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.value.get_mut()
    }

    /// Sets the value.
    ///
    /// # Errors
    /// With the value, if there is one already.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init(|| value.take().expect(ONCE));
        value.map_or(Ok(()), Err)
    }

    /// The value; if there is none, that of `code`. Waits while another thread sets it.
    #[track_caller]
    pub fn get_or_init(&self, code: impl FnOnce() -> T) -> &T {
        let set = |_: &OnceState| drop(self.value.set(code()));
        self.once.call_once_force(set);
        self.value.get().expect(ONCE)
    }

    /// Waits until there is a value.
    #[track_caller]
    pub fn wait(&self) -> &T {
        // A try that panics leaves it as it was.
        self.once.wait_force();
        self.value.get().expect(ONCE)
    }

    /// Takes the value, and leaves none.
    #[track_caller]
    pub fn take(&mut self) -> Option<T> {
        std::mem::take(self).into_inner()
    }

    /// The value, if it was set.
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }
}

/// Why there is a value where the code that sets it has run.
const ONCE: &str = "the value is set once";

impl<T> Default for OnceLock<T> {
    #[track_caller]
    fn default() -> Self {
        OnceLock::new()
    }
}

impl<T> From<T> for OnceLock<T> {
    #[track_caller]
    fn from(value: T) -> Self {
        let cell = OnceLock::new();
        drop(cell.set(value));
        cell
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    /// Another one, with the same value if it is set.
    #[track_caller]
    fn clone(&self) -> Self {
        self.get().cloned().map_or_else(OnceLock::new, From::from)
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    #[track_caller]
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    /// With the value, if it is set. No step of an exploration.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
