//! Atomics over std's, with the ordering written; in an exploration one operation at a time.

mod bits;
mod ptr;

pub use ptr::AtomicPtr;

use crate::explore::model::objects::Object;
use crate::explore::model::operation::EXCHANGE_WEAK;
use crate::explore::model::seen::Seen;
use crate::explore::model::update::{Exchange, Keeps};
use crate::explore::operation::{ObjectId, Operation, Response};
use crate::explore::runtime::handle::Handle;
use crate::explore::runtime::schedule_point;
use bits::Bits;
use std::fmt;
use std::panic::Location;
use std::sync::atomic as real;
pub use std::sync::atomic::Ordering;

/// A fence for the compiler only: no step of an exploration, where nothing is reordered.
pub fn compiler_fence(order: Ordering) {
    real::compiler_fence(order);
}

/// A memory fence.
#[track_caller]
pub fn fence(order: Ordering) {
    schedule_point::step(Operation::Fence, Location::caller());
    real::fence(order);
}

/// Which atomic, and where it is used.
struct Use(Handle, &'static Location<'static>);

impl Use {
    fn load<T: Bits>(self, load: impl FnOnce() -> T) -> T {
        self.perform(
            Operation::Load,
            load,
            |&found| (found, None),
            |&found| Seen::Read(found.into()),
        )
    }

    /// `swap` is a store that tells what was there.
    fn store<T: Bits>(self, value: T, store: impl FnOnce(T), swap: impl FnOnce(T) -> T) {
        if schedule_point::is_exploring() {
            let swap = || swap(value);
            self.perform(
                Operation::Store,
                swap,
                |&found| (found, None),
                |_| Seen::Wrote(value.into()),
            );
        } else {
            store(value);
        }
    }

    /// An update, by what it returns and what it makes of the old value.
    fn update<T: Bits>(
        self,
        name: &'static str,
        value: T,
        new: impl FnOnce(T) -> T,
        keeps: fn(u64, u64) -> bool,
        update: impl FnOnce() -> T,
    ) -> T {
        let operation = |id| Operation::Update(id, name);
        let keeps = Keeps::Update {
            test: keeps,
            operand: value.bits(),
        };
        self.perform(
            operation,
            update,
            |&old| (old, Some(keeps)),
            |&old| Seen::Updated {
                old: old.into(),
                new: new(old).into(),
            },
        )
    }

    fn exchange<T: Bits>(
        self,
        name: &'static str,
        values: Exchange<T>,
        exchange: impl FnOnce() -> Result<T, T>,
    ) -> Result<T, T> {
        let stepped = self.0.step(|id| Operation::Update(id, name), self.1);
        exchanged(stepped, values, exchange)
    }

    /// Like [`exchange`](Self::exchange), but may fail although the value, which `load` tells, is the
    /// one that is asked for.
    fn exchange_weak<T: Bits>(
        self,
        values: Exchange<T>,
        load: impl Fn() -> T,
        exchange: impl FnOnce() -> Result<T, T>,
    ) -> Result<T, T> {
        let operation = |id| Operation::Update(id, EXCHANGE_WEAK);
        let may_fail = || load() == values.current;
        let stepped = self.0.step_weak(operation, &may_fail, self.1);
        exchanged(stepped, values, exchange)
    }

    /// `found` tells the value that was there, and of an update whether it keeps a value.
    #[inline]
    fn perform<R, T: Bits>(
        self,
        operation: impl FnOnce(ObjectId) -> Operation,
        perform: impl FnOnce() -> R,
        found: impl FnOnce(&R) -> (T, Option<Keeps>),
        show: impl FnOnce(&R) -> Seen,
    ) -> R {
        let Use(object, location) = self;
        if object.step(operation, location).is_none() {
            return perform();
        }
        let result = perform();
        let (value, keeps) = found(&result);
        schedule_point::note_found(value.bits(), keeps);
        schedule_point::note_seen(|| Some(show(&result)));
        result
    }
}

/// An exchange whose step has come to this: not at all, outside explorations.
fn exchanged<T: Bits>(
    stepped: Option<Response>,
    values: Exchange<T>,
    exchange: impl FnOnce() -> Result<T, T>,
) -> Result<T, T> {
    let Some(response) = stepped else {
        return exchange();
    };
    let is_spurious = response == Response::Spurious;
    let result = if is_spurious {
        Err(values.current)
    } else {
        exchange()
    };
    let (Ok(found) | Err(found)) = result;
    let keeps = Keeps::Exchange(values.map(T::bits));
    schedule_point::note_found(found.bits(), Some(keeps));
    schedule_point::note_seen(|| {
        Some(match result {
            Ok(old) => Seen::Updated {
                old: old.into(),
                new: values.new.into(),
            },
            Err(found) if is_spurious => Seen::Read(found.into()),
            Err(found) => Seen::Refused {
                found: found.into(),
                expected: values.current.into(),
            },
        })
    });
    result
}

macro_rules! atomic {
    ($name:ident, $value:ty, [$($update:ident($new:expr)),*]) => {
        #[doc = concat!("Like [`std::sync::atomic::", stringify!($name), "`].")]
        pub struct $name {
            object: Handle,
            inner: real::$name,
        }

        impl $name {
            /// An atomic that holds `value`.
            #[track_caller]
            pub fn new(value: $value) -> Self {
                $name {
                    object: Handle::register(|| Object::Atomic, Location::caller()),
                    inner: real::$name::new(value),
                }
            }

            /// Reads the value.
            #[inline]
            #[track_caller]
            pub fn load(&self, order: Ordering) -> $value {
                self.at(Location::caller()).load(|| self.inner.load(order))
            }

            /// Writes the value.
            #[inline]
            #[track_caller]
            pub fn store(&self, value: $value, order: Ordering) {
                self.at(Location::caller()).store(
                    value,
                    |value| self.inner.store(value, order),
                    |value| self.inner.swap(value, Ordering::SeqCst),
                );
            }

            /// Writes `new` if the value is `current`; returns the old value either way.
            ///
            /// # Errors
            /// With the value found, if it is not `current`.
            #[inline]
            #[track_caller]
            pub fn compare_exchange(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                self.at(Location::caller()).exchange("compare_exchange", Exchange { current, new }, || {
                    self.inner.compare_exchange(current, new, success, failure)
                })
            }

            /// Like [`compare_exchange`](Self::compare_exchange), but may fail without a reason, also if
            /// the value is `current`. So it belongs in a loop. An exploration tries it, once in an
            /// execution.
            ///
            /// # Errors
            /// With the value found, which may be `current`.
            #[inline]
            #[track_caller]
            pub fn compare_exchange_weak(
                &self,
                current: $value,
                new: $value,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$value, $value> {
                if !schedule_point::is_exploring() {
                    return self.inner.compare_exchange_weak(current, new, success, failure);
                }
                // The processor's whims could not be replayed: the engine has its own.
                let load = || self.inner.load(Ordering::SeqCst);
                self.at(Location::caller()).exchange_weak(Exchange { current, new }, load, || {
                    self.inner.compare_exchange(current, new, success, failure)
                })
            }

            /// Loads the value, and exchanges it for what `next` makes of it until that succeeds.
            ///
            /// An exchange that fails without a reason would only be tried again: none does here.
            ///
            /// # Errors
            /// With the value found, once `next` returns `None`.
            #[inline]
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
                    let exchange = || self.inner.compare_exchange(old, new, set_order, fetch_order);
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
                #[inline]
                #[track_caller]
                pub fn $update(&self, value: $value, order: Ordering) -> $value {
                    self.at(Location::caller()).update(
                        stringify!($update),
                        value,
                        |old: $value| $new(old, value),
                        |old, value| {
                            let old = <$value>::from_bits(old);
                            $new(old, <$value>::from_bits(value)) == old
                        },
                        || self.inner.$update(value, order),
                    )
                }
            )*

            /// The value, of an atomic that is no longer shared.
            pub fn into_inner(self) -> $value {
                self.inner.into_inner()
            }

            fn at(&self, location: &'static Location<'static>) -> Use {
                Use(self.object, location)
            }
        }

        impl Default for $name {
            #[track_caller]
            fn default() -> Self {
                $name::new(<$value>::default())
            }
        }

        impl From<$value> for $name {
            #[track_caller]
            fn from(value: $value) -> Self {
                $name::new(value)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.inner.fmt(f)
            }
        }
    };
}

macro_rules! atomic_integers {
    ($($name:ident($value:ty)),*) => {
        $(atomic!($name, $value, [
            swap(|_, value| value),
            fetch_add(<$value>::wrapping_add),
            fetch_sub(<$value>::wrapping_sub),
            fetch_and(|old, value| old & value),
            fetch_nand(|old: $value, value: $value| !(old & value)),
            fetch_or(|old, value| old | value),
            fetch_xor(|old, value| old ^ value),
            fetch_max(<$value as Ord>::max),
            fetch_min(<$value as Ord>::min)
        ]);)*
    };
}

atomic!(
    AtomicBool,
    bool,
    [
        swap(|_, value| value),
        fetch_and(|old, value| old & value),
        fetch_nand(|old: bool, value: bool| !(old & value)),
        fetch_or(|old, value| old | value),
        fetch_xor(|old, value| old ^ value)
    ]
);

impl AtomicBool {
    /// Like the method of the same name of the standard library's type.
    #[inline]
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.at(Location::caller()).update(
            "fetch_not",
            false,
            |old: bool| !old,
            |_, _| false,
            || self.inner.fetch_not(order),
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
