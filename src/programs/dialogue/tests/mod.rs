//! The server and the client, from outside: scripted dialogues, in memory as well as over sockets.

mod interleavings;
mod memory;
mod play;
mod program;
mod sessions;
mod sockets;
