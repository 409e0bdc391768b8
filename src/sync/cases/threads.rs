//! What `kata::sync::thread` promises.

use crate::sync;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex as Unseen};
use sync::Mutex;
use sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use sync::channel::bounded;
use sync::thread::{self, Builder};
use sync::time::Duration;

/// Panics, and prints nothing.
fn panics(payload: &'static str) -> ! {
    resume_unwind(Box::new(payload))
}

fn text(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref().copied()
}

/// Notes its name when it is dropped.
struct Noted(&'static str, Arc<Unseen<Vec<&'static str>>>);

impl Drop for Noted {
    fn drop(&mut self) {
        self.1.lock().unwrap().push(self.0);
    }
}

crate::__thread_local! {
    @in [thread::LocalKey]
    static COUNT: Cell<u32> = const { Cell::new(1) };
    static FIRST: RefCell<Option<Noted>> = const { RefCell::new(None) };
    static SECOND: RefCell<Option<Noted>> = RefCell::new(None);
    static LOOKS_BACK: RefCell<Option<LooksBack>> = const { RefCell::new(None) };
}

/// Asks for its own key's value, and for another one's, when it is dropped.
struct LooksBack(Arc<Unseen<Vec<&'static str>>>);

impl Drop for LooksBack {
    fn drop(&mut self) {
        let is_gone = LOOKS_BACK.try_with(|_| ()).is_err();
        let others = COUNT.try_with(Cell::get).is_ok();
        let seen = match (is_gone, others) {
            (true, true) => "gone",
            _ => "still there",
        };
        self.0.lock().unwrap().push(seen);
    }
}

cases! {
    fn a_thread_without_a_name_has_none() {
        let name = || thread::current().name().map(str::to_owned);
        let spawned = thread::spawn(name);
        assert_eq!(spawned.thread().name(), None);
        assert_eq!(spawned.join().unwrap(), None);
        let scoped = thread::scope(|scope| scope.spawn(name).join().unwrap());
        assert_eq!(scoped, None);
    }

    fn a_thread_with_a_name_knows_it() {
        let name = || thread::current().name().map(str::to_owned);
        let builder = || Builder::new().name("ada".to_owned()).stack_size(1 << 20);
        let spawned = builder().spawn(name).unwrap();
        assert_eq!(spawned.thread().name(), Some("ada"));
        assert_eq!(spawned.join().unwrap().as_deref(), Some("ada"));
        thread::scope(|scope| {
            let scoped = builder().spawn_scoped(scope, name).unwrap();
            assert_eq!(scoped.thread().name(), Some("ada"));
            assert_eq!(scoped.join().unwrap().as_deref(), Some("ada"));
        });
    }

    fn a_name_with_a_null_byte_is_refused() {
        let spawn = || Builder::new().name("a\0b".to_owned()).spawn(|| ()).map(drop);
        assert!(catch_unwind(spawn).is_err());
    }

    fn a_thread_is_told_from_others_by_its_id() {
        let here = thread::current().id();
        let other = thread::spawn(|| thread::current().id());
        let known = other.thread().id();
        let there = other.join().unwrap();
        assert_eq!((thread::current().id(), known), (here, there));
        assert_ne!(here, there);
        assert!(format!("{here:?}").starts_with("ThreadId("), "{here:?}");
        let shown = format!("{:?}", thread::current());
        assert!(shown.starts_with("Thread { id: ThreadId("), "{shown}");
    }

    fn join_returns_the_panic() {
        let spawned = thread::spawn(|| panics("no"));
        assert_eq!(text(&*spawned.join().unwrap_err()), Some("no"));
        let any = thread::spawn(|| resume_unwind(Box::new(7_u16)));
        let payload = any.join().unwrap_err();
        assert_eq!(payload.downcast_ref::<u16>(), Some(&7));
    }

    fn a_lock_is_free_once_its_holder_has_panicked() {
        let lock = Arc::new(AtomicBool::new(false));
        let held = Arc::clone(&lock);
        let holder = thread::spawn(move || {
            struct Free(Arc<AtomicBool>);
            impl Drop for Free {
                fn drop(&mut self) {
                    assert!(thread::panicking());
                    self.0.store(false, SeqCst);
                }
            }
            held.store(true, SeqCst);
            let _free = Free(held);
            panics("with the lock held");
        });
        assert!(holder.join().is_err());
        assert!(!thread::panicking());
        assert!(!lock.load(SeqCst));
    }

    fn a_scope_panics_if_nobody_has_joined_who_did() {
        let ended = AtomicBool::new(false);
        let all = catch_unwind(AssertUnwindSafe(|| {
            thread::scope(|scope| {
                scope.spawn(|| panics("no"));
                scope.spawn(|| ended.store(true, SeqCst));
            });
        }));
        let payload = all.unwrap_err();
        assert_eq!(text(&*payload), Some("a scoped thread panicked"));
        assert!(ended.load(SeqCst));
    }

    fn a_scope_does_not_panic_for_who_was_joined() {
        let value = thread::scope(|scope| {
            let spawned = scope.spawn(|| panics("no"));
            assert_eq!(text(&*spawned.join().unwrap_err()), Some("no"));
            3
        });
        assert_eq!(value, 3);
    }

    fn the_panic_of_a_scopes_own_code_counts_for_more() {
        let all = catch_unwind(|| {
            thread::scope(|scope| {
                let spawned = scope.spawn(|| panics("a thread's"));
                while !spawned.is_finished() {
                    thread::yield_now();
                }
                panics("its own")
            })
        });
        let payload: Box<dyn Any + Send> = all.unwrap_err();
        assert_eq!(text(&*payload), Some("its own"));
    }

    fn two_can_wait_for_one_scoped_thread() {
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let one = scope.spawn(|| done.store(true, SeqCst));
            let done = &done;
            scope.spawn(move || {
                one.join().unwrap();
                assert!(done.load(SeqCst));
            });
        });
        assert!(done.load(SeqCst));
    }

    fn a_scoped_thread_has_not_finished_before_it_has() {
        let (sender, receiver) = bounded::<()>(1);
        thread::scope(|scope| {
            let one = scope.spawn(move || receiver.recv().unwrap());
            scope.spawn(move || {
                assert!(!one.is_finished());
                sender.send(()).unwrap();
                one.join().unwrap();
            });
        });
    }

    fn a_thread_has_finished_once_it_is_joined_or_seems_so() {
        let (sender, receiver) = bounded::<()>(1);
        let spawned = thread::spawn(move || receiver.recv());
        assert!(!spawned.is_finished());
        sender.send(()).unwrap();
        while !spawned.is_finished() {
            thread::yield_now();
        }
        spawned.join().unwrap().unwrap();
    }

    fn a_scope_waits_for_threads_that_its_threads_start() {
        struct Starts<'scope, 'env>(&'scope thread::Scope<'scope, 'env>, &'env AtomicUsize);
        impl Drop for Starts<'_, '_> {
            fn drop(&mut self) {
                let count = self.1;
                self.0.spawn(move || count.fetch_add(1, SeqCst));
            }
        }
        let count = &AtomicUsize::new(0);
        thread::scope(|scope| {
            // The value is dropped by the thread, which so starts another.
            scope.spawn(move || Starts(scope, count));
        });
        assert_eq!(count.load(SeqCst), 1);
    }

    fn a_permit_is_kept_for_the_next_park() {
        thread::current().unpark();
        thread::current().unpark();
        thread::park();
        thread::park_timeout(Duration::from_millis(1));
    }

    fn a_park_ends_by_a_permit() {
        let here = thread::current();
        let told = Arc::new(AtomicBool::new(false));
        let tells = Arc::clone(&told);
        let other = thread::spawn(move || {
            tells.store(true, SeqCst);
            here.unpark();
        });
        while !told.load(SeqCst) {
            thread::park();
        }
        other.join().unwrap();
    }

    fn a_thread_goes_on_without_its_handle() {
        let (sender, receiver) = bounded(1);
        drop(thread::spawn(move || sender.send(thread::current().id()).unwrap()));
        assert_ne!(receiver.recv().unwrap(), thread::current().id());
    }

    fn threads_can_run_at_once() {
        assert!(thread::available_parallelism().unwrap().get() >= 1);
    }

    fn every_thread_has_its_own_of_a_thread_local() {
        let add = || COUNT.replace(COUNT.get() + 1);
        assert_eq!(add(), 1);
        let there = thread::spawn(move || (add(), add()));
        assert_eq!(there.join().unwrap(), (1, 2));
        assert_eq!(COUNT.take(), 2);
        COUNT.set(1);
        let key = format!("{COUNT:?}");
        assert_eq!(key, "LocalKey { .. }");
    }

    fn what_a_thread_has_of_its_own_is_dropped_at_its_end() {
        let dropped = Arc::new(Unseen::new(Vec::new()));
        let [one, two, again] = [(); 3].map(|()| Arc::clone(&dropped));
        let end = thread::spawn(move || {
            FIRST.set(Some(Noted("one", one)));
            SECOND.with_borrow_mut(|second| *second = Some(Noted("two", two)));
            LOOKS_BACK.with_borrow_mut(|looks| *looks = Some(LooksBack(again)));
            assert!(SECOND.with_borrow(Option::is_some));
        });
        end.join().unwrap();
        let mut dropped = dropped.lock().unwrap().clone();
        dropped.sort_unstable();
        assert_eq!(dropped, ["gone", "one", "two"]);
        assert!(FIRST.take().is_none() && SECOND.replace(None).is_none());
    }

    fn what_a_thread_has_of_its_own_is_dropped_when_it_panics() {
        let dropped = Arc::new(Unseen::new(Vec::new()));
        let one = Arc::clone(&dropped);
        let end = thread::spawn(move || {
            FIRST.set(Some(Noted("one", one)));
            panics("no");
        });
        assert!(end.join().is_err());
        assert_eq!(*dropped.lock().unwrap(), ["one"]);
    }

    fn a_scoped_thread_borrows_and_returns_a_value() {
        let mut value = 1;
        let lock = Mutex::new(2);
        let sum = thread::scope(|scope| {
            let one = scope.spawn(|| {
                value += *lock.lock();
                value
            });
            *lock.lock() += 0;
            one.join().unwrap()
        });
        assert_eq!((sum, value, lock.into_inner()), (3, 3, 2));
    }
}
