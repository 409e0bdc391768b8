//! What the checks note of time: who speaks since when, and whom the relay cuts off.

use super::script::Script;
use crate::curriculum::relay::contract::Text;
use crate::sync::time::{Duration, Instant};
use crate::text;
use std::sync::{MutexGuard, PoisonError};

/// Notes are the check's own: no execution sees them, and loom must not.
#[allow(clippy::disallowed_types)]
type Notes<T> = std::sync::Mutex<T>;

pub(super) struct Watch {
    /// How long somebody may take nothing.
    pub(super) patience: Duration,
    /// It matters who writes.
    only_deliver_writes: bool,
    clients: Notes<Vec<Noted>>,
    /// Who has been cut off, in that order; `None` once somebody has said that this was while it spoke.
    cut: Notes<Vec<Option<usize>>>,
}

/// What is noted of a client.
#[derive(Clone, Default)]
struct Noted {
    /// How many texts it has said, or begun to.
    said: usize,
    speaks_since: Option<Instant>,
    /// How long it took it to speak, at most.
    longest: Duration,
    /// How many had been cut off when it began to speak.
    cuts_before: usize,
    /// When the last write to it ended.
    written: Option<Instant>,
    /// When writes to it ended, and when the next one began: by then whoever writes must have noticed.
    noticed: Vec<(Instant, Instant)>,
    has_heard: bool,
    /// Somebody is in `deliver` for it.
    is_delivered_to: bool,
    /// What it hears before anybody acts, or once all have acted.
    heard: Option<Vec<Text>>,
}

impl Watch {
    pub(super) fn new(patience: Duration, script: &Script) -> Self {
        let clients = Notes::new(vec![Noted::default(); script.clients]);
        Watch {
            patience,
            only_deliver_writes: false,
            clients,
            cut: Notes::default(),
        }
    }

    /// The same, which sees to it that nobody writes to a client but its `deliver`.
    pub(super) fn minding_who_writes(self) -> Self {
        let only_deliver_writes = true;
        Watch {
            only_deliver_writes,
            ..self
        }
    }

    fn clients(&self) -> MutexGuard<'_, Vec<Noted>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cuts(&self) -> MutexGuard<'_, Vec<Option<usize>>> {
        self.cut.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many texts it has said before.
    pub(super) fn begins_to_speak(&self, client: usize) -> usize {
        let cuts_before = self.cuts().len();
        let client = &mut self.clients()[client];
        client.speaks_since = Some(Instant::now());
        client.cuts_before = cuts_before;
        client.said += 1;
        client.said - 1
    }

    pub(super) fn has_spoken(&self, client: usize) {
        let client = &mut self.clients()[client];
        let lasted = client.speaks_since.take().map(|since| since.elapsed());
        client.longest = client.longest.max(lasted.unwrap_or_default());
    }

    /// Somebody begins to write to the client.
    pub(super) fn begins_to_write(&self, client: usize) {
        let client = &mut self.clients()[client];
        if let Some(written) = client.written.take() {
            client.noticed.push((written, Instant::now()));
        }
    }

    /// Something has been written to the client. Counts if patience can come to an end.
    pub(super) fn has_written(&self, client: usize) {
        if self.patience < Duration::MAX {
            self.clients()[client].written = Some(Instant::now());
        }
    }

    /// The relay cuts a client off.
    ///
    /// # Panics
    /// Panics if nobody had been waiting for it as long as patience lasts, or if something had been
    /// written to it meanwhile.
    pub(super) fn cut(&self, client: usize) {
        self.cuts().push(Some(client));
        let clients = self.clients();
        let others = clients.iter().flat_map(|client| client.speaks_since);
        let waited = others.map(|since| since.elapsed()).max();
        let idle = clients[client].idle();
        drop(clients);
        let (waited, patience, client) = (waited.unwrap_or_default(), self.patience, client + 1);
        assert!(
            patience < Duration::MAX,
            "{}",
            text!(
                "client-{client} is dropped, and nobody is to be: patience lasts for ever",
                client
            )
        );
        assert!(
            waited >= patience,
            "{}",
            text!(
                "client-{client} is dropped after {waited}, and patience lasts {patience}",
                client,
                waited = format!("{waited:?}"),
                patience = format!("{patience:?}")
            )
        );
        assert!(
            idle.is_none_or(|idle| idle >= patience),
            "{}",
            text!(
                "client-{client} is dropped {idle} after a write to it, and patience lasts {patience}",
                client,
                idle = format!("{:?}", idle.unwrap_or_default()),
                patience = format!("{patience:?}")
            )
        );
    }

    /// Those that were cut off while this one spoke, if nobody else has said so before.
    pub(super) fn take_cut(&self, speaker: usize) -> Vec<usize> {
        let before = self.clients()[speaker].cuts_before;
        let mut cut: Vec<usize> = (self.cuts().iter_mut().skip(before))
            .filter_map(Option::take)
            .collect();
        cut.sort_unstable();
        cut
    }

    /// Somebody calls `deliver` for the client, or has returned from it.
    pub(super) fn delivers(&self, client: usize, is_delivered_to: bool) {
        self.clients()[client].is_delivered_to = is_delivered_to;
    }

    /// True if a text may be written to the client now.
    pub(super) fn may_be_written_to(&self, client: usize) -> bool {
        !self.only_deliver_writes || self.clients()[client].is_delivered_to
    }

    /// True if the client has not heard anything before.
    pub(super) fn hears_its_first(&self, client: usize) -> bool {
        !std::mem::replace(&mut self.clients()[client].has_heard, true)
    }

    /// Notes what the client hears from now on.
    pub(super) fn notes_what_it_hears(&self, client: usize) {
        self.clients()[client].heard = Some(Vec::new());
    }

    /// Something is written to the client; true if that is noted.
    pub(super) fn hears(&self, client: usize, texts: &[Text]) -> bool {
        let heard = &mut self.clients()[client].heard;
        let noted = heard.as_mut().map(|heard| heard.extend_from_slice(texts));
        noted.is_some()
    }

    /// What has been noted of what the client heard.
    pub(super) fn heard(&self, client: usize) -> Vec<Text> {
        self.clients()[client].heard.take().unwrap_or_default()
    }

    /// How long it took somebody to speak, at most.
    pub(super) fn longest(&self) -> Duration {
        let clients = self.clients();
        let longest = clients.iter().map(|client| client.longest).max();
        longest.unwrap_or_default()
    }
}

impl Noted {
    /// How long nothing has been written to it, as everybody knows.
    ///
    /// Threads have clocks of their own: what happens later is no matter of now.
    fn idle(&self) -> Option<Duration> {
        let now = Instant::now();
        let noticed = self.noticed.iter().filter(|(_, by)| *by < now);
        noticed.map(|(written, _)| now - *written).min()
    }
}
