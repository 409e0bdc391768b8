//! Atomic pointers.

use super::bits::Bits;
use super::{Ordering, Use, real};
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Value;
use crate::explore::model::update::Exchange;
use crate::explore::runtime::handle::Handle;
use crate::explore::runtime::schedule_point;
use std::fmt;
use std::panic::Location;

/// Like [`std::sync::atomic::AtomicPtr`].
pub struct AtomicPtr<T> {
    object: Handle,
    inner: real::AtomicPtr<T>,
}

/// A pointer as the engine keeps it. Its address is not shown: it is another in every execution.
struct Pointer<T>(*mut T);

impl<T> Clone for Pointer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pointer<T> {}

impl<T> PartialEq for Pointer<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> From<Pointer<T>> for Value {
    fn from(pointer: Pointer<T>) -> Value {
        let text = if pointer.0.is_null() {
            "null"
        } else {
            "a pointer"
        };
        Value::Other(text.into())
    }
}

impl<T> Bits for Pointer<T> {
    fn bits(self) -> u64 {
        self.0.addr() as u64
    }

    fn from_bits(bits: u64) -> Self {
        Pointer(std::ptr::without_provenance_mut(bits as usize))
    }
}

impl<T> AtomicPtr<T> {
    /// An atomic that holds `pointer`.
    #[track_caller]
    pub fn new(pointer: *mut T) -> Self {
        AtomicPtr {
            object: Handle::register(|| Object::Atomic, Location::caller()),
            inner: real::AtomicPtr::new(pointer),
        }
    }

    /// Reads the pointer.
    #[inline]
    #[track_caller]
    pub fn load(&self, order: Ordering) -> *mut T {
        self.at(Location::caller())
            .load(|| Pointer(self.inner.load(order)))
            .0
    }

    /// Writes the pointer.
    #[inline]
    #[track_caller]
    pub fn store(&self, pointer: *mut T, order: Ordering) {
        self.at(Location::caller()).store(
            Pointer(pointer),
            |new| self.inner.store(new.0, order),
            |new| Pointer(self.inner.swap(new.0, Ordering::SeqCst)),
        );
    }

    /// Writes the pointer and returns the old one.
    #[inline]
    #[track_caller]
    pub fn swap(&self, pointer: *mut T, order: Ordering) -> *mut T {
        let at = self.at(Location::caller());
        let keeps = |old: u64, new: u64| old == new;
        let swap = || Pointer(self.inner.swap(pointer, order));
        at.update("swap", Pointer(pointer), |_| Pointer(pointer), keeps, swap)
            .0
    }

    /// Writes `new` if the pointer is `current`; returns the old one either way.
    ///
    /// # Errors
    /// With the pointer found, if it is not `current`.
    #[inline]
    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        let exchange = || self.inner.compare_exchange(current, new, success, failure);
        self.exchange(
            "compare_exchange",
            Exchange { current, new },
            Location::caller(),
            exchange,
        )
    }

    /// Like [`compare_exchange`](Self::compare_exchange), but may fail without a reason, also if the
    /// pointer is `current`. So it belongs in a loop. An exploration tries it, once in an execution.
    ///
    /// # Errors
    /// With the pointer found, which may be `current`.
    #[inline]
    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        if !schedule_point::is_exploring() {
            return self
                .inner
                .compare_exchange_weak(current, new, success, failure);
        }
        let values = Exchange { current, new }.map(Pointer);
        let load = || Pointer(self.inner.load(Ordering::SeqCst));
        let exchange = || {
            let found = self.inner.compare_exchange(current, new, success, failure);
            found.map(Pointer).map_err(Pointer)
        };
        let exchanged = self
            .at(Location::caller())
            .exchange_weak(values, load, exchange);
        exchanged.map(|old| old.0).map_err(|found| found.0)
    }

    /// Loads the pointer, and exchanges it for what `next` makes of it until that succeeds.
    ///
    /// An exchange that fails without a reason would only be tried again: none does here.
    ///
    /// # Errors
    /// With the pointer found, once `next` returns `None`.
    #[inline]
    #[track_caller]
    pub fn fetch_update(
        &self,
        set_order: Ordering,
        fetch_order: Ordering,
        mut next: impl FnMut(*mut T) -> Option<*mut T>,
    ) -> Result<*mut T, *mut T> {
        let location = Location::caller();
        let mut old = self.load(fetch_order);
        while let Some(new) = next(old) {
            let exchange = || {
                self.inner
                    .compare_exchange(old, new, set_order, fetch_order)
            };
            let values = Exchange { current: old, new };
            match self.exchange("fetch_update", values, location, exchange) {
                Ok(old) => return Ok(old),
                Err(found) => old = found,
            }
        }
        Err(old)
    }

    /// The pointer, of an atomic that is no longer shared.
    pub fn into_inner(self) -> *mut T {
        self.inner.into_inner()
    }

    fn exchange(
        &self,
        name: &'static str,
        values: Exchange<*mut T>,
        location: &'static Location<'static>,
        exchange: impl FnOnce() -> Result<*mut T, *mut T>,
    ) -> Result<*mut T, *mut T> {
        let exchanged = self.at(location).exchange(name, values.map(Pointer), || {
            exchange().map(Pointer).map_err(Pointer)
        });
        exchanged.map(|old| old.0).map_err(|found| found.0)
    }

    fn at(&self, location: &'static Location<'static>) -> Use {
        Use(self.object, location)
    }
}

impl<T> Default for AtomicPtr<T> {
    #[track_caller]
    fn default() -> Self {
        AtomicPtr::new(std::ptr::null_mut())
    }
}

impl<T> From<*mut T> for AtomicPtr<T> {
    #[track_caller]
    fn from(pointer: *mut T) -> Self {
        AtomicPtr::new(pointer)
    }
}

impl<T> fmt::Debug for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
