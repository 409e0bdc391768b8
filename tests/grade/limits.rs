//! Files that never end, or want something without end.

use super::School;
use super::course::{RIGHT, learners_file, printed, write};
#[cfg(unix)]
use super::is_empty;
#[cfg(unix)]
use std::fs;
#[cfg(unix)]
use std::path::Path;

#[test]
fn a_file_that_never_ends_is_ended() {
    let never = learners_file(RIGHT).replace("kata::counter::check::<Tally>()", "loop {}");
    let school = School::new("class-limit", &[("jan", never, "", "")]);
    let output = school.grade(&["class", "--limit", "1"]);
    let printed = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    let why = "error: it ran for 1 s and was ended";
    assert!(
        printed.contains("ended early") && printed.contains(why),
        "{printed}"
    );
}

/// What each of them says in its row, and that the one that comes after it is judged all the same.
#[test]
fn a_file_that_wants_something_without_end_is_ended_and_none_of_the_others_is() {
    let instead = |main: &str| {
        let file = learners_file(RIGHT).replace("kata::counter::check::<Tally>()", main);
        format!("{file}\nmod q {{\n    pub use std::*;\n}}\n")
    };
    let rows = [
        (
            "kim",
            "loop { print!(\"{}\", \"and so on\".repeat(9_999)) }",
            "error: it printed more than 16 MiB and was ended",
        ),
        (
            "lea",
            "for number in 0.. { q::fs::write(format!(\"{number}\"), [0; 99_999]).unwrap(); } todo!()",
            "error: it wrote more than 256 MiB into its folder and was ended",
        ),
        #[cfg(unix)]
        (
            "max",
            "q::fs::File::create(\"all\").unwrap().set_len(1 << 40).unwrap(); todo!()",
            "error: it wrote more than 256 MiB into a file",
        ),
        #[cfg(target_os = "linux")]
        (
            "ned",
            "drop(Vec::<u8>::with_capacity(1 << 40)); todo!()",
            "error: it asked for more memory than 2 GiB",
        ),
    ];
    let files = rows.map(|(learner, main, said)| (learner, instead(main), "", said));
    let school = School::new("class-limits", &files);
    write(&school.class.join("pia/counter.rs"), &learners_file(RIGHT));
    let output = school.grade(&["class"]);
    let printed = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{printed}");
    for (learner, .., said) in files {
        let row = printed.lines().position(|line| line.contains(learner));
        let row = row.unwrap_or_else(|| panic!("no {learner} in {printed}"));
        let lines: Vec<&str> = printed.lines().skip(row).take(2).collect();
        assert!(lines[0].contains("ended early"), "{printed}");
        assert!(lines[1].contains(said), "{learner}: {printed}");
    }
    let counts = format!("{} files: 1 passed", rows.len() + 1);
    assert!(printed.contains(&counts), "{printed}");
}

/// The files wait for what never comes, and the command is asked to end as soon as they do.
#[cfg(unix)]
// What waits here waits for a process, which nobody explores.
#[allow(clippy::disallowed_methods)]
#[test]
fn who_interrupts_it_ends_all_that_it_has_started() {
    use rustix::process::{Pid, Signal, kill_process};
    let never = learners_file(RIGHT).replace("kata::counter::check::<Tally>()", "loop {}");
    let rows = ["jan", "kim", "lea"].map(|learner| (learner, never.clone(), "", ""));
    let school = School::new("class-interrupted", &rows);
    let mut command = school.command(&["class"]);
    let mut child = command.spawn().expect("the command");
    while !has_built(school.temporary.path()) {
        assert!(child.try_wait().expect("a process").is_none());
        std::thread::yield_now();
    }
    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    kill_process(id.expect("a process"), Signal::INT).expect("a process");
    assert_eq!(child.wait().expect("its end").code(), Some(130));
    assert!(is_empty(school.temporary.path()));
}

/// True if a file has been built in one of the folders there.
#[cfg(unix)]
fn has_built(temporary: &Path) -> bool {
    let folders = fs::read_dir(temporary).expect("a folder");
    folders
        .flatten()
        .any(|folder| folder.path().join("counter").exists())
}
