//! The programs of tasks, run as a user would.
#![cfg(not(loom))]

mod command;

use command::check;

/// The output of a program that runs a thousand times as fast as it should.
fn run(program: &[&str]) -> String {
    let arguments = [&["run"], program, &["--speed", "1000"]].concat();
    check(&arguments, 0, &[])
}

/// The text with each digit replaced, so that times are as long as they are.
fn without_digits(text: &str) -> String {
    text.replace(|c: char| c.is_ascii_digit(), "0")
}

#[test]
fn something_is_said_before_and_after() {
    let said = without_digits(&run(&["say-after"]));
    assert_eq!(said, "before Hello 00:00:00\nafter Hello 00:00:00\n");
}

#[test]
fn two_are_made_welcome_and_the_time_is_told() {
    for way in ["sequential", "tasks", "gather"] {
        let said = run(&[way]);
        let (welcome, time) = said.split_at(said.len() - "0:00:00.000000\n".len());
        assert_eq!(welcome, "Bienvenue en Python\nBienvenue en Python\n");
        assert_eq!(without_digits(time), "0:00:00.000000\n", "{way}");
    }
}

#[test]
fn what_tasks_come_to_is_told_as_python_tells_it() {
    assert_eq!(run(&["results"]), "False\nTrue Bienvenue en Python\n");
    let results = "['Bienvenue en Python', Exception('Ceci est une erreur !'), \
                   'Bienvenue en Python']";
    assert_eq!(run(&["exceptions"]), format!("False\nTrue {results}\n"));
}

#[test]
fn ten_are_counted_with_the_lock_and_fewer_without_it() {
    assert_eq!(run(&["lock"]), "10\n");
    // All of them read before the first one writes.
    let arguments = ["run", "lock", "--without", "--speed", "1"];
    assert_eq!(check(&arguments, 0, &[]), "1\n");
}

#[test]
fn seven_work_and_never_more_than_three_at_the_same_time() {
    let said = run(&["semaphore"]);
    let mut lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.pop(), Some("au plus 3 à la fois"));
    assert_eq!(lines.len(), 14, "{said}");
    for (number, what) in (1..=7).flat_map(|number| [(number, "commence"), (number, "a fini")]) {
        let line = format!("tâche {number} {what} (");
        let told = lines.iter().filter(|other| other.starts_with(&line));
        assert_eq!(told.count(), 1, "{line}: {said}");
    }
    for at_work in ["(4 ", "(5 ", "(6 ", "(7 "] {
        assert!(!said.contains(at_work), "{said}");
    }
}
