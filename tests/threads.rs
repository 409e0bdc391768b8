//! Threads where the system has no room for more: an error, and nothing is left behind.

#![cfg(not(loom))]

use kata::sync::channel::bounded;
use kata::sync::thread::{self, Builder};
use std::env;
use std::process::Command;

/// Set in the process that has little memory.
const INSIDE: &str = "KATA_TEST_INSIDE";

/// KiB of address space: room for some hundred stacks.
const ROOM: usize = 1_500_000;

/// Runs the test of this name once more, in a process of its own with little room.
fn in_little_room(name: &str) {
    let limited = format!("ulimit -v {ROOM} && exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &limited])
        .arg(env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", output.status);
    assert!(said.contains("1 passed"), "{said}");
}

#[test]
#[cfg(target_os = "linux")]
fn ended_threads_of_a_scope_leave_nothing_behind() {
    if env::var_os(INSIDE).is_none() {
        return in_little_room("ended_threads_of_a_scope_leave_nothing_behind");
    }
    thread::scope(|scope| {
        for _ in 0..5_000 {
            let (sender, receiver) = bounded(1);
            scope.spawn(move || sender.send(()).unwrap());
            receiver.recv().unwrap();
        }
    });
}

#[test]
#[cfg(target_os = "linux")]
fn where_there_is_no_room_for_another_thread_that_is_an_error_and_those_that_run_go_on() {
    if env::var_os(INSIDE).is_none() {
        return in_little_room(
            "where_there_is_no_room_for_another_thread_that_is_an_error_and_those_that_run_go_on",
        );
    }
    // So much larger than all else that a thread needs that what is left over is enough for that.
    let large = || Builder::new().stack_size(64 << 20);
    let (go, wait) = bounded::<()>(0);
    let (has_begun, begun) = bounded(0);
    let ended = thread::scope(|scope| {
        let mut threads = Vec::new();
        let error = loop {
            let (wait, has_begun) = (wait.clone(), has_begun.clone());
            let started = large().spawn_scoped(scope, move || {
                has_begun.send(()).unwrap();
                assert!(wait.recv().is_err());
                1
            });
            match started {
                Ok(thread) => threads.push(thread),
                Err(error) => break error,
            }
            begun.recv().unwrap();
        };
        assert!(error.raw_os_error().is_some(), "{error}");
        assert!(large().spawn(|| ()).is_err());
        drop(go);
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum::<usize>()
    });
    assert!(ended > 3, "{ended}");
    large().spawn(|| ()).unwrap().join().unwrap();
}

#[test]
fn a_stack_that_no_system_has_is_an_error() {
    let endless = || Builder::new().stack_size(usize::MAX >> 4);
    assert!(endless().spawn(|| ()).is_err());
    thread::scope(|scope| assert!(endless().spawn_scoped(scope, || ()).is_err()));
}
