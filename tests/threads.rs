//! Threads where the system has no room for more: an error, and nothing is left behind.

#![cfg(not(loom))]

use kata::sync::channel::bounded;
use kata::sync::thread::{self, Builder};

/// A thread that no system has room for: its stack is larger than all addresses.
fn endless() -> Builder {
    Builder::new().stack_size(usize::MAX >> 4)
}

#[cfg(target_os = "linux")]
#[test]
fn ended_threads_of_a_scope_leave_nothing_behind() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const STACK: usize = 64 << 20;
    /// Stacks of that size, and all that the process has beside them.
    const ROOM: u64 = 16 << 30;
    const MORE_THAN_THERE_IS_ROOM_FOR: usize = 1_000;
    let maximum = getrlimit(Resource::As).maximum;
    let current = Some(maximum.map_or(ROOM, |most| most.min(ROOM)));
    setrlimit(Resource::As, Rlimit { current, maximum }).expect("less than there was");
    thread::scope(|scope| {
        for _ in 0..MORE_THAN_THERE_IS_ROOM_FOR {
            let (sender, receiver) = bounded(1);
            let ends = Builder::new().stack_size(STACK);
            let ends = ends.spawn_scoped(scope, move || sender.send(()).unwrap());
            drop(ends.expect("those before it have left their room"));
            receiver.recv().unwrap();
        }
    });
}

#[test]
fn where_there_is_no_room_for_another_thread_that_is_an_error_and_those_that_run_go_on() {
    let (go, wait) = bounded::<()>(0);
    thread::scope(|scope| {
        let runs = scope.spawn(|| wait.recv().is_err());
        assert!(endless().spawn_scoped(scope, || ()).is_err());
        assert!(endless().spawn(|| ()).is_err());
        drop(go);
        assert!(runs.join().unwrap());
        let another = Builder::new().spawn_scoped(scope, || 1).unwrap();
        assert_eq!(another.join().unwrap(), 1);
    });
}
