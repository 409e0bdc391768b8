//! Programs that the families hardly ever come to.

use super::compare::thoroughly;
use super::program::Op::*;
use super::program::Program;

#[test]
fn a_wait_can_time_out_after_another_was_notified() {
    thoroughly(&Program(vec![
        vec![Lock(0), Wait(0)],
        vec![Lock(0), NotifyOne(0)],
        vec![Lock(0), WaitFor(0)],
    ]));
}
