//! Vector clocks (Fidge; Mattern), two for each event, in one piece of memory.

/// For each task, by name, how many of its operations happened before.
pub(super) type Clock = [u32];

/// Takes into a clock what another one knows.
#[inline]
pub(super) fn join(clock: &mut Clock, other: &Clock) {
    for (mine, theirs) in clock.iter_mut().zip(other) {
        *mine = (*mine).max(*theirs);
    }
}

/// Leaves in a clock what another one knows, too.
#[inline]
pub(super) fn meet(clock: &mut Clock, other: &Clock) {
    for (mine, theirs) in clock.iter_mut().zip(other) {
        *mine = (*mine).min(*theirs);
    }
}

/// The clocks of a list of events.
#[derive(Debug, Default)]
pub(super) struct Clocks {
    /// How many tasks each clock has room for.
    width: usize,
    events: usize,
    /// The two clocks of each event, one event's after the other's.
    entries: Vec<u32>,
}

impl Clocks {
    /// How many events have their clocks.
    pub(super) fn events(&self) -> usize {
        self.events
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Makes room for so many tasks in every clock.
    pub(super) fn widen(&mut self, tasks: usize) {
        if tasks <= self.width {
            return;
        }
        let width = tasks.next_power_of_two().max(8);
        let old = std::mem::take(&mut self.entries);
        if self.width > 0 {
            for clock in old.chunks_exact(self.width) {
                self.entries.extend_from_slice(clock);
                self.entries
                    .resize(self.entries.len() + width - self.width, 0);
            }
        }
        self.width = width;
    }

    pub(super) fn truncate(&mut self, events: usize) {
        self.events = self.events.min(events);
        self.entries.truncate(2 * events * self.width);
    }

    pub(super) fn push(&mut self, clock: &Clock, required: &Clock) {
        self.events += 1;
        self.entries.extend_from_slice(clock);
        self.entries.extend_from_slice(required);
    }

    /// What happened before the event, itself included.
    #[inline]
    pub(super) fn of(&self, event: usize) -> &Clock {
        let start = 2 * event * self.width;
        &self.entries[start..start + self.width]
    }

    /// What the event cannot come without: what its task has done, and what let it go on.
    #[inline]
    pub(super) fn required(&self, event: usize) -> &Clock {
        let start = (2 * event + 1) * self.width;
        &self.entries[start..start + self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_keep_what_they_know_when_there_are_more_tasks() {
        let mut clocks = Clocks::default();
        clocks.widen(2);
        let first: Vec<u32> = (1..=8).collect();
        clocks.push(&first, &[0; 8]);
        clocks.widen(9);
        assert_eq!(clocks.width(), 16);
        assert_eq!(clocks.of(0)[..8], first);
        assert_eq!(clocks.of(0)[8..], [0; 8]);
        assert_eq!(clocks.required(0), [0; 16]);
    }
}
