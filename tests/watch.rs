//! `cargo kata watch` in a real terminal.
#![cfg(all(unix, not(loom)))]
// A terminal is watched by a thread of its own, and waited for by the real clock.
#![allow(clippy::disallowed_methods)]

mod course;

use assert_cmd::cargo::cargo_bin;
use course::{Course, RIGHT, learners_file, with_increment};
use kata::curriculum;
use rustix::fs::{Mode, OFlags, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Long enough for a compiler on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A terminal, and the command that runs in it.
struct Session {
    keyboard: File,
    terminal: File,
    shown: Receiver<Vec<u8>>,
    text: String,
    child: Child,
}

impl Session {
    fn start(course: &Course) -> Session {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        let keyboard = openpt(flags).expect("a terminal");
        grantpt(&keyboard).expect("a terminal");
        unlockpt(&keyboard).expect("a terminal");
        let name = ptsname(&keyboard, Vec::new()).expect("a terminal's name");
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let terminal = File::from(open(name, flags, Mode::empty()).expect("a terminal"));
        let end = || Stdio::from(terminal.try_clone().expect("a terminal"));
        let child = course
            .command(cargo_bin!("kata"))
            .args(["watch", "counter"])
            .env("TERM", "xterm")
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .expect("the command");
        let keyboard = File::from(keyboard);
        let mut screen = keyboard.try_clone().expect("a terminal");
        let (sender, shown) = channel();
        thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(length @ 1..) = screen.read(&mut part) {
                if sender.send(part[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Session {
            keyboard,
            terminal,
            shown,
            text: String::new(),
            child,
        }
    }

    /// Waits until this is shown, after what was waited for before.
    #[track_caller]
    fn sees(&mut self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.text.find(text) {
                self.text.drain(..at + text.len());
                return;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.shown.recv_timeout(left) {
                Ok(part) => self.text += &String::from_utf8_lossy(&part),
                Err(_) => panic!("no `{text}` in:\n{}", self.text),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("a terminal");
    }

    fn is_raw(&self) -> bool {
        let modes = tcgetattr(&self.terminal).expect("a terminal").local_modes;
        !modes.contains(LocalModes::ICANON)
    }

    /// Waits for the end; the terminal must be as it was.
    #[track_caller]
    fn ends(mut self) -> ExitStatus {
        let status = self.child.wait().expect("the command");
        assert!(!self.is_raw(), "the terminal is left as it is for keys");
        status
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_saved_file_is_checked_and_keys_lead_on() {
    let original = curriculum::all()[0].original;
    let course = Course::with("watched", original);
    let mut session = Session::start(&course);
    session.sees("a lost update");
    session.sees("q quit");
    assert!(session.is_raw());
    session.press("h");
    session.sees("Hint 2 of 3");
    session.press("h");
    session.sees("Hint 3 of 3");
    session.press("s");
    session.sees("Step 1 of");
    session.press(" ");
    session.sees("Step 2 of");
    session.press("b");
    session.sees("What you write");
    session.press("l");
    session.sees("fails no_update_is_lost");
    session.press("q");
    session.sees("q quit");

    course.save(&learners_file(with_increment("self.cuont.load(SeqCst);")));
    session.sees("does not compile yet");
    session.sees("q quit");
    course.save(&learners_file(with_increment("loop {}")));
    session.sees("has not come to its next operation");
    session.sees("q quit");
    course.save(&learners_file(with_increment("std::process::abort()")));
    session.sees("were ended in the middle");
    session.sees("q quit");
    course.save(&learners_file(RIGHT));
    session.sees("passes with schedules");
    session.sees("q quit");
    session.press("r");
    session.sees("y yes");
    session.press("y");
    session.sees("a lost update");
    session.sees("q quit");
    session.press("q");
    assert!(session.ends().success());
}

#[test]
fn the_terminal_is_given_back_however_it_ends() {
    let original = curriculum::all()[0].original;
    let course = Course::with("left", original);
    for signal in [None, Some(Signal::TERM), Some(Signal::HUP)] {
        let mut session = Session::start(&course);
        // In the middle of a check.
        session.sees("Checking");
        match signal {
            None => session.press("\x03"),
            Some(signal) => {
                let child = Pid::from_raw(session.child.id() as i32).expect("a process");
                kill_process(child, signal).expect("a process");
            }
        }
        session.ends();
    }
}
