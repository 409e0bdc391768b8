//! The programs over shuttle.

#[path = "programs/mod.rs"]
pub mod programs;
#[path = "sync/shuttled.rs"]
pub mod sync;
