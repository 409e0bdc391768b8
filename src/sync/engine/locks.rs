//! Locks over parking_lot's, in whose operations the engine gives turns.

use super::raw::Raw;
use crate::sync::locks::{guard, mutex, rwlock};

/// A lock that lets one task at a time reach a value.
pub type Mutex<T> = mutex::Mutex<Raw, T>;

/// A lock that lets many tasks read a value, or one write it.
pub type RwLock<T> = rwlock::RwLock<Raw, T>;

/// The right to use a mutex's value; dropping it gives the lock back.
pub type MutexGuard<'a, T> = mutex::MutexGuard<'a, Raw, T>;

/// The right to use a part of a mutex's value.
pub type MappedMutexGuard<'a, T> = mutex::MappedMutexGuard<'a, Raw, T>;

/// The right to read the value of an `RwLock`; dropping it gives the lock back.
pub type RwLockReadGuard<'a, T> = rwlock::RwLockReadGuard<'a, Raw, T>;

/// The right to write the value of an `RwLock`; dropping it gives the lock back.
pub type RwLockWriteGuard<'a, T> = rwlock::RwLockWriteGuard<'a, Raw, T>;

/// The right to read a part of the value of an `RwLock`.
pub type MappedRwLockReadGuard<'a, T> = rwlock::MappedRwLockReadGuard<'a, Raw, T>;

/// The right to write a part of the value of an `RwLock`.
pub type MappedRwLockWriteGuard<'a, T> = rwlock::MappedRwLockWriteGuard<'a, Raw, T>;

/// The right to reach what a lock protects, over parking_lot's guard `G`.
pub type Guard<'a, G> = guard::Guard<'a, Raw, G>;
