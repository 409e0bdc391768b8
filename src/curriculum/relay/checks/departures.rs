//! What has to be true of who is waited for, who is dropped, and how clients depart.

use super::judge::{messages, names, order, welcomes};
use super::notes::{Notes, Span, dropped_by, listeners};
use crate::curriculum::relay::contract::Departure;
use crate::sync::time::Duration;

/// Every promise at once.
pub fn everything(clients: &[Notes]) {
    names(clients);
    welcomes(clients);
    messages(clients);
    order(clients);
    causes(clients);
}

/// What happens to a client that fails does not concern the others.
pub fn others(clients: &[Notes]) {
    messages(clients);
    departures(clients);
}

/// Nobody is dropped who had room, and who leaves has left.
pub fn departures(clients: &[Notes]) {
    for (client, notes) in listeners(clients) {
        let (departure, _) = notes.departure.expect("somebody delivered to it");
        let is_dropped = notes.cut.is_some() || departure == Departure::Stalled;
        assert!(
            !is_dropped || may_have_been_full(clients, notes),
            "there was room for all that {client} had to hear, and it was dropped"
        );
        assert_patience(clients, &client, notes);
        assert!(
            notes.may_be_dropped() || departure == Departure::Left,
            "{client} left, and `deliver` says {departure:?}"
        );
    }
}

/// `deliver` says how the client departed, as far as it is known which cause came first.
pub fn causes(clients: &[Notes]) {
    others(clients);
    for (client, notes) in listeners(clients) {
        let (departure, _) = notes.departure.expect("somebody delivered to it");
        let causes = possible_causes(clients, notes);
        let known: Vec<String> = causes.iter().map(|cause| format!("{cause:?}")).collect();
        assert!(
            causes.contains(&departure),
            "{client} can only have departed as {}, and `deliver` says {departure:?}",
            known.join(" or ")
        );
    }
}

/// True if more texts may have waited for the client than have to have room, while it was there.
fn may_have_been_full(clients: &[Notes], notes: &Notes) -> bool {
    let (name, joined) = notes.joined.expect("who listens has joined");
    let is_other = |other: &&Notes| other.joined.is_some_and(|(other, _)| other != name);
    let others = || {
        clients
            .iter()
            .filter(is_other)
            .flat_map(|other| &other.said)
    };
    others().any(|said| {
        let may_wait = |text: &&Span| text.began < said.done && !text.is_before(joined);
        let texts = 1 + others().filter(may_wait).count();
        let may_have_dropped = notes.cut.is_none_or(|cut| said.began < cut);
        let had_left = notes.left.is_some_and(|left| left.is_before(*said));
        let waiting = texts.saturating_sub(notes.written(said.began));
        may_have_dropped && !had_left && waiting > notes.capacity
    })
}

/// How the client may have departed: nothing else is known to have come before that.
fn possible_causes(clients: &[Notes], notes: &Notes) -> Vec<Departure> {
    let dropped = dropped_by(clients, notes);
    let was_dropped = |by: usize| dropped.is_some_and(|dropped| dropped < by);
    let had_left = |by: usize| notes.left.is_some_and(|left| left.done < by);
    let returned = notes.departure.map_or(usize::MAX, |(_, returned)| returned);
    let left = notes.left.filter(|left| left.began < returned);
    let may_be = [
        (
            Departure::Left,
            left.is_some_and(|left| !was_dropped(left.began)),
        ),
        (Departure::Stalled, dropped.is_some()),
        (
            Departure::Lost,
            (notes.failed).is_some_and(|failed| !had_left(failed) && !was_dropped(failed)),
        ),
    ];
    let may_be = may_be.into_iter().filter(|(_, may_be)| *may_be);
    may_be.map(|(departure, _)| departure).collect()
}

/// How many texts others said while they and the client were there for certain, if it was not
/// dropped.
fn due(clients: &[Notes], notes: &Notes) -> usize {
    let (name, joined) = notes.joined.expect("who listens has joined");
    let is_there = |notes: &Notes, said: Span| notes.left.is_none_or(|left| said.is_before(left));
    let others = clients.iter().filter(|other| {
        let is_other = other.joined.is_some_and(|(other, _)| other != name);
        is_other && !other.may_be_dropped()
    });
    let while_there = |other: &Notes| {
        let said = other.said.iter().copied();
        let due = said.filter(|&said| is_there(other, said) && is_there(notes, said));
        due.filter(|said| joined.is_before(*said)).count()
    };
    others.map(while_there).sum()
}

/// A client that takes nothing is dropped once patience is over, and not before.
pub fn deaf(clients: &[Notes]) {
    for (client, notes) in listeners(clients) {
        let unheard = (1 + due(clients, notes)).saturating_sub(notes.heard.len());
        let (departure, _) = notes.departure.expect("somebody delivered to it");
        if unheard > 2 * notes.capacity {
            let capacity = notes.capacity;
            assert!(
                notes.cut.is_some(),
                "{unheard} texts wait for {client}, whose outbox holds {capacity}, and its wire is \
                 not cut"
            );
            assert!(
                departure == Departure::Stalled,
                "{client} was dropped because it took nothing, and `deliver` says {departure:?}"
            );
        }
    }
    room(clients);
    causes(clients);
}

/// There are no more texts for a client than may wait, and nobody is dropped who should not be.
pub fn room(clients: &[Notes]) {
    for (client, notes) in listeners(clients) {
        let waiting = most_waiting(clients, notes);
        let (most, capacity) = (2 * notes.capacity, notes.capacity);
        assert!(
            waiting <= most,
            "{waiting} texts waited for {client} at once, whose outbox holds {capacity}: who speaks \
             has to wait when there are {most}"
        );
    }
    others(clients);
}

/// Who has to wait speaks in the one order all the same.
pub fn order_and_room(clients: &[Notes]) {
    order(clients);
    room(clients);
}

/// How many texts waited for the client at least, when there were most.
fn most_waiting(clients: &[Notes], notes: &Notes) -> usize {
    let (name, joined) = notes.joined.expect("who listens has joined");
    let (_, returned) = notes.departure.expect("somebody delivered to it");
    let left = notes.left.map(|left| left.began);
    let gone = [left, notes.cut, notes.failed, Some(returned)];
    let gone = gone.into_iter().flatten().min().unwrap_or(usize::MAX);
    let others = clients.iter().filter(|other| {
        let is_other = other.joined.is_some_and(|(other, _)| other != name);
        is_other && !other.may_be_dropped()
    });
    let while_there = |other: &Notes| {
        let left = other.left;
        let said = other.said.iter().copied();
        let said = said.filter(move |said| left.is_none_or(|left| said.is_before(left)));
        let heard = said.filter(|said| joined.is_before(*said) && said.done < gone);
        heard.map(|said| said.done).collect::<Vec<_>>()
    };
    let mut said: Vec<usize> = others.flat_map(while_there).collect();
    said.sort_unstable();
    let waiting = (1_usize..).zip(said);
    let waiting = waiting.map(|(number, done)| (1 + number).saturating_sub(notes.heard_by(done)));
    waiting.max().unwrap_or(0)
}

/// If the client was dropped, somebody had been waiting for it as long as patience lasts.
fn assert_patience(clients: &[Notes], client: &str, notes: &Notes) {
    let Some(cut) = notes.cut.zip(notes.cut_at) else {
        return;
    };
    let said = clients.iter().flat_map(|other| &other.said);
    let waited = said.filter_map(|said| said.age_at(cut)).max();
    let (waited, patience) = (waited.unwrap_or_default(), notes.patience);
    assert!(
        patience < Duration::MAX,
        "{client} was dropped, and nobody is to be: patience lasts for ever"
    );
    assert!(
        waited >= patience,
        "{client} was dropped after {waited:?}, and patience lasts {patience:?}"
    );
}
