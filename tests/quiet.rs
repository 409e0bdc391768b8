//! The library prints nothing, ends no process and reads no environment, unless its caller says so.

use kata::explore::{BackEnd, Check, Options, Scenario, SetBy, Verdict};
use kata::sync::{self, BACK_ENDS, Mutex};
use proptest::collection::vec;
use proptest::strategy::{Just, Strategy};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};

/// Two threads that need some time for what they do outside `kata::sync`.
fn check() -> Check {
    let promise = "two increments count two";
    Check::new("counts", promise, Just(2), [2], [2], |_: &u8| {
        let count = Arc::new(Mutex::new(0));
        let [first, second, both] = [(); 3].map(|()| Arc::clone(&count));
        let increment = |count: Arc<Mutex<i32>>| {
            move || {
                fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap().count();
                *count.lock() += 1;
            }
        };
        Scenario::new()
            .thread("first", increment(first))
            .thread("second", increment(second))
            .finally(move || assert_eq!(*both.lock(), 2))
    })
}

/// A thread that adds for ever.
fn endless() -> Check {
    Check::new("counts", "it ends", Just(1), [1], [1], |_: &u8| {
        let count = Mutex::new(0_u64);
        Scenario::new().thread("adder", move || {
            loop {
                *count.lock() += 1;
            }
        })
    })
}

/// A failure that proptest would make smaller in thousands of steps, and in many after any of them.
fn hard_to_make_smaller() -> Check {
    let total = |numbers: Vec<u128>| numbers.iter().map(|number| (number >> 100) as u64).sum();
    let totals = vec(0..1_u128 << 120, 100).prop_map(total);
    let small = 10_000_000;
    let larger = [small + 1];
    let promise = "the total is small";
    Check::new("totals", promise, totals, larger, larger, move |total| {
        let is_small = *total <= small;
        Scenario::new().thread("adder", move || assert!(is_small))
    })
}

/// What every variable that the course knows would make of it.
const VARIABLES: [(&str, &str); 7] = [
    ("KATA_CASES", "1"),
    ("KATA_SEED", "7"),
    ("KATA_STEPS", "1"),
    ("KATA_WATCHDOG_SECONDS", "0.000001"),
    ("LOOM_MAX_PERMUTATIONS", "1"),
    ("PROPTEST_MAX_SHRINK_ITERS", "0"),
    ("PROPTEST_VERBOSE", "2"),
];

/// Set in the process that has these variables.
const INSIDE: &str = "KATA_TEST_INSIDE";

#[test]
fn by_default_an_exploration_ignores_the_environment_and_prints_nothing() {
    if env::var_os(INSIDE).is_some() {
        for back_end in BACK_ENDS {
            let verdict = sync::explore(&check(), *back_end, &Options::default());
            let is_usual = match back_end {
                BackEnd::Generated => {
                    matches!(verdict, Verdict::NotRefuted { executions: 256 })
                }
                _ => matches!(verdict, Verdict::Verified { .. }),
            };
            assert!(is_usual, "{back_end}: {verdict:?}");
            let verdict = sync::explore(&hard_to_make_smaller(), *back_end, &Options::default());
            assert!(verdict.failure().is_some(), "{back_end}: {verdict:?}");
        }
        return;
    }
    let name = "by_default_an_exploration_ignores_the_environment_and_prints_nothing";
    let output = Command::new(env::current_exe().expect("this test"))
        .args([name, "--exact", "--nocapture", "--format=terse"])
        .envs(VARIABLES)
        .env(INSIDE, "1")
        .output()
        .expect("a process");
    let [printed, errors] = [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
    assert!(output.status.success(), "{printed}{errors}");
    // What is left is the test runner's own.
    let lines: Vec<&str> = printed.lines().filter(|line| !line.is_empty()).collect();
    assert!(
        lines.len() == 3 && lines[0] == "running 1 test",
        "{printed}"
    );
    assert_eq!(errors, "");
}

#[test]
fn the_environment_is_read_for_those_who_ask_for_it() {
    const NAME: &str = "the_environment_is_read_for_those_who_ask_for_it";
    if env::var_os(INSIDE).is_none() {
        let mut command = Command::new(env::current_exe().expect("this test"));
        command.args([NAME, "--exact"]).envs(VARIABLES);
        let output = command.env(INSIDE, "1").output().expect("a process");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{printed}");
        return;
    }
    let options = Options::of_environment();
    assert_eq!((options.cases, options.seed, options.steps), (1, 7, 1));
    assert_eq!(options.watchdog, Some(Duration::from_micros(1)));
    assert_eq!(options.loom.permutations, Some(1));
    assert_eq!(options.set_by, SetBy::Environment);
}

#[test]
fn a_bound_that_is_reached_is_named_as_whoever_explores_can_raise_it() {
    for (set_by, expected) in [
        (SetBy::Caller, "`Options::steps`, to 10 for example"),
        (SetBy::Environment, "KATA_STEPS=10"),
    ] {
        let options = Options {
            steps: 1,
            set_by,
            ..Options::default()
        };
        for back_end in [BackEnd::Generated, BackEnd::Exhaustive] {
            if !BACK_ENDS.contains(&back_end) {
                continue;
            }
            let verdict = sync::explore(&endless(), back_end, &options);
            let Verdict::Inconclusive { why, .. } = verdict else {
                panic!("{back_end}: {verdict:?}");
            };
            assert!(why.ends_with(expected), "{why}");
        }
    }
}

/// What stands where it must, once each: the environment is read for whoever asks for that, source files
/// are found from the current folder, and a panic that cannot be stopped would tear a scope apart.
const ALLOWED: [(&str, &str); 3] = [
    ("src/explore/environment.rs", "env::var"),
    ("src/explore/runtime/fiber.rs", "process::abort("),
    ("src/timeline/source.rs", "env::current_dir"),
];

/// The modules that must be quiet.
const QUIET: [&str; 7] = [
    "src/diagnosis",
    "src/explore",
    "src/judge",
    "src/mistakes",
    "src/results",
    "src/sync",
    "src/timeline",
];

/// What a module that is quiet cannot have in its code.
const LOUD: [&str; 12] = [
    "env::var",
    "env::args",
    "env::current_dir",
    "option_env!",
    "stderr()",
    "stdout()",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "process::abort(",
    "process::exit(",
];

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        match path.is_dir() {
            _ if is_test => {}
            true => sources(&path, all),
            false if path.extension().is_some_and(|end| end == "rs") => all.push(path),
            false => {}
        }
    }
}

/// The lines of code before the file's tests.
fn code(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = source.lines().take_while(|line| *line != "mod tests {");
    let numbered = lines.enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[test]
fn no_module_below_the_harness_can_print_end_the_process_or_read_the_environment() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in QUIET {
        sources(&root.join(folder), &mut files);
    }
    let mut allowed = Vec::new();
    let mut loud = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).expect("a source file");
        let shown = file
            .strip_prefix(root)
            .expect("a file of this crate")
            .to_str()
            .expect("a path in plain letters");
        for (number, line) in code(&text) {
            for word in LOUD.into_iter().filter(|word| line.contains(word)) {
                if ALLOWED.contains(&(shown, word)) {
                    allowed.push((shown.to_owned(), word));
                } else {
                    loud.push(format!("{shown}:{number}: {word}"));
                }
            }
        }
    }
    assert_eq!(loud, Vec::<String>::new());
    allowed.sort();
    let expected = ALLOWED.map(|(file, word)| (file.to_owned(), word));
    assert_eq!(allowed, expected);
}
