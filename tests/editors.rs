//! What an editor reads: `cargo kata check --format cargo` in the place of `cargo check`.
#![cfg(not(loom))]

mod course;

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel, DiagnosticSpan};
use cargo_metadata::{CompilerMessage, Message};
use course::{BY_CHANCE, Course, RIGHT, UNTOUCHED, learners_file, with_increment};
use kata::curriculum;
use std::env;
use std::process::Command;

/// What is said of the course's file, message by message, and whether that ends well.
fn read(command: &mut Command) -> (Vec<CompilerMessage>, Option<bool>) {
    let output = command.output().expect("the command");
    let mut messages = Vec::new();
    let mut finished = None;
    for message in Message::parse_stream(output.stdout.as_slice()) {
        assert_eq!(finished, None, "the end comes last");
        match message.expect("a line of JSON") {
            Message::CompilerMessage(message) => messages.push(message),
            Message::BuildFinished(end) => finished = Some(end.success),
            Message::TextLine(line) => panic!("not a message: {line}"),
            _ => {}
        }
    }
    if let Some(has_passed) = finished {
        assert_eq!(output.status.success(), has_passed);
    }
    (messages, finished)
}

fn check(course: &Course) -> (Vec<Diagnostic>, bool) {
    let mut command = course.quick_kata(&["check", "counter", "--format", "cargo"]);
    let (messages, finished) = read(&mut command);
    for message in &messages {
        assert_eq!(message.target.name, "counter");
        assert_eq!(message.target.src_path, course.stub());
    }
    let diagnostics = messages.into_iter().map(|message| message.message);
    (diagnostics.collect(), finished.expect("an end"))
}

fn code(diagnostic: &Diagnostic) -> &str {
    diagnostic.code.as_ref().map_or("", |code| &code.code)
}

/// The code that a span holds, which it has to say in three ways.
fn held<'a>(file: &'a str, span: &DiagnosticSpan) -> &'a str {
    let held = &file[span.byte_start as usize..span.byte_end as usize];
    let line = file.lines().nth(span.line_start - 1).expect("a line");
    assert_eq!(span.text[0].text, line);
    let columns = span.column_start - 1..span.column_end - 1;
    let chars: Vec<char> = line.chars().collect();
    assert_eq!(chars[columns].iter().collect::<String>(), held);
    held
}

#[test]
fn a_failing_check_is_an_error_at_its_line_with_the_others_lines_and_a_hint() {
    let file = learners_file(UNTOUCHED);
    let course = Course::with("editor-fails", &file);
    let (diagnostics, has_passed) = check(&course);
    assert!(!has_passed);
    let lost = diagnostics
        .iter()
        .find(|it| code(it) == "kata::no_update_is_lost");
    let lost = lost.expect("the check that fails");
    assert_eq!(lost.level, DiagnosticLevel::Error);
    assert_eq!(
        lost.message,
        "a lost update: no_update_is_lost fails with two adders, one increment each"
    );
    let [place] = &lost.spans[..] else {
        panic!("{:?}", lost.spans);
    };
    assert!(place.is_primary);
    assert_eq!(place.file_name, "katas/counter.rs");
    assert_eq!(held(&file, place), "self.count.store(seen + 1, SeqCst);");
    assert_eq!(
        place.label.as_deref(),
        Some("adder-2: store count ← 1; adder-1: store count ← 1")
    );
    let note = &lost.children[0];
    assert_eq!(note.level, DiagnosticLevel::Note);
    assert_eq!(
        held(&file, &note.spans[0]),
        "let seen = self.count.load(SeqCst);"
    );
    assert_eq!(
        note.message,
        "adder-1: load count → 0; adder-2: load count → 0"
    );
    let help = lost
        .children
        .iter()
        .find(|it| it.level == DiagnosticLevel::Help);
    let hint = &curriculum::find("counter").expect("a kata").hints()[1];
    assert_eq!(help.map(|help| &help.message), Some(&hint.text));
    let rendered = lost.rendered.as_deref().expect("a text");
    for text in [
        " --> katas/counter.rs:18:9",
        "What went wrong: a lost update",
    ] {
        assert!(rendered.contains(text), "no `{text}` in {rendered}");
    }
}

/// A file that does not pass, and of what is said of it the level, the code and the line.
#[test]
fn everything_that_is_said_of_a_file_has_a_place_in_it() {
    use DiagnosticLevel::{Error, Warning};
    let last_line = "kata::counter::check::<Tally>()";
    let silent = learners_file(RIGHT).replace(last_line, "std::process::ExitCode::SUCCESS");
    let unseen = "std::thread::yield_now(); *self.count.lock() += 1;";
    for (file, level, wanted, line) in [
        (
            learners_file(BY_CHANCE),
            Warning,
            "kata::no_update_is_lost",
            "fn main() -> std::process::ExitCode {",
        ),
        (
            learners_file([RIGHT[0], unseen, RIGHT[2]]),
            Error,
            "kata::refused",
            unseen,
        ),
        (
            learners_file(with_increment("std::process::abort()")),
            Error,
            "kata::ended_early",
            "fn main() -> std::process::ExitCode {",
        ),
        (
            silent,
            Error,
            "kata::refused",
            "fn main() -> std::process::ExitCode {",
        ),
    ] {
        let course = Course::with("editor-places", &file);
        let (diagnostics, has_passed) = check(&course);
        assert!(!has_passed, "{diagnostics:?}");
        let said = diagnostics.iter().find(|it| code(it) == wanted);
        let said = said.unwrap_or_else(|| panic!("no {wanted}: {diagnostics:?}"));
        assert_eq!(said.level, level);
        assert_eq!(held(&file, &said.spans[0]), line);
    }
}

#[test]
fn of_a_file_that_passes_nothing_is_said() {
    let course = Course::with("editor-passes", &learners_file(RIGHT));
    let (diagnostics, has_passed) = check(&course);
    assert!(has_passed && diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn what_rustc_says_is_passed_on_as_it_is() {
    let broken = with_increment("let unused = 1; self.cuont.fetch_add(1, SeqCst);");
    let course = Course::with("editor-rustc", &learners_file(broken));
    let (diagnostics, has_passed) = check(&course);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = course.command(cargo);
    command.args(["check", "-p", "katas", "--test", "counter"]);
    let (of_rustc, _) = read(command.arg("--message-format=json"));
    let of_rustc: Vec<Diagnostic> = of_rustc.into_iter().map(|it| it.message).collect();
    assert!(!has_passed);
    assert!(
        of_rustc.iter().any(|it| code(it) == "E0609"),
        "{of_rustc:?}"
    );
    assert_eq!(diagnostics, of_rustc);
}
