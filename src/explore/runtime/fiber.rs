//! Coroutines on pooled stacks, and code that they run although it borrows: the only file of the
//! crate with `unsafe` code.
#![allow(unsafe_code)]

use crate::explore::model::scenario::Body;
use crate::explore::model::task_set::TaskSet;
use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult, Yielder};
use std::cell::{Cell, RefCell};
use std::io;
use std::marker::PhantomData;
use std::mem;
use std::panic::{self as unwind, AssertUnwindSafe};
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes reserved for one task's stack, as many as a thread of `std` has. Only the pages in use
/// cost memory.
const STACK_SIZE: usize = 2 * 1024 * 1024;

/// How many unused stacks a thread keeps: enough for any execution, which then need not ask the system
/// for memory.
const MAX_POOLED_STACKS: usize = TaskSet::MAX_TASKS;

static LEAKED: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static STACKS: RefCell<Vec<DefaultStack>> = const { RefCell::new(Vec::new()) };
    /// The yielder of the fiber that runs now; null outside fibers.
    static CURRENT: Cell<*const Yielder<(), ()>> = const { Cell::new(ptr::null()) };
}

/// Memory that a fiber can run on.
pub(crate) struct Stack(DefaultStack);

impl Stack {
    /// A stack that is free, or a new one.
    ///
    /// # Errors
    /// If the system has no memory for it.
    pub(crate) fn take() -> io::Result<Self> {
        let free = STACKS.with_borrow_mut(Vec::pop);
        free.map_or_else(|| DefaultStack::new(STACK_SIZE), Ok)
            .map(Stack)
    }
}

/// A task's code, which can stop in the middle and be resumed.
pub(crate) struct Fiber {
    /// `None` once the code has returned.
    coroutine: Option<Coroutine<(), (), ()>>,
}

impl Fiber {
    /// A fiber that will run `body`, which must not unwind.
    pub(crate) fn new(stack: Stack, body: impl FnOnce() + 'static) -> Self {
        let coroutine = Coroutine::with_stack(stack.0, move |yielder, ()| {
            CURRENT.set(yielder);
            body();
        });
        Fiber {
            coroutine: Some(coroutine),
        }
    }

    /// Runs the code until it suspends or returns.
    pub(crate) fn resume(&mut self) {
        let Some(coroutine) = &mut self.coroutine else {
            return;
        };
        let outer = CURRENT.get();
        let result = coroutine.resume(());
        CURRENT.set(outer);
        if let CoroutineResult::Return(()) = result
            && let Some(coroutine) = self.coroutine.take()
        {
            recycle(coroutine.into_stack());
        }
    }

    /// True once the code has returned.
    pub(crate) fn is_finished(&self) -> bool {
        self.coroutine.is_none()
    }
}

impl Drop for Fiber {
    /// Leaks code that has not returned: whoever drops a fiber has tried to finish it.
    fn drop(&mut self) {
        if let Some(coroutine) = self.coroutine.take() {
            // Relaxed has no partner: nothing is read that others have written before it.
            LEAKED.fetch_add(1, Ordering::Relaxed);
            mem::forget(coroutine);
        }
    }
}

/// How many stacks hold code that will never return. They cannot be freed: the code
/// may have lent what lies on them.
pub(crate) fn leaked() -> usize {
    LEAKED.load(Ordering::Relaxed)
}

fn recycle(stack: DefaultStack) {
    STACKS.with_borrow_mut(|stacks| {
        if stacks.len() < MAX_POOLED_STACKS {
            stacks.push(stack);
        }
    });
}

/// Stops the running fiber until it is resumed.
///
/// # Panics
/// Panics outside a fiber.
pub(crate) fn suspend() {
    let yielder = CURRENT.get();
    assert!(!yielder.is_null(), "no fiber to suspend");
    // SAFETY: `CURRENT` is not null, so it was set by the fiber that runs now, on this thread:
    // - to its own yielder: `resume` puts back the outer value when a fiber stops, and below a
    //   fiber puts its own value in again when it goes on;
    // - which lives on that fiber's stack, in the frame that called `body`, below this one.
    unsafe { &*yielder }.suspend(());
    CURRENT.set(yielder);
}

/// Where tasks are started that may borrow for `'scope`; `S` is what a back end keeps of them.
pub struct Scope<'scope, 'env: 'scope, S> {
    pub(crate) state: S,
    /// One more owner for every piece of lent code that still exists.
    loans: Arc<()>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// Code that borrows, dressed up as code that does not.
struct Loan {
    /// Dropped before the loan ends: fields go in the order in which they stand here.
    body: Body,
    _loan: Arc<()>,
}

impl Loan {
    fn run(self) {
        (self.body)();
    }
}

impl<'scope, S> Scope<'scope, '_, S> {
    /// Code that a task may run, to be lent to it until the scope ends.
    pub(crate) fn lend(&'scope self, body: Box<dyn FnOnce() + Send + 'scope>) -> Body {
        // SAFETY: the two types differ in their lifetimes only. What the body borrows lives for
        // `'scope`, and the body does not live longer:
        // - it is dropped before its loan ends, see `Loan`;
        // - `'scope` ends after `scope` has returned, since only `scope` makes a `Scope`, and
        //   chooses no lifetime itself;
        // - `scope` does not return, and does not unwind, while there is a loan.
        let body = unsafe { mem::transmute::<Box<dyn FnOnce() + Send + 'scope>, Body>(body) };
        let _loan = Arc::clone(&self.loans);
        let loan = Loan { body, _loan };
        Box::new(move || loan.run())
    }
}

/// Runs `code`, which can lend out code that borrows, and returns when all of that is gone.
///
/// `settle` waits for the tasks that run it. When it panics it is called once more; should there
/// be a loan even then, `stuck` is called and must not return. Nothing may go on.
pub(crate) fn scope<'env, S, T>(
    state: S,
    code: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env, S>) -> T,
    settle: impl Fn(&S),
    stuck: fn() -> !,
) -> T {
    let scope = Scope {
        state,
        loans: Arc::new(()),
        scope: PhantomData,
        env: PhantomData,
    };
    let result = unwind::catch_unwind(AssertUnwindSafe(|| code(&scope)));
    let settle = || unwind::catch_unwind(AssertUnwindSafe(|| settle(&scope.state)));
    let settled = settle().inspect_err(|_| drop(settle()));
    if Arc::strong_count(&scope.loans) > 1 {
        let _bomb = AbortOnDrop;
        stuck();
    }
    match (result, settled) {
        (Ok(value), Ok(())) => value,
        (Err(payload), _) | (Ok(_), Err(payload)) => unwind::resume_unwind(payload),
    }
}

/// Ends the process rather than let a panic pass.
struct AbortOnDrop;

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn fibers_take_turns_and_their_stacks_are_used_again() {
        let log = Rc::new(RefCell::new(Vec::new()));
        let fiber = |name: &'static str| {
            let log = Rc::clone(&log);
            Fiber::new(Stack::take().unwrap(), move || {
                log.borrow_mut().push((name, 1));
                suspend();
                log.borrow_mut().push((name, 2));
            })
        };
        let mut fibers = [fiber("a"), fiber("b")];
        for _ in 0..2 {
            fibers.iter_mut().for_each(Fiber::resume);
        }
        assert_eq!(*log.borrow(), [("a", 1), ("b", 1), ("a", 2), ("b", 2)]);
        assert!(fibers.iter().all(Fiber::is_finished));
        assert_eq!(STACKS.with_borrow(Vec::len), 2);
    }
}
