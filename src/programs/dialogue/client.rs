//! `dialogue-client`: somebody who talks with the server.

use super::station::{Keys, Signs, Station};
use crate::curriculum::dialogue::Dialogue;
use crate::curriculum::dialogue::solution::Turns;
use crate::programs::chat::client::call;
use crate::programs::kit::calls::Line;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::keyboard;
use crate::programs::kit::peer::Peer;
use std::io::{self, Write};

const SIGNS: Signs = Signs {
    prompt: "C> ",
    heard: "S> ",
};

/// Whether there has been a dialogue.
#[derive(Debug)]
pub enum Dialled {
    /// There has.
    Talked,
    /// Nobody could be reached, for this reason.
    NotConnected(io::Error),
}

/// Talks with the server at this address until either of the two ends it.
///
/// # Errors
/// Those of `out`, and of the system.
pub fn run(address: &str, framing: Framing, mut out: impl Write + Send) -> io::Result<Dialled> {
    match call(address, &mut out)? {
        Ok(stream) => {
            // Nobody stops the keyboard before its time.
            let (keyboard, _stop) = keyboard::keyboard()?;
            talk(stream, framing, keyboard, out)?;
            Ok(Dialled::Talked)
        }
        Err(why) => Ok(Dialled::NotConnected(why)),
    }
}

/// Talks over a line, whatever carries it and is typed on.
pub(super) fn talk(
    line: impl Line,
    framing: Framing,
    keys: impl Keys,
    out: impl Write + Send,
) -> io::Result<()> {
    let station = Station::new(keys, out, SIGNS);
    Turns::call(&Peer::new(line, framing), &station);
    station.line("Connexion interrompue.");
    station.end()
}
