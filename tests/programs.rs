//! The programs on the verified solutions, from outside; `players.rs` has the players, and
//! `stock.rs`, `dialogue.rs` and `echo_server.rs` have servers.
#![cfg(not(loom))]

mod command;

use command::check;
use command::english;

#[test]
fn the_counter_counts() {
    let run = |arguments: &[&str], code, texts: &[&str]| {
        check(&[&["run", "counter"], arguments].concat(), code, texts)
    };
    let value = |arguments: &[&str]| run(arguments, 0, &[]);
    assert_eq!(value(&["--times", "1000"]), "valeur du compteur 2000\n");
    assert_eq!(
        value(&["--threads=7", "--times=3"]),
        "valeur du compteur 21\n"
    );
    assert_eq!(value(&["--threads", "0"]), "valeur du compteur 0\n");
    assert_eq!(value(&["--times", "0"]), "valeur du compteur 0\n");
    run(&["--threads", "-1"], 2, &["'-1'"]);
    run(&["--threads", "1001"], 2, &["1001 is not in 0..=1000"]);
    run(&["--times", "many"], 2, &["'many'"]);
    run(
        &["--times", "18446744073709551615"],
        2,
        &["more than the counter holds"],
    );
    run(
        &["--times", "18446744073709551616"],
        2,
        &["'18446744073709551616'"],
    );
}

#[test]
fn ping_and_pong_alternate() {
    let game = |arguments: &[&str]| check(&[&["run", "ping-pong"], arguments].concat(), 0, &[]);
    let pairs = |number| "ping ... pong\n".repeat(number) + "Fin de partie !\n";
    assert_eq!(game(&[]), pairs(100));
    assert_eq!(game(&["0"]), pairs(0));
    assert_eq!(game(&["1"]), pairs(1));
    assert_eq!(game(&["300"]), pairs(300));
    assert_eq!(game(&["10000"]), pairs(10_000));
    check(
        &["run", "ping-pong", "100001"],
        2,
        &["100001 is not in 0..=100000"],
    );
    for wrong in ["-1", "many", "1.5", "", "99999999999999999999"] {
        check(&["run", "ping-pong", wrong], 2, &[&format!("'{wrong}'")]);
    }
    check(&["run", "ping-pong", "1", "2"], 2, &["'2'"]);
}

#[test]
fn the_workers_make_their_calls_and_the_time_of_day_stands_behind_each() {
    let printed = check(&["run", "workers", "--speed", "1000"], 0, &[]);
    let (mut starts, mut calls) = (Vec::new(), [Vec::new(), Vec::new()]);
    for line in printed.lines() {
        let call = ["T1", "T2"].map(|name| line.strip_prefix(&format!("{name} : Appel ")));
        match call {
            [Some(call), None] => calls[0].push(call),
            [None, Some(call)] => calls[1].push(call),
            _ => starts.push(line),
        }
    }
    assert_eq!(starts, ["2 Threads démarrés"]);
    for calls in calls {
        let numbers: Vec<String> = calls
            .iter()
            .map(|call| without_digits_of_time(call))
            .collect();
        let expected: Vec<String> = (0..5).map(|number| format!("{number}, hh:mm:ss")).collect();
        assert_eq!(numbers, expected, "{printed}");
    }
}

/// `3, 17:38:23` as `3, hh:mm:ss`; anything else as it is.
fn without_digits_of_time(call: &str) -> String {
    let parts: Vec<&str> = call.split([' ', ':']).collect();
    let is_time = |part: &&&str| part.len() == 2 && part.parse::<u8>().is_ok_and(|n| n < 60);
    match &parts[..] {
        [number, time @ ..] if time.len() == 3 && time.iter().filter(is_time).count() == 3 => {
            format!("{number} hh:mm:ss")
        }
        _ => call.to_owned(),
    }
}

/// What the sleeper goes through: each phase of each cycle.
fn phases_of_a_night() -> Vec<&'static str> {
    let cycle = [
        "Cycle 1",
        "phase de sommeil léger",
        "phase de sommeil lent profond",
        "phase de sommeil paradoxal",
        "phase intermédiaire",
    ];
    let cycles = [cycle, cycle, cycle].concat();
    [&["Endormissement"], &cycles[..], &["DRINGGG ! Reveil"]].concat()
}

/// The date behind a snore, if the line is one: `Sat Nov  7 04:05:06 2026`.
fn snored(line: &str) -> Option<&str> {
    line.strip_prefix("zzzzzzzzzz.....\t\t")
}

#[test]
fn a_night_ends_with_the_alarm_and_the_clock_beside_it_tells_the_date() {
    let printed = check(&["run", "night", "--speed", "200"], 0, &[]);
    let (snores, phases): (Vec<&str>, Vec<&str>) =
        printed.lines().partition(|line| snored(line).is_some());
    assert_eq!(phases, phases_of_a_night());
    assert!(printed.ends_with("\nDRINGGG ! Reveil\n"), "{printed}");
    for date in snores.into_iter().filter_map(snored) {
        let parts: Vec<&str> = date.split_whitespace().collect();
        assert_eq!((date.len(), parts.len()), (24, 5), "{date}");
        let [_, _, _, time, year] = parts[..] else {
            unreachable!("there are five")
        };
        assert_eq!(without_digits_of_time(&format!("0 {time}")), "0 hh:mm:ss");
        assert!(year.parse::<u16>().is_ok(), "{date}");
    }
}

#[cfg(unix)]
#[test]
fn a_clock_that_is_no_daemon_goes_on_until_nobody_reads_it() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let mut night = english()
        .args(["run", "night", "--no-daemon", "--speed", "1000"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command");
    let output = BufReader::new(night.stdout.take().expect("a pipe"));
    let lines = output.lines().map(|line| line.expect("UTF-8"));
    let mut after = lines.skip_while(|line| line != "DRINGGG ! Reveil").skip(1);
    for _ in 0..3 {
        let line = after.next().expect("it goes on");
        assert!(snored(&line).is_some(), "{line}");
    }
    drop(after);
    assert!(night.wait().expect("it ends").success());
}

#[test]
fn a_daemon_comes_to_its_end_only_if_it_is_waited_for() {
    let others = "daemon is starting\nnon daemon is starting\nnon daemon is exiting\n";
    assert_eq!(
        check(&["run", "daemon", "--speed", "0.001"], 0, &[]),
        others
    );
    let joined = check(&["run", "daemon", "--join", "--speed", "1000"], 0, &[]);
    assert_eq!(joined, format!("{others}daemon is exiting\n"));
}

#[test]
fn an_addition_is_scheduled_once_and_all_times_are_told() {
    let printed = check(&["run", "schedule-once", "--speed", "1000"], 0, &[]);
    let without_times: Vec<String> = printed.lines().map(without_times).collect();
    let expected = [
        "Start Time :  yyyy-mm-dd hh:mm:ss.ffffff",
        "",
        "Event Created :  Event(1)",
        "Inside Addition :  yyyy-mm-dd hh:mm:ss.ffffff",
        "Time :  seconds",
        "Result :  30",
        "End Time :  yyyy-mm-dd hh:mm:ss.ffffff",
    ];
    assert_eq!(without_times, expected, "{printed}");
}

/// A line with the time behind its two blanks replaced, if there is one.
fn without_times(line: &str) -> String {
    let Some((name, told)) = line.split_once("  ") else {
        return line.to_owned();
    };
    let date = "yyyy-mm-dd hh:mm:ss.ffffff";
    let is_like =
        |(told, like): (char, char)| told == like || like.is_alphabetic() && told.is_ascii_digit();
    let is_date = told.len() == date.len() && told.chars().zip(date.chars()).all(is_like);
    let is_seconds = name == "Time :" && told.parse::<f64>().is_ok();
    match (is_date, is_seconds) {
        (true, _) => format!("{name}  {date}"),
        (_, true) => format!("{name}  seconds"),
        _ => line.to_owned(),
    }
}

#[test]
fn a_speed_that_is_none_is_refused() {
    for program in [
        "workers",
        "night",
        "daemon",
        "schedule-once",
        "say-after",
        "sequential",
        "tasks",
        "gather",
        "results",
        "exceptions",
        "semaphore",
        "lock",
    ] {
        for speed in ["0", "-1", "NaN", "inf", "fast", ""] {
            let arguments = ["run", program, "--speed", speed];
            check(&arguments, 2, &["it has to be a number above 0"]);
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_system_without_room_for_the_threads_is_told_and_nothing_hangs() {
    // A few stacks of this size are more than there are addresses.
    const STACK: u64 = 1 << 45;
    for (arguments, printed) in [
        (&["counter", "--threads", "1000"] as &[&str], ""),
        (&["ping-pong", "1000"], ""),
        (&["workers"], "Error: unable to start threads\n"),
        (&["night"], ""),
        (&["daemon"], ""),
        (&["say-after"], ""),
    ] {
        let output = english()
            .env("RUST_MIN_STACK", STACK.to_string())
            .arg("run")
            .args(arguments)
            .output()
            .expect("the command");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(1), "{said}");
        let what = "error: the system has no room for another thread: ";
        assert!(
            said.starts_with(what) && said.lines().count() == 1,
            "{said}"
        );
        assert_eq!(output.stdout, printed.as_bytes());
    }
}

#[test]
fn a_chat_without_a_server_or_a_port_says_so() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    let said = check(&["run", "chat-server", "--addr", &address], 1, &[]);
    let begins = "La liaison du socket à l'adresse choisie a échoué.\nerror: cannot listen on 127";
    assert!(said.starts_with(begins), "{said}");
    drop(taken);
    let said = check(&["run", "chat-client", "--addr", &address], 1, &[]);
    let begins = "La connexion a échoué.\nerror: cannot connect to 127.0.0.1:";
    assert!(said.starts_with(begins), "{said}");
    check(
        &["run", "chat-server", "--framing", "words"],
        2,
        &["'words'", "lines", "chunks"],
    );
    check(
        &["run", "chat-server", "--outbox", "0"],
        2,
        &["from 1 to 65536"],
    );
}

#[test]
fn a_chat_client_sends_what_is_typed_and_prints_what_arrives() {
    use std::io::{Read, Write};
    for framing in ["lines", "chunks"] {
        let server = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = server.local_addr().expect("its address").to_string();
        let mut client = english()
            .args([
                "run",
                "chat-client",
                "--addr",
                &address,
                "--framing",
                framing,
            ])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("the client");
        let (mut connection, _) = server.accept().expect("the client connects");
        let mut keyboard = client.stdin.take().expect("a pipe");
        keyboard
            .write_all("déjà vu\n".as_bytes())
            .expect("the client reads");
        let newline = if framing == "lines" { "\n" } else { "" };
        let mut typed = vec![0; "déjà vu".len() + newline.len()];
        connection.read_exact(&mut typed).expect("what was typed");
        assert_eq!(typed, format!("déjà vu{newline}").as_bytes());
        // It stops because the server does, although nobody closes its keyboard.
        connection
            .write_all(b"Thread-1> salut\n")
            .expect("the client listens");
        drop(connection);
        let output = client.wait_with_output().expect("the client ends");
        assert_eq!(
            String::from_utf8(output.stdout).expect("UTF-8"),
            "Connexion établie avec le serveur.\n*Thread-1> salut*\n**\n\
             Client arrêté. Connexion interrompue.\n"
        );
        assert_eq!(output.status.code(), Some(0));
        drop(keyboard);
    }
}

#[test]
fn a_server_says_why_it_cannot_listen_and_what_it_can_be_given() {
    for (program, address) in [
        ("chat-server", "foo"),
        ("chat-client", ":46000"),
        ("stock-server", "127.0.0.1:65536"),
        ("stock-client", "::1"),
        ("dialogue-server", "50000"),
        ("dialogue-client", "127.0.0.1:"),
        ("echo-server", "localhost"),
        ("echo-client", "::1"),
    ] {
        let arguments = ["run", program, "--addr", address];
        check(&arguments, 2, &["it has to be HOST:PORT"]);
    }
    // An address that nobody has, of those that are kept for examples.
    for program in [
        "chat-server",
        "stock-server",
        "dialogue-server",
        "echo-server",
    ] {
        let arguments = ["run", program, "--addr", "192.0.2.1:0"];
        check(&arguments, 1, &["cannot listen on 192.0.2.1:0: "]);
    }
    for (option, number) in [
        ("--outbox", "18446744073709551616"),
        ("--outbox", "65537"),
        ("--clients", "many"),
    ] {
        let arguments = ["run", "chat-server", option, number];
        check(&arguments, 2, &["it has to be a number from 1 to 65536"]);
    }
}
