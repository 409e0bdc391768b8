//! Atomic pointers.

use super::{AccessOrder, ObjectRef, Ordering, Use, load_in_order, step, update_in_order};
use crate::explore::model::objects::Object;
use crate::explore::model::seen::Value;
use crate::explore::model::update::Exchange;
use std::panic::Location;

/// Like [`std::sync::atomic::AtomicPtr`].
#[derive(Debug)]
pub struct AtomicPtr<T> {
    object: ObjectRef,
    inner: loom::sync::atomic::AtomicPtr<T>,
    order: AccessOrder,
}

/// A pointer for the record. Its address is not shown: it is another in every execution.
struct Pointer<T>(*mut T);

impl<T> Clone for Pointer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pointer<T> {}

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

impl<T> AtomicPtr<T> {
    /// An atomic that holds `pointer`.
    #[track_caller]
    pub fn new(pointer: *mut T) -> Self {
        AtomicPtr {
            object: step::register(Object::Atomic, Location::caller()),
            inner: loom::sync::atomic::AtomicPtr::new(pointer),
            order: AccessOrder::new(),
        }
    }

    /// Reads the pointer.
    #[track_caller]
    pub fn load(&self, order: Ordering) -> *mut T {
        self.at(Location::caller())
            .load(|| load_in_order(order, || Pointer(self.inner.load(order))))
            .0
    }

    /// Writes the pointer.
    #[track_caller]
    pub fn store(&self, pointer: *mut T, order: Ordering) {
        self.at(Location::caller())
            .store(Pointer(pointer), |new| match order {
                Ordering::SeqCst => {
                    update_in_order(order, || {
                        self.inner.swap(new.0, order);
                    });
                }
                _ => self.inner.store(new.0, order),
            });
    }

    /// Writes the pointer and returns the old one.
    #[track_caller]
    pub fn swap(&self, pointer: *mut T, order: Ordering) -> *mut T {
        let at = self.at(Location::caller());
        let swap = || update_in_order(order, || Pointer(self.inner.swap(pointer, order)));
        at.update("swap", |_| Pointer(pointer), swap).0
    }

    /// Writes `new` if the pointer is `current`; returns the old one either way.
    ///
    /// # Errors
    /// With the pointer found, if it is not `current`.
    #[track_caller]
    pub fn compare_exchange(
        &self,
        current: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        let exchange = || {
            update_in_order(success, || {
                self.inner.compare_exchange(current, new, success, failure)
            })
        };
        self.exchange(
            "compare_exchange",
            Exchange { current, new },
            Location::caller(),
            exchange,
        )
    }

    /// Like [`compare_exchange`](Self::compare_exchange): under loom it never fails without a reason.
    ///
    /// # Errors
    /// With the pointer found.
    #[track_caller]
    pub fn compare_exchange_weak(
        &self,
        current: *mut T,
        new: *mut T,
        success: Ordering,
        failure: Ordering,
    ) -> Result<*mut T, *mut T> {
        let exchange = || {
            update_in_order(success, || {
                self.inner
                    .compare_exchange_weak(current, new, success, failure)
            })
        };
        self.exchange(
            "compare_exchange_weak",
            Exchange { current, new },
            Location::caller(),
            exchange,
        )
    }

    /// Loads the pointer, and exchanges it for what `next` makes of it until that succeeds.
    ///
    /// # Errors
    /// With the pointer found, once `next` returns `None`.
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
                update_in_order(set_order, || {
                    self.inner
                        .compare_exchange_weak(old, new, set_order, fetch_order)
                })
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

    fn at(&self, location: &'static Location<'static>) -> Use<'_> {
        Use(self.object, &self.order, location)
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
