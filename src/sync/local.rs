//! `kata::sync::thread_local!`, whatever the back end.

/// Declares values of which every thread has its own: like the standard library's `thread_local!`.
///
/// In an exploration every thread of a scenario, and every one that the code starts, has its own, with
/// the same life: it is made when its thread first asks for it, and dropped when that ends, the latest
/// one first.
///
/// ```
/// # extern crate engine as kata;
/// use kata::sync::thread;
/// use std::cell::Cell;
///
/// kata::sync::thread_local! {
///     static SAID: Cell<u32> = const { Cell::new(0) };
/// }
///
/// # if kata::sync::BACK_ENDS.contains(&kata::explore::BackEnd::Loom) { return }
/// SAID.set(SAID.get() + 1);
/// let elsewhere = thread::spawn(|| SAID.get()).join().unwrap();
/// assert_eq!((SAID.get(), elsewhere), (1, 0));
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __thread_local {
    (@in $key:tt) => {};
    (@in $key:tt $(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = const $init:block $(; $($rest:tt)*)?) => {
        $crate::__thread_local!(@one $key [$(#[$attribute])*] $vis $name, $type, [const $init], $init);
        $($crate::__thread_local!(@in $key $($rest)*);)?
    };
    (@in $key:tt $(#[$attribute:meta])* $vis:vis static $name:ident: $type:ty = $init:expr $(; $($rest:tt)*)?) => {
        $crate::__thread_local!(@one $key [$(#[$attribute])*] $vis $name, $type, [$init], $init);
        $($crate::__thread_local!(@in $key $($rest)*);)?
    };
    (@one [$($key:tt)*] [$($attribute:tt)*] $vis:vis $name:ident, $type:ty, [$($for_system:tt)*], $init:expr) => {
        $($attribute)*
        $vis static $name: $($key)*<$type> = {
            ::std::thread_local! {
                static SYSTEM: $type = $($for_system)*;
            }
            fn init() -> $type {
                $init
            }
            $($key)*::<$type>::new(&SYSTEM, init)
        };
    };
    ($($all:tt)*) => {
        $crate::__thread_local!(@in [$crate::sync::thread::LocalKey] $($all)*);
    };
}

#[doc(inline)]
pub use crate::__thread_local as thread_local;

use std::fmt;

/// The error of [`LocalKey::try_with`](super::thread::LocalKey::try_with): the thread is about to end,
/// and its value is gone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AccessError;

impl fmt::Debug for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessError").finish()
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the thread is about to end: its value is dropped, or being dropped")
    }
}

impl std::error::Error for AccessError {}

/// What both back ends' keys can do besides.
macro_rules! shorthands {
    () => {
        impl<T: 'static> LocalKey<T> {
            /// Runs `f` on the running thread's value, which is made if it has none yet.
            ///
            /// # Panics
            /// Panics if the thread is about to end, and the value is gone.
            pub fn with<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
                match self.try_with(f) {
                    Ok(result) => result,
                    Err(error) => panic!("{error}"),
                }
            }
        }

        impl<T: 'static> LocalKey<::std::cell::Cell<T>> {
            /// A copy of the running thread's value.
            pub fn get(&'static self) -> T
            where
                T: Copy,
            {
                self.with(::std::cell::Cell::get)
            }

            /// Sets the running thread's value.
            pub fn set(&'static self, value: T) {
                self.with(|cell| cell.set(value));
            }

            /// The running thread's value, in the place of which the default comes.
            pub fn take(&'static self) -> T
            where
                T: Default,
            {
                self.with(::std::cell::Cell::take)
            }

            /// Sets the running thread's value, and returns the one before.
            pub fn replace(&'static self, value: T) -> T {
                self.with(|cell| cell.replace(value))
            }
        }

        impl<T: 'static> LocalKey<::std::cell::RefCell<T>> {
            /// Runs `f` on what the running thread's cell holds.
            pub fn with_borrow<R>(&'static self, f: impl FnOnce(&T) -> R) -> R {
                self.with(|cell| f(&cell.borrow()))
            }

            /// Runs `f` on what the running thread's cell holds, which it may change.
            pub fn with_borrow_mut<R>(&'static self, f: impl FnOnce(&mut T) -> R) -> R {
                self.with(|cell| f(&mut cell.borrow_mut()))
            }

            /// Sets what the running thread's cell holds.
            pub fn set(&'static self, value: T) {
                self.with(|cell| drop(cell.replace(value)));
            }

            /// What the running thread's cell holds, in the place of which the default comes.
            pub fn take(&'static self) -> T
            where
                T: Default,
            {
                self.with(::std::cell::RefCell::take)
            }

            /// Sets what the running thread's cell holds, and returns what it held before.
            pub fn replace(&'static self, value: T) -> T {
                self.with(|cell| cell.replace(value))
            }
        }

        impl<T: 'static> ::std::fmt::Debug for LocalKey<T> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("LocalKey").finish_non_exhaustive()
            }
        }
    };
}
pub(super) use shorthands;
