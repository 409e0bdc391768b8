//! A command in a real terminal.
// A terminal is watched by a thread of its own, and waited for by the real clock.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]
// No test needs all of it.
#![allow(dead_code)]

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::ioctl_fioclex;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Long enough for a compiler on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// What makes a terminal show another screen, and its own one again.
pub const OTHER_SCREEN: &str = "\x1b[?1049h";
pub const OWN_SCREEN: &str = "\x1b[?1049l";

/// How everything that has the whole terminal can be ended.
pub const ENDS: [fn(&mut Session); 5] = [
    |session| session.press("\x1b"),
    |session| session.press("\x03"),
    |session| session.kill(Signal::INT),
    |session| session.kill(Signal::TERM),
    |session| session.kill(Signal::HUP),
];

/// Runs a command with `--screen` where there is no terminal, which it has to say; what it prints.
#[track_caller]
pub fn without_one(mut command: Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("the command");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("`--screen` needs a terminal"), "{said}");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A terminal, and the command that runs in it.
pub struct Session {
    /// `None` once the terminal has gone.
    keyboard: Option<File>,
    terminal: File,
    shown: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    /// The terminal is to go away: its reader must not hold it.
    is_closed: Arc<AtomicBool>,
    text: String,
    child: Child,
}

impl Session {
    /// Starts the command in a terminal of 80 columns and 24 rows.
    pub fn start(command: Command) -> Session {
        Session::start_with(command, 24)
    }

    /// Starts the command in a terminal of 80 columns and so many rows.
    pub fn start_with(mut command: Command, rows: u16) -> Session {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        let keyboard = openpt(flags).expect("a terminal");
        // A command that had this end too would keep its own terminal from going away.
        ioctl_fioclex(&keyboard).expect("a terminal");
        grantpt(&keyboard).expect("a terminal");
        unlockpt(&keyboard).expect("a terminal");
        let name = ptsname(&keyboard, Vec::new()).expect("a terminal's name");
        let flags = OFlags::RDWR | OFlags::NOCTTY;
        let terminal = File::from(open(name, flags, Mode::empty()).expect("a terminal"));
        let end = || Stdio::from(terminal.try_clone().expect("a terminal"));
        resize(&terminal, 80, rows);
        // A group of its own, so that what stops it stops nobody else.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command
            .env("TERM", "xterm")
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .expect("the command");
        let keyboard = File::from(keyboard);
        let mut screen = keyboard.try_clone().expect("a terminal");
        let (sender, shown) = channel();
        let is_closed = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&is_closed);
        let reader = thread::spawn(move || {
            let mut part = [0; 4096];
            while !closed.load(Ordering::SeqCst) {
                if !can_be_read(&screen) {
                    continue;
                }
                let Ok(length @ 1..) = screen.read(&mut part) else {
                    break;
                };
                if sender.send(part[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Session {
            keyboard: Some(keyboard),
            terminal,
            shown,
            reader: Some(reader),
            is_closed,
            text: String::new(),
            child,
        }
    }

    /// Starts a command that takes the whole terminal, and waits until it shows this.
    #[track_caller]
    pub fn on_screen(command: Command, text: &str) -> Session {
        let mut session = Session::start(command);
        session.sees(OTHER_SCREEN);
        session.sees(text);
        assert!(session.is_raw());
        session
    }

    /// Waits until this is shown, after what was waited for before.
    #[track_caller]
    pub fn sees(&mut self, text: &str) {
        self.shown_until(text);
    }

    /// The same; what was shown up to there.
    #[track_caller]
    pub fn shown_until(&mut self, text: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.text.find(text) {
                return self.text.drain(..at + text.len()).collect();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            match self.shown.recv_timeout(left) {
                Ok(part) => self.text += &String::from_utf8_lossy(&part),
                Err(_) => panic!("no `{text}` in:\n{}", self.text),
            }
        }
    }

    pub fn press(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().expect("a terminal");
        keyboard.write_all(keys.as_bytes()).expect("a terminal");
    }

    pub fn is_raw(&self) -> bool {
        let modes = tcgetattr(&self.terminal).expect("a terminal").local_modes;
        !modes.contains(LocalModes::ICANON)
    }

    /// Makes the terminal one for lines, as a shell does that has stopped a command.
    pub fn take_for_lines(&self) {
        let mut modes = tcgetattr(&self.terminal).expect("a terminal");
        modes.local_modes.insert(LocalModes::ICANON);
        tcsetattr(&self.terminal, OptionalActions::Now, &modes).expect("a terminal");
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        resize(&self.terminal, columns, rows);
    }

    pub fn kill(&self, signal: Signal) {
        let child = i32::try_from(self.child.id()).expect("a process");
        kill_process(Pid::from_raw(child).expect("a process"), signal).expect("a process");
    }

    /// Waits until it has been stopped; the terminal must be as it was.
    #[track_caller]
    pub fn stops(&self) {
        let child = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        let status = waitpid(child, WaitOptions::UNTRACED).expect("the command");
        let has_stopped = status.is_some_and(|(_, status)| status.stopped());
        assert!(has_stopped, "it ended: {status:?}");
        assert!(!self.is_raw(), "the terminal is left as it is for keys");
    }

    /// Takes the terminal away, as closing its window does, and waits for the end.
    pub fn goes_away(&mut self) {
        self.is_closed.store(true, Ordering::SeqCst);
        let reader = self.reader.take().expect("it goes away once");
        reader.join().expect("a reader");
        self.keyboard = None;
        self.child.wait().expect("the command");
    }

    /// Waits for the end; the terminal must be as it was.
    #[track_caller]
    pub fn ends(&mut self) -> ExitStatus {
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

/// Waits a moment for something to read.
fn can_be_read(screen: &File) -> bool {
    let mut screen = [PollFd::new(screen, PollFlags::IN)];
    let moment = Timespec {
        tv_sec: 0,
        tv_nsec: 20_000_000,
    };
    poll(&mut screen, Some(&moment)).is_ok_and(|ready| ready > 0)
}

fn resize(terminal: &File, columns: u16, rows: u16) {
    let size = Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(terminal, size).expect("a terminal");
}
