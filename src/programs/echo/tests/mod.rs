//! The server, from outside: scripted sessions, and clients that misbehave.

mod interleavings;
mod memory;
mod play;
mod sessions;
mod sockets;

/// A line of the server's screen, without the port of who has come.
fn without_port(line: String) -> String {
    match line.rsplit_once(", ") {
        Some((start, port)) if port.ends_with(')') => format!("{start}, PORT)"),
        _ => line,
    }
}
