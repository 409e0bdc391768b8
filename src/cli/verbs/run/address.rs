//! Addresses of servers, as they are typed.

use kata::text;
use std::io::{self, Write};
use std::net::SocketAddr;

/// Where to listen, or whom to call.
pub fn parse(text: &str) -> Result<String, String> {
    let is_one = text.rsplit_once(':').is_some_and(|(host, port)| {
        let is_host = host.starts_with('[') || !host.is_empty() && !host.contains(':');
        is_host && port.parse::<u16>().is_ok()
    });
    let what = text!("it has to be HOST:PORT, with a port from 0 to 65535");
    is_one.then(|| text.to_owned()).ok_or(what.to_owned())
}

/// The server, if it listens. If it does not, the output says so, in the words of the originals.
///
/// # Errors
/// The reason why it does not listen; those of `out`.
pub fn bound<S>(listening: io::Result<S>, out: &mut impl Write) -> io::Result<S> {
    if listening.is_err() {
        writeln!(out, "La liaison du socket à l'adresse choisie a échoué.")?;
    }
    listening
}

/// Tells the address, where nobody else can know it: with a port that the system chose, however
/// that was asked for (`:0`, `:00`).
pub fn tell_port(asked: &str, address: SocketAddr) -> io::Result<()> {
    let port = asked.rsplit(':').next();
    if port.is_some_and(|port| port.parse() == Ok(0_u16)) {
        // Not on the output, which is the original's.
        writeln!(
            anstream::stderr(),
            "{}",
            text!("listening on {address}", address)
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_address_is_a_host_and_a_port() {
        for address in ["127.0.0.1:0", "localhost:46000", "[::1]:65535"] {
            assert_eq!(parse(address).as_deref(), Ok(address));
        }
        for address in [
            "",
            "foo",
            "foo:",
            "foo:65536",
            "foo:-1",
            ":46000",
            "::1:46000",
        ] {
            assert!(parse(address).is_err(), "{address}");
        }
    }
}
