//! Programs that the families hardly ever come to.

use super::compare::thoroughly;
use super::program::Op::*;
use super::program::{Program, RENDEZVOUS};

#[test]
fn a_wait_can_time_out_after_another_was_notified() {
    thoroughly(&Program(vec![
        vec![Lock(0), Wait(0)],
        vec![Lock(0), NotifyOne(0)],
        vec![Lock(0), WaitFor(0)],
    ]));
}

#[test]
fn who_left_a_meeting_by_its_time_need_not_wait_for_its_partner_at_the_next() {
    thoroughly(&Program(vec![
        vec![Send(RENDEZVOUS)],
        vec![RecvTimeout(RENDEZVOUS), Send(RENDEZVOUS)],
        vec![Recv(RENDEZVOUS)],
    ]));
}

#[test]
fn of_two_waits_either_can_be_the_one_that_ends_by_itself() {
    thoroughly(&Program(vec![
        vec![TryLock(0), Wait(0)],
        vec![Lock(1), Wait(2), TryLock(0)],
    ]));
}
