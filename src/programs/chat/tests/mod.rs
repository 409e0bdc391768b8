//! The server, from outside: scripted sessions, and a crowd that misbehaves.

mod crowd;
mod faults;
mod interleavings;
mod memory;
mod original;
mod parts;
mod play;
mod reads;
mod sessions;
mod sockets;
