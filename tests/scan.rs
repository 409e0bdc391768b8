//! The program `scan`, with a ping of the tests' own.
#![cfg(all(unix, not(loom)))]

mod command;

use command::{check, english};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const PING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ping.sh");

/// A scan that runs, and the pipes to its pings.
struct Scan {
    process: Child,
    pipes: TempDir,
}

impl Scan {
    /// Scans these hosts, each of which has a pipe.
    fn of<'a>(options: &[&str], hosts: impl IntoIterator<Item = &'a str>) -> Self {
        let pipes = tempfile::tempdir().expect("a folder");
        let mut command = english();
        command.args(["run", "scan", "--ping", PING]).args(options);
        let hosts: Vec<&str> = hosts.into_iter().collect();
        let mut mkfifo = Command::new("mkfifo");
        mkfifo.args(&hosts).current_dir(pipes.path());
        assert!(mkfifo.status().expect("mkfifo").success());
        command.args(hosts);
        command.env("PIPES", pipes.path()).stdout(Stdio::piped());
        let process = command.spawn().expect("the command");
        Scan { process, pipes }
    }

    /// The pipe to the ping of this host. Waits until that reads.
    fn ping(&self, host: &str) -> File {
        let pipe = File::options()
            .write(true)
            .open(self.pipes.path().join(host));
        pipe.expect("a pipe")
    }

    /// What it prints, to the end.
    fn printed(mut self) -> String {
        let mut printed = String::new();
        let mut output = self.process.stdout.take().expect("a pipe");
        output.read_to_string(&mut printed).expect("UTF-8");
        assert!(self.process.wait().expect("its end").success(), "{printed}");
        printed
    }
}

/// Tells a ping how to end.
fn tell(mut ping: File, code: u8) {
    writeln!(ping, "{code}").expect("it reads");
}

fn block(line: &str) -> String {
    wide_block(line, 20)
}

fn wide_block(line: &str, width: usize) -> String {
    let stars = "*".repeat(width);
    format!("{stars}\n{line}\n{stars}\n")
}

#[test]
fn each_host_has_a_block_that_says_how_its_ping_has_ended() {
    let scan = |options: &[&str]| {
        let hosts = ["code-0", "code-1", "code-2", "signal-9", "code-0"];
        check(
            &[&["run", "scan", "--ping", PING], options, &hosts[..]].concat(),
            0,
            &[],
        )
    };
    let lines = [
        "code-0 : VIVANT",
        "code-1 : DEFAILLANT ?",
        "code-2 : INCONNU",
        "signal-9 : INCONNU",
        "code-0 : VIVANT",
    ];
    assert_eq!(scan(&[]), lines.map(block).concat());
    let wide = lines.map(|line| wide_block(line, 40)).concat();
    assert_eq!(scan(&["--in-turn"]), wide);
    let printed = scan(&["--as-they-come"]);
    let mut blocks: Vec<String> = printed
        .lines()
        .collect::<Vec<_>>()
        .chunks(3)
        .map(|lines| lines.join("\n") + "\n")
        .collect();
    let mut expected = lines.map(block);
    blocks.sort_unstable();
    expected.sort_unstable();
    assert_eq!(blocks, expected);
}

#[test]
fn all_hosts_are_asked_at_the_same_time_and_come_in_their_order() {
    let hosts = ["told-e", "told-a", "told-d", "told-a2", "told-c"];
    let scan = Scan::of(&[], hosts);
    // All five ask before one of them has an answer.
    let pings = hosts.map(|host| scan.ping(host));
    for (code, ping) in (0..).zip(pings).collect::<Vec<_>>().into_iter().rev() {
        tell(ping, code);
    }
    let states = ["VIVANT", "DEFAILLANT ?", "INCONNU", "INCONNU", "INCONNU"];
    let blocks = hosts
        .iter()
        .zip(states)
        .map(|(host, state)| block(&format!("{host} : {state}")));
    assert_eq!(scan.printed(), blocks.collect::<String>());
}

#[test]
fn two_hundred_hosts_are_asked_at_the_same_time() {
    let hosts: Vec<String> = (0..200).map(|number| format!("told-{number}")).collect();
    let scan = Scan::of(&[], hosts.iter().map(String::as_str));
    let pings: Vec<File> = hosts.iter().map(|host| scan.ping(host)).collect();
    pings.into_iter().for_each(|ping| tell(ping, 0));
    let blocks = hosts.iter().map(|host| block(&format!("{host} : VIVANT")));
    assert_eq!(scan.printed(), blocks.collect::<String>());
}

#[test]
fn blocks_come_as_hosts_answer_if_that_is_asked_for() {
    let mut scan = Scan::of(&["--as-they-come"], ["told-slow", "told-fast"]);
    let [slow, fast] = ["told-slow", "told-fast"].map(|host| scan.ping(host));
    tell(fast, 1);
    let mut output = BufReader::new(scan.process.stdout.take().expect("a pipe"));
    let mut printed = String::new();
    for _ in 0..3 {
        output.read_line(&mut printed).expect("UTF-8");
    }
    assert_eq!(printed, block("told-fast : DEFAILLANT ?"));
    tell(slow, 0);
    let mut rest = String::new();
    output.read_to_string(&mut rest).expect("UTF-8");
    assert_eq!(rest, block("told-slow : VIVANT"));
    assert!(scan.process.wait().expect("its end").success());
}

#[test]
fn in_turn_a_host_is_asked_when_the_one_before_it_has_answered() {
    let scan = Scan::of(&["--in-turn"], ["told-first", "told-second"]);
    let first = scan.ping("told-first");
    let reads = |host: &str| {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK.bits();
        let flags = i32::try_from(flags).expect("a flag");
        let pipe = scan.pipes.path().join(host);
        File::options().write(true).custom_flags(flags).open(pipe)
    };
    assert!(
        reads("told-second").is_err(),
        "both are asked at the same time"
    );
    tell(first, 0);
    tell(scan.ping("told-second"), 1);
    let blocks = ["told-first : VIVANT", "told-second : DEFAILLANT ?"];
    assert_eq!(
        scan.printed(),
        blocks.map(|line| wide_block(line, 40)).concat()
    );
}

#[test]
fn who_interrupts_a_scan_ends_the_pings_and_what_they_have_started() {
    for (signal, options) in [(Signal::INT, "--as-they-come"), (Signal::TERM, "--in-turn")] {
        let hosts = ["child-a", "told-b"];
        let mut scan = Scan::of(&[options], hosts);
        // In turn the second one is not asked.
        let asked = if options == "--in-turn" { 1 } else { 2 };
        let pings: Vec<File> = hosts[..asked].iter().map(|host| scan.ping(host)).collect();
        let id = i32::try_from(scan.process.id())
            .ok()
            .and_then(Pid::from_raw);
        kill_process(id.expect("a process"), signal).expect("a process");
        assert_eq!(scan.process.wait().expect("its end").code(), Some(130));
        for ping in pings {
            // A pipe that nobody reads any more is broken.
            let mut ends = [PollFd::new(&ping, PollFlags::empty())];
            let long = Timespec {
                tv_sec: 600,
                tv_nsec: 0,
            };
            assert_eq!(poll(&mut ends, Some(&long)), Ok(1));
            assert!(ends[0].revents().contains(PollFlags::ERR));
        }
    }
}

#[test]
fn a_ping_that_cannot_be_run_is_told_once_and_nothing_is_known_of_the_hosts() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ping");
    std::fs::write(&file, "not a program").expect("a file");
    for (program, why) in [
        ("/no/such/ping", "No such file"),
        (file.to_str().expect("UTF-8"), "Permission denied"),
        ("ping\x1b[2J", "No such file"),
    ] {
        for order in ["--as-they-come", "--in-turn"] {
            let output = command::command(&["run", "scan", "--ping", program, order, "a", "b"])
                .output()
                .expect("the command");
            let said = String::from_utf8(output.stderr).expect("UTF-8");
            let printed = String::from_utf8(output.stdout).expect("UTF-8");
            assert!(
                said.starts_with("note: cannot run ") && said.contains(why),
                "{said}"
            );
            assert!(
                said.lines().count() == 1 && !said.contains('\x1b'),
                "{said}"
            );
            assert_eq!(printed.matches(" : INCONNU\n").count(), 2, "{printed}");
            assert_eq!(output.status.code(), Some(0));
        }
    }
}

#[test]
fn what_is_no_scan_is_refused() {
    let output = command::command(&["run", "scan"])
        .output()
        .expect("the command");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stderr, b"Usage: kata run scan HOST...\n");
    assert_eq!(output.stdout, b"");
    check(
        &["run", "scan", "--", "-f"],
        2,
        &["does not begin with `-`"],
    );
    let both = ["run", "scan", "--in-turn", "--as-they-come", "a"];
    check(&both, 2, &["cannot be used with"]);
}
