//! Clients that go in the wrong way.

use super::Fault;
use crate::curriculum::relay::solution::Switchboard;
use crate::curriculum::relay::{Departure, Name};

/// Believes that who leaves is there.
#[derive(Debug, Default)]
pub struct OnlyClientsLeave;

impl Fault for OnlyClientsLeave {
    fn leave(&self, right: &Switchboard, client: Name) {
        let mut table = right.table.lock();
        let client = table.clients.get_mut(&client);
        client
            .expect("a client that is there")
            .depart(Departure::Left);
    }
}
