//! `cargo kata run periodic`, from outside.
#![cfg(not(loom))]

mod command;

use command::{check, command, english};
use std::collections::HashMap;

/// The rules of Europe/Paris, which need no file of the system's.
const PARIS: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// What is told of the jobs from this date on, in Paris.
fn told(from: &str, length: &str) -> String {
    let arguments = ["run", "periodic", "--from", from, "--for", length];
    let output = command(&arguments).env("TZ", PARIS).output();
    let output = output.expect("the command");
    assert!(output.status.success(), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The lines of each job.
fn by_job(told: &str) -> HashMap<&str, Vec<&str>> {
    let mut jobs: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in told.lines() {
        let (time, job) = line.split_once("  ").expect("a time and a job");
        jobs.entry(job).or_default().push(time);
    }
    jobs
}

#[test]
fn a_week_has_all_jobs_at_their_times() {
    let week = told("2026-11-02T08:05", "1w");
    let jobs = by_job(&week);
    let minutes = &jobs["every().minute.at(\":17\")"];
    assert_eq!(minutes.len(), 7 * 24 * 60);
    assert!(minutes.iter().all(|time| time.contains(":17 +01:00")));
    let tens = &jobs["every(10).minutes"];
    assert_eq!(tens.len(), 7 * 24 * 6);
    assert!(tens.iter().all(|time| time.contains("5:00 +01:00")));
    // These come too often to be read.
    let is_rare = |line: &&str| !line.contains("minute");
    let rare: Vec<&str> = week.lines().filter(is_rare).collect();
    // Named so that it is not taken for the drawing of a slip.
    insta::with_settings!({ prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("week_of_jobs", rare.join("\n"));
    });
}

#[test]
fn a_night_in_which_clocks_are_put_back_has_an_hour_more() {
    let night = told("2026-10-25", "4h");
    let jobs = by_job(&night);
    let hours = [
        "Sun 2026-10-25 01:00:00 +02:00",
        "Sun 2026-10-25 02:00:00 +02:00",
        "Sun 2026-10-25 02:00:00 +01:00",
        "Sun 2026-10-25 03:00:00 +01:00",
    ];
    assert_eq!(jobs["every().hour"], hours);
    assert_eq!(jobs["every(10).minutes"].len(), 24);
}

#[test]
fn what_is_no_date_and_no_length_is_refused() {
    let refused = |arguments: &[&str], text| {
        check(&[&["run", "periodic"], arguments].concat(), 2, &[text]);
    };
    for date in ["", "tomorrow", "2026-02-30", "2026-11-02T10:30Z"] {
        refused(&["--from", date, "--for", "1w"], "it has to be a date");
    }
    for length in ["", "0d", "-1w", "soon", "1"] {
        let arguments = ["--from", "2026-11-02", "--for", length];
        refused(&arguments, "it has to be a length of time");
    }
    refused(&["--from", "9999-12-20", "--for", "1y"], "the year 9999");
    refused(&["--from", "2026-11-02"], "--for <LENGTH>");
    refused(&["--for", "1w"], "--from <DATE>");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_jobs_at_once() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::io::{BufRead, BufReader, Read};
    use std::process::Stdio;

    let mut jobs = english();
    jobs.args(["run", "periodic"]);
    let mut jobs = jobs
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command");
    // It says so when Ctrl-C is waited for.
    let mut said = String::new();
    let mut errors = BufReader::new(jobs.stderr.take().expect("a pipe"));
    errors.read_line(&mut said).expect("a line");
    assert_eq!(said, "six jobs, until Ctrl-C\n");
    let id = Pid::from_child(&jobs);
    kill_process(id, Signal::INT).expect("it runs");
    let status = jobs.wait().expect("it ends");
    let mut rest = String::new();
    errors.read_to_string(&mut rest).expect("its end");
    assert!(status.success() && rest.is_empty(), "{status}: {rest}");
}
