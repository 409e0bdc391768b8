//! Who looks for a partner at a channel without room where an exploration cannot let the two meet.
//!
//! A selection finds whoever waits in `send` or `recv`. While it waits it is no partner itself, neither
//! for an attempt nor for another selection; those of crossbeam are. So an execution in which a
//! selection waits at one end, and another task looks in vain from the other, is given up: in some order
//! of the two they would have met. At which end and when either came does not matter, since both are
//! independent steps, of which an exploration tries one order only.

use crate::explore::model::objects::End;
use crate::explore::operation::TaskId;
use crate::explore::runtime::schedule_point;
use parking_lot::Mutex;

/// What is told of an execution that is given up.
const MEET: &str = "a selection meets another one, or an attempt, at a channel without room, and an \
                    exploration cannot let them exchange a message: give the channel room for one";

/// Who has looked for a partner at one channel, at which end, and whether it waits in a selection.
#[derive(Default)]
pub(super) struct Meetings(Mutex<Vec<(End, TaskId, bool)>>);

impl Meetings {
    /// The running task finds nobody at the other end.
    pub(super) fn look_in_vain(&self, end: End, waits: bool) {
        let Some((task, _)) = schedule_point::current() else {
            return;
        };
        let mut looks = self.0.lock();
        if !looks.contains(&(end, task, waits)) {
            looks.push((end, task, waits));
        }
        let meet = looks.iter().any(|&(other_end, other, other_waits)| {
            other != task && other_end != end && (waits || other_waits)
        });
        drop(looks);
        if meet {
            schedule_point::give_up(MEET);
        }
    }
}
