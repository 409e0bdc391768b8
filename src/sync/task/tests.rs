//! Tasks on their executor, and in explorations.

#[cfg(not(loom))]
mod explored;
mod mail;
#[cfg(not(loom))]
mod natively;
#[cfg(loom)]
mod under_loom;
