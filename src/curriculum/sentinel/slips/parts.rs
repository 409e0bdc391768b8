//! Reading and choosing as they should be: what is wrong with the slips that use them is elsewhere.

use crate::curriculum::sentinel::{Deliver, Player, Source};
use crate::sync::channel::Receiver;

/// The players of one source that are looked for.
pub(super) fn wanted(source: Source, nation: &str) -> impl Iterator<Item = Player> {
    source.filter(move |player| player.nation == nation)
}

/// Delivers up to the first `None`.
pub(super) fn read(reader: usize, queue: &Receiver<Option<Player>>, deliver: &Deliver) {
    while let Ok(Some(player)) = queue.recv() {
        deliver(reader, player);
    }
}
