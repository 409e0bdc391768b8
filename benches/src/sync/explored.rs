//! `kata::sync`, as it is.

pub use kata::explore::Scenario;
pub use kata::sync::atomic::{AtomicBool, AtomicI32, Ordering::SeqCst};
pub use kata::sync::{Condvar, Mutex, task};
