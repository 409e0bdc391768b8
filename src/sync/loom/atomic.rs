//! Atomics over loom's, which know weak memory: a load may return an older value.

mod ptr;

pub use ptr::AtomicPtr;

use super::execution::{self, ObjectRef};
use super::history::Updates;
use super::orders::AccessOrder;
use super::step::{self, StepResult, step};
use crate::explore::model::objects::Object;
use crate::explore::model::seen::{Seen, Value};
use crate::explore::model::update::Exchange;
use crate::explore::operation::{ObjectId, Operation};
use std::panic::Location;
pub use std::sync::atomic::Ordering;

/// A fence for the compiler only: no step of an exploration.
pub fn compiler_fence(order: Ordering) {
    std::sync::atomic::compiler_fence(order);
}

/// A memory fence.
#[track_caller]
pub fn fence(order: Ordering) {
    step(None, Operation::Fence, Location::caller(), |_| {
        fence_here(order);
        StepResult::done((), None)
    });
}

fn fence_here(order: Ordering) {
    loom::sync::atomic::fence(order);
    let is_total = order == Ordering::SeqCst;
    execution::with(|execution| execution.seen.fence |= is_total);
}

/// A load in its place of the total order, if it has one.
///
/// To loom a `SeqCst` access is an acquire and a release: a load could see what another one has
/// overwritten, and a store be put before an update that came earlier. Only its fences have a total order.
/// So an access has its place at a fence: a load at one before it, since it sees all that comes before
/// that; what writes at one after it. Other tasks can come in at the beginning of an access of loom's, but
/// not between its effect and that fence.
fn load_in_order<T>(order: Ordering, load: impl FnOnce() -> T) -> T {
    if order == Ordering::SeqCst {
        fence_here(order);
    }
    load()
}

/// An update in its place of the total order, if it has one; see [`load_in_order`].
fn update_in_order<T>(order: Ordering, update: impl FnOnce() -> T) -> T {
    let result = update();
    if order == Ordering::SeqCst {
        fence_here(order);
    }
    result
}

/// Which atomic, and where it is used.
struct Use<'a>(ObjectRef, &'a AccessOrder, &'static Location<'static>);

impl Use<'_> {
    fn load<T: Copy + Into<Value>>(self, load: impl FnOnce() -> T) -> T {
        step(Some(self.0), Operation::Load(self.0.id), self.2, |task| {
            self.1.pass();
            let value = load();
            execution::with(|execution| execution.note_load(self.0.id, task));
            StepResult::done(value, Some(Seen::Read(value.into())))
        })
    }

    fn store<T: Copy + Into<Value>>(self, value: T, store: impl FnOnce(T)) {
        step(Some(self.0), Operation::Store(self.0.id), self.2, |task| {
            self.1.pass();
            store(value);
            self.note_write(|updates| updates.stored(self.0.id, task));
            StepResult::done((), Some(Seen::Wrote(value.into())))
        });
    }

    /// An update, by what it returns and what it makes of the old value.
    fn update<T: Copy + Into<Value>>(
        self,
        name: &'static str,
        new: impl FnOnce(&T) -> T,
        update: impl FnOnce() -> T,
    ) -> T {
        step(Some(self.0), self.operation(name), self.2, |task| {
            self.1.pass();
            let old = update();
            self.note_write(|updates| updates.updated(self.0.id, task));
            let seen = Seen::Updated {
                old: old.into(),
                new: new(&old).into(),
            };
            StepResult::done(old, Some(seen))
        })
    }

    fn exchange<T: Copy + Into<Value>>(
        self,
        name: &'static str,
        values: Exchange<T>,
        exchange: impl FnOnce() -> Result<T, T>,
    ) -> Result<T, T> {
        step(Some(self.0), self.operation(name), self.2, |task| {
            self.1.pass();
            let result = exchange();
            self.note_write(|updates| {
                if result.is_ok() {
                    updates.updated(self.0.id, task);
                }
            });
            let seen = match result {
                Ok(old) => Seen::Updated {
                    old: old.into(),
                    new: values.new.into(),
                },
                Err(found) => Seen::Refused {
                    found: found.into(),
                    expected: values.current.into(),
                },
            };
            StepResult::done(result, Some(seen))
        })
    }

    /// Notes what is no mere load. For loom that includes an exchange that has failed.
    fn note_write(&self, note: impl FnOnce(&mut Updates)) {
        execution::with(|execution| {
            note(&mut execution.updates);
            execution.seen.forgotten_load |= execution.loads.written(self.0.id);
        });
    }

    fn operation(&self, name: &'static str) -> Operation {
        let id: ObjectId = self.0.id;
        Operation::Update(id, name)
    }
}

macro_rules! atomic {
    ($name:ident, $value:ty, [$($update:ident($new:expr)),*]) => {
        #[doc = concat!("Like [`std::sync::atomic::", stringify!($name), "`].")]
        #[derive(Debug)]
        pub struct $name {
            object: ObjectRef,
            inner: loom::sync::atomic::$name,
            order: AccessOrder,
        }

        impl $name {
            /// An atomic that holds `value`.
            #[track_caller]
            pub fn new(value: $value) -> Self {
                $name {
                    object: step::register(Object::Atomic, Location::caller()),
                    inner: loom::sync::atomic::$name::new(value),
                    order: AccessOrder::new(),
                }
            }

            /// Reads the value.
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $value {
                let load = || load_in_order(order, || self.inner.load(order));
                self.at(Location::caller()).load(load)
            }

            /// Writes the value.
            #[track_caller]
            pub fn store(&self, value: $value, order: Ordering) {
                let store = |value| match order {
                    // An update is put after all that came earlier, and a store need not be.
                    Ordering::SeqCst => update_in_order(order, || {
                        self.inner.swap(value, order);
                    }),
                    _ => self.inner.store(value, order),
                };
                self.at(Location::caller()).store(value, store);
            }

            /// Writes `new` if the value is `current`; returns the old value either way.
            ///
            /// # Errors
            /// With the value found, if it is not `current`.
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.at(Location::caller()).exchange("compare_exchange", Exchange { current, new }, || {
                    update_in_order(success, || self.inner.compare_exchange(current, new, success, failure))
                })
            }

            /// Like [`compare_exchange`](Self::compare_exchange): under loom it never fails without a reason.
            ///
            /// # Errors
            /// With the value found, if it is not `current`.
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.at(Location::caller()).exchange("compare_exchange_weak", Exchange { current, new }, || {
                    update_in_order(success, || self.inner.compare_exchange_weak(current, new, success, failure))
                })
            }

            /// Loads the value, and exchanges it for what `next` makes of it until that succeeds.
            ///
            /// # Errors
            /// With the value found, once `next` returns `None`.
            #[track_caller]
            pub fn fetch_update(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                mut next: impl FnMut($value) -> Option<$value>,
            ) -> Result<$value, $value> {
                let location = Location::caller();
                let mut old = self.load(fetch_order);
                while let Some(new) = next(old) {
                    let exchange = || update_in_order(set_order, || {
                        self.inner.compare_exchange_weak(old, new, set_order, fetch_order)
                    });
                    let values = Exchange { current: old, new };
                    match self.at(location).exchange("fetch_update", values, exchange) {
                        Ok(old) => return Ok(old),
                        Err(found) => old = found,
                    }
                }
                Err(old)
            }

            $(
                /// Like the method of the same name of the standard library's type.
                #[track_caller]
                pub fn $update(&self, value: $value, order: Ordering) -> $value {
                    self.at(Location::caller()).update(
                        stringify!($update),
                        |&old| $new(old, value),
                        || update_in_order(order, || self.inner.$update(value, order)),
                    )
                }
            )*

            /// The value, of an atomic that is no longer shared.
            pub fn into_inner(self) -> $value {
                self.inner.into_inner()
            }

            fn at(&self, location: &'static Location<'static>) -> Use<'_> {
                Use(self.object, &self.order, location)
            }
        }

        impl From<$value> for $name {
            #[track_caller]
            fn from(value: $value) -> Self {
                $name::new(value)
            }
        }

        impl Default for $name {
            #[track_caller]
            fn default() -> Self {
                $name::new(<$value>::default())
            }
        }
    };
}

macro_rules! atomic_integers {
    ($($name:ident($value:ty)),*) => {
        $(atomic!($name, $value, [
            fetch_add(<$value>::wrapping_add),
            fetch_sub(<$value>::wrapping_sub),
            fetch_and(|old, value| old & value),
            fetch_or(|old, value| old | value),
            fetch_xor(|old, value| old ^ value),
            fetch_max(<$value as Ord>::max),
            fetch_min(<$value as Ord>::min),
            swap(|_, value| value)
        ]);

        impl $name {
            /// Like the method of the same name of the standard library's type.
            #[track_caller]
            pub fn fetch_nand(&self, value: $value, order: Ordering) -> $value {
                // loom lacks it.
                self.at(Location::caller()).update(
                    "fetch_nand",
                    |&old: &$value| !(old & value),
                    || {
                        let next = |old: $value| Some(!(old & value));
                        let update = || self.inner.fetch_update(order, of_load(order), next);
                        let updated = update_in_order(order, update);
                        updated.unwrap_or_else(|old| old)
                    },
                )
            }
        })*
    };
}

/// The ordering of the load that an update with this ordering implies.
fn of_load(order: Ordering) -> Ordering {
    match order {
        Ordering::Release => Ordering::Relaxed,
        Ordering::AcqRel => Ordering::Acquire,
        other => other,
    }
}

atomic!(
    AtomicBool,
    bool,
    [
        fetch_and(|old, value| old & value),
        fetch_or(|old, value| old | value),
        fetch_nand(|old: bool, value: bool| !(old & value))
    ]
);

impl AtomicBool {
    /// Writes the value and returns the old one.
    #[track_caller]
    pub fn swap(&self, value: bool, order: Ordering) -> bool {
        self.at(Location::caller()).update(
            "swap",
            |_| value,
            || match order {
                // To write what is there already changes nothing, but loom could then order a store
                // by another thread before it that came after it: a spin lock would never be free.
                Ordering::Relaxed | Ordering::Acquire => {
                    let exchanged = self.inner.compare_exchange(!value, value, order, order);
                    exchanged.unwrap_or_else(|found| found)
                }
                _ => update_in_order(order, || self.inner.swap(value, order)),
            },
        )
    }

    /// Like the method of the same name of the standard library's type.
    #[track_caller]
    pub fn fetch_xor(&self, value: bool, order: Ordering) -> bool {
        // loom lacks it, but has the negation in another guise.
        self.at(Location::caller()).update(
            "fetch_xor",
            |&old| old ^ value,
            || {
                update_in_order(order, || {
                    if value {
                        self.inner.fetch_nand(true, order)
                    } else {
                        self.inner.fetch_or(false, order)
                    }
                })
            },
        )
    }

    /// Like the method of the same name of the standard library's type.
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        // loom lacks it, too.
        self.at(Location::caller()).update(
            "fetch_not",
            |&old: &bool| !old,
            || update_in_order(order, || self.inner.fetch_nand(true, order)),
        )
    }
}

atomic_integers!(
    AtomicU8(u8),
    AtomicU16(u16),
    AtomicU32(u32),
    AtomicU64(u64),
    AtomicUsize(usize),
    AtomicI8(i8),
    AtomicI16(i16),
    AtomicI32(i32),
    AtomicI64(i64),
    AtomicIsize(isize)
);
