//! What cargo says while it builds, shown as far as it is of use.
//!
//! Nobody needs to read that everything has been built already. So the lines about the work are held
//! back until it takes long or has failed; the compiler's messages are shown in any case.

// What is waited for here is a compiler, which nobody explores.
#![allow(clippy::disallowed_methods)]

use std::env;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// After so long one wants to know what is being done.
const LONG: Duration = Duration::from_secs(2);

/// Cargo's words begin where they fill so many columns.
const COLUMNS: usize = 12;

/// Runs cargo, and shows on the standard error what it says there.
pub fn run(mut command: Command) -> io::Result<Output> {
    if io::stderr().is_terminal() && env::var_os("CARGO_TERM_COLOR").is_none() {
        // It sees a pipe. Where colours are not wanted they are taken out again.
        command.env("CARGO_TERM_COLOR", "always");
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let mut stdout = child.stdout.take().expect("a pipe");
    let stderr = child.stderr.take().expect("a pipe");
    let (sender, lines) = mpsc::channel();
    thread::scope(|scope| {
        let told = scope.spawn(move || {
            let mut told = Vec::new();
            stdout.read_to_end(&mut told).map(|_| told)
        });
        scope.spawn(move || {
            let mut stderr = BufReader::new(stderr);
            let mut line = Vec::new();
            while matches!(stderr.read_until(b'\n', &mut line), Ok(1..)) {
                // Should nobody show it, cargo still has to get rid of it.
                let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
                line.clear();
            }
        });
        let mut out = anstream::stderr();
        let shown = show(&lines, Instant::now() + LONG, &mut out);
        let stdout = told.join().expect("reading does not panic")?;
        let status = child.wait()?;
        let left = shown?;
        let left = left
            .iter()
            .filter(|line| !status.success() || !is_work(line));
        left.into_iter()
            .try_for_each(|line| out.write_all(line.as_bytes()))?;
        Ok(Output {
            status,
            stdout,
            stderr: Vec::new(),
        })
    })
}

/// Shows the lines from some time on; returns them if all have come before that.
fn show(lines: &Receiver<String>, from: Instant, out: &mut impl Write) -> io::Result<Vec<String>> {
    let mut held = Vec::new();
    loop {
        let left = from.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        match lines.recv_timeout(left) {
            Ok(line) => held.push(line),
            Err(RecvTimeoutError::Disconnected) => return Ok(held),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    for line in held.into_iter().chain(lines) {
        if !says_the_end(&line) {
            out.write_all(line.as_bytes())?;
        }
    }
    Ok(Vec::new())
}

/// True of lines about cargo's own work, such as `   Compiling katas v0.1.0`.
fn is_work(line: &str) -> bool {
    word(line).is_some()
}

/// True of those that say that it is done.
fn says_the_end(line: &str) -> bool {
    word(line).is_some_and(|word| ["Finished", "Executable"].contains(&word.as_str()))
}

/// The word for what cargo does, if the line begins with one.
fn word(line: &str) -> Option<String> {
    let line = anstream::adapter::strip_str(line).to_string();
    let (word, _) = line.trim_start().split_once(' ')?;
    let begins = line.len() - line.trim_start().len();
    let is_word = word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.chars().all(|letter| letter.is_ascii_alphabetic());
    (is_word && begins + word.len() == COLUMNS).then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: [&str; 6] = [
        "   Compiling katas v0.1.0 (/course/katas)\n",
        "warning: unused variable: `x`\n",
        "  --> counter.rs:7:9\n",
        "            Some text of the compiler\n",
        "\u{1b}[1m\u{1b}[32m    Finished\u{1b}[0m `test` profile in 0.05s\n",
        "  Executable counter.rs (target/debug/deps/counter)\n",
    ];

    fn said() -> Receiver<String> {
        let (sender, lines) = mpsc::channel();
        for line in SAID {
            sender.send(line.to_owned()).expect("it is received");
        }
        lines
    }

    #[test]
    fn what_cargo_says_of_its_work_is_told_from_what_the_compiler_says() {
        let found: Vec<bool> = SAID.into_iter().map(is_work).collect();
        assert_eq!(found, [true, false, false, false, true, true]);
    }

    #[test]
    fn nothing_is_shown_before_it_takes_long_and_then_all_but_the_end() {
        let mut out = Vec::new();
        let in_an_hour = Instant::now() + Duration::from_secs(3600);
        let held = show(&said(), in_an_hour, &mut out).expect("room");
        assert_eq!((&held[..], out.len()), (&SAID.map(String::from)[..], 0));
        let held = show(&said(), Instant::now(), &mut out).expect("room");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), SAID[..4].concat());
        assert!(held.is_empty());
    }
}
