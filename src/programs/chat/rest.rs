//! How long the server rests, so that what is said is sent together.

use crate::sync::time::Duration;

/// So many messages at once are worth a call of the system for each client.
const MUCH: usize = 4;

/// What such a call takes, if it takes long.
const CALL: Duration = Duration::from_micros(20);

/// How long to gather what is said, after telling so many messages to so many clients took so long.
///
/// Each time costs a call of the system for every client. With many of them and little to tell the
/// server would do nothing else, for the sake of a few milliseconds that nobody notices: so it rests a
/// third as long as it has worked. The system waits for a millisecond at least; where the work takes
/// less, it rests only if it was for next to nothing. What took longer than so many calls do was not
/// all its own work: the machine was busy with something else, which no rest makes up for.
pub(super) fn rest_after(work: Duration, told: usize, clients: usize) -> Duration {
    let work = work.min(CALL * u32::try_from(clients).unwrap_or(u32::MAX));
    let is_short = work < Duration::from_millis(1);
    if work < Duration::from_micros(250) || is_short && told >= MUCH {
        Duration::ZERO
    } else {
        (work / 3).min(Duration::from_millis(50))
    }
}

#[cfg(test)]
mod tests {
    use super::rest_after;
    use crate::sync::time::Duration;

    #[test]
    fn only_work_for_many_clients_is_followed_by_a_rest_however_busy_the_machine_is() {
        // Microseconds of work, messages, clients; microseconds of rest.
        for (work, told, clients, rest) in [
            (100, 1, 10, 0),
            (9_000, 1, 10, 0),
            (9_000, 100, 10, 0),
            (600, 1, 100, 200),
            (600, 100, 100, 0),
            (1_500, 100, 100, 500),
            (9_000, 100, 100, 666),
            (9_000, 100, 1_000, 3_000),
            (900_000, 100, 10_000, 50_000),
        ] {
            let [work, rest] = [work, rest].map(Duration::from_micros);
            let found = rest_after(work, told, clients);
            assert_eq!(
                found.as_micros(),
                rest.as_micros(),
                "{work:?}, {told}, {clients}"
            );
        }
    }
}
