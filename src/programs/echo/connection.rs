//! A client of the echo server, as the kata sees it.

use crate::curriculum::echo::{Broken, Connection};
use crate::programs::kit::calls::Line;
use crate::programs::kit::peer::Peer;

impl<L: Line> Connection for Peer<L> {
    fn receive(&self) -> Result<Option<String>, Broken> {
        self.next_text().map_err(|_| Broken)
    }

    fn send(&self, text: &str) -> Result<(), Broken> {
        self.tell(text).map_err(|_| Broken)
    }

    fn close(&self) {
        self.hang_up();
    }
}
