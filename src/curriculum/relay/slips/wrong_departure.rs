//! Departures that are not noticed, or for the wrong reason.

use super::Fault;
use crate::curriculum::relay::solution::Switchboard;
use crate::curriculum::relay::{Departure, Name, Relay};
use std::sync::Arc;

/// Writes what comes, and then takes the client out of the table; true if the wire broke.
fn write_all(right: &Switchboard, client: Name) -> (Option<Departure>, bool) {
    let (inbox, wire) = right.table.lock().take_inbox(client);
    let is_broken = inbox.iter().any(|text| wire.write(&[text]).is_err());
    let left = right.table.lock().clients.remove(&client);
    (left.and_then(|client| client.departure), is_broken)
}

/// Leaves a client whose wire has broken in the table.
#[derive(Debug, Default)]
pub struct LostButThere;

impl Fault for LostButThere {
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let table = right.table.lock();
        let own = &table.clients[&client];
        let (inbox, wire) = (own.inbox.clone(), Arc::clone(&own.wire));
        drop(table);
        let broken = |text| wire.write(&[text]).is_err();
        inbox.iter().flatten().any(broken);
        let departure = right.table.lock().clients[&client].departure;
        departure.unwrap_or(Departure::Lost)
    }
}

/// Believes that who is not there any more has left.
#[derive(Debug, Default)]
pub struct NeverLost;

impl Fault for NeverLost {
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let (departure, _) = write_all(right, client);
        departure.unwrap_or(Departure::Left)
    }
}

/// Reports the broken wire, whatever came before.
#[derive(Debug, Default)]
pub struct LostAfterAll;

impl Fault for LostAfterAll {
    fn deliver(&self, right: &Switchboard, client: Name) -> Departure {
        let (departure, is_broken) = write_all(right, client);
        let departure = departure.filter(|how| !is_broken || *how == Departure::Stalled);
        departure.unwrap_or(Departure::Lost)
    }
}

/// Notes a departure over the one that came before.
#[derive(Debug, Default)]
pub struct LeavesAgain;

impl Fault for LeavesAgain {
    fn leave(&self, right: &Switchboard, client: Name) {
        right.leave(client);
        if let Some(client) = right.table.lock().clients.get_mut(&client) {
            client.departure = Some(Departure::Left);
        }
    }
}
