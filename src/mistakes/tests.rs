use super::*;
use crate::curriculum;
use std::path::{Path, PathBuf};

const ORIGINAL: &str = "\
use kata::sync::Mutex;
struct Tally(Mutex<u8>);
fn main() -> std::process::ExitCode {
    kata::counter::check::<Tally>()
}
";

/// What is found in the original with `code` before its `main`: the places, `!` for a refusal.
fn found(code: &str) -> String {
    let source = ORIGINAL.replace("fn main", &format!("{code}\nfn main"));
    summary(&source)
}

fn summary(source: &str) -> String {
    let tell = |mistake: &Mistake| {
        let refuses = if mistake.refuses { "!" } else { "" };
        format!("{}{refuses}:{}", mistake.line, mistake.what)
    };
    let found: Vec<String> = find(source, ORIGINAL).iter().map(tell).collect();
    found.join(" ")
}

#[track_caller]
fn check(code: &str, expected: &str) {
    assert_eq!(found(code), expected, "{code}");
}

#[test]
fn a_file_that_does_not_parse_is_read_all_the_same() {
    let code = "struct A(std::sync::Condvar);\n";
    for broken in [
        "fn f() { if x { }",
        "fn f() { } }",
        "fn f() { let a = \"b; }",
        "fn f() { 'ab' }",
        "fn f() { a → b }",
        "/* fn f() { }",
    ] {
        let all = found(&format!("{code}{broken}"));
        assert!(all.contains("3!:std::sync::Condvar"), "{broken}: {all}");
    }
}

#[test]
fn what_the_checks_cannot_see_is_named_with_its_line() {
    check(
        "use std::sync::Condvar as C; struct A(C);",
        "3!:std::sync::Condvar",
    );
    check(
        "\nuse std::sync::atomic::*;\nstruct A(AtomicU8);",
        "5!:std::sync::atomic::AtomicU8",
    );
    check(
        "fn f() { std::sync::mpsc::channel(); }",
        "3!:std::sync::mpsc",
    );
    check(
        "use std::thread;\nfn f() { thread::spawn(g); }",
        "4!:std::thread::spawn",
    );
    check(
        "use std::thread::*;\nfn f() { scope(g); }",
        "4!:std::thread::scope",
    );
    check(
        "fn f() { core::hint::spin_loop() }",
        "3:std::hint::spin_loop",
    );
    check(
        "use parking_lot::Mutex as M; struct A(M);",
        "3!:parking_lot",
    );
    check("struct A(crossbeam::channel::Sender<u8>);", "3!:crossbeam");
    check("fn f() { std::thread::sleep(d) }", "3!:std::thread::sleep");
    check(
        "use kata::sync::thread;\nfn f() { thread::sleep(d) }",
        "4:kata::sync::thread::sleep",
    );
    check("fn f() { std::process::exit(0) }", "3:std::process::exit");
    check(
        "struct A(kata::curriculum::counter::solution::Locked);",
        "3!:kata::curriculum",
    );
    check("static mut N: u8 = 0;", "3!:static mut");
    check("static N: AtomicU8 = x;", "3:static");
    check("thread_local! { }", "3!:thread_local!");
    check("std::thread_local! { }", "3!:thread_local!");
    check("fn f() { unsafe { } }", "3!:unsafe");
    check("fn f() { dbg!(1); }", "3:printing to the standard error");
    check(
        "fn f() {\n while a.load(Ordering::SeqCst) {}\n loop { }\n}",
        "4:an empty loop",
    );
}

#[test]
fn what_each_thread_has_of_its_own_is_seen_if_it_is_of_kata_sync() {
    check("kata::sync::thread_local! { static N: Cell<u8> = x; }", "");
    check(
        "use kata::sync::thread_local;\nthread_local! { static N: Cell<u8> = const { x }; }",
        "",
    );
    check(
        "kata::sync::thread_local! { static N: Cell<u8> = x; }\nstatic M: u8 = 0;",
        "4:static",
    );
}

/// What is found in a file that does not compile: the original with `code` before its `main`.
fn found_uncompiled(code: &str) -> String {
    let source = ORIGINAL.replace("fn main", &format!("{code}\nfn main"));
    let found = find_uncompiled(&source, ORIGINAL);
    let tell = |mistake: &Mistake| format!("{}:{}", mistake.line, mistake.what);
    found.iter().map(tell).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_learners_bring_along_is_named_where_the_file_does_not_compile() {
    for (code, expected) in [
        ("fn f() { a.count.lock().unwrap(); }", "3:lock().unwrap()"),
        ("fn f() { a.read(\n).expect(\"b\"); }", "4:read().expect()"),
        ("fn f() { guard = a.wait(guard); }", "3:= wait(guard)"),
        (
            "fn f() { let g = a.wait_while(g, |b| *b).unwrap(); }",
            "3:wait_while().unwrap() 3:= wait_while(g)",
        ),
        (
            "use std::cell::RefCell; struct A(RefCell<u8>);",
            "3:std::cell::RefCell",
        ),
        ("struct A(std::rc::Rc<u8>);", "3:std::rc::Rc"),
        // These are right.
        (
            "fn f() { a.wait(&mut guard); a.send(1).unwrap(); a.join().unwrap(); }",
            "",
        ),
        (
            "fn f(g: &mut G) { a.wait(g); } impl A { fn lock(&self) {} }",
            "",
        ),
        ("fn lock() -> R { b } fn f() { a.lock().unwrap(); }", ""),
        (
            "use std::cell::RefCell as Unused; use std::sync::Arc; struct A(Arc<u8>);",
            "",
        ),
    ] {
        assert_eq!(found_uncompiled(code), expected, "{code}");
        let compiles = find(
            &ORIGINAL.replace("fn main", &format!("{code}\nfn main")),
            ORIGINAL,
        );
        assert_eq!(compiles, [], "{code}");
    }
}

#[test]
fn a_brace_that_is_missing_is_named_and_what_comes_of_it_is_not() {
    let cases = [
        ("impl A {\n    fn f() {\n        g();\n}", "4:an unclosed {"),
        (
            "impl A {\n    fn f() {\n        if a {\n        g();\n    }\n}",
            "5:an unclosed {",
        ),
        ("fn f() { g() }\n}", "4:a } too many"),
        ("fn f() {\n    let a = \"{\"; // {\n}", ""),
    ];
    for (code, expected) in cases {
        assert_eq!(found_uncompiled(code), expected, "{code}");
    }
}

#[test]
fn what_makes_the_checks_hang_is_told_from_what_does_not() {
    for (code, expected) in [
        ("struct A(std::sync::Mutex<u8>);", "std::sync::Mutex"),
        ("fn f() { while a() {} }", "an empty loop"),
        ("fn f() { std::fs::write(a, b); unsafe {} }", ""),
    ] {
        let source = ORIGINAL.replace("fn main", &format!("{code}\nfn main"));
        let hanging = hanging(&find(&source, ORIGINAL));
        let names: Vec<&str> = hanging
            .iter()
            .map(|mistake| mistake.what.as_str())
            .collect();
        assert_eq!(names.join(" "), expected);
    }
}

#[test]
fn what_stands_in_another_file_is_not_read() {
    check("mod helper;", "3!:mod");
    check("include!(\"helper.rs\");", "3!:include!");
    check("use katas::helper; fn f() { helper(); }", "3!:katas");
    check("use katas as k; fn f() { k::helper(); }", "3!:katas");
    check(
        "use std::include as i; i!(\"helper.rs\");",
        "3!:std::include",
    );
    check("mod helper { pub fn f() {} }", "");
}

#[test]
fn names_that_macros_make_are_not_read() {
    for made in [
        "std::sync::$a",
        "$a::sync::Mutex",
        "$a::$b::$c",
        "$a!(\"helper.rs\")",
        "mod $a { }",
    ] {
        let code = format!("macro_rules! m {{ ($a:ident) => {{ {made} }} }}");
        check(&code, "3!:a name that a macro makes");
    }
}

#[test]
fn what_lies_outside_is_not_for_use() {
    check("fn f() { std::env::args(); }", "3!:std::env");
    check("use std::fs; fn f() { fs::write(a, b); }", "3!:std::fs");
    check(
        "use std::net::*; fn f() { TcpStream::connect(a); }",
        "3!:std::net",
    );
    check(
        "use kata::sync::operations; fn f() { operations(); }",
        "3!:kata::sync::operations",
    );
}

#[test]
fn what_is_fine_is_left_alone() {
    for code in [
        "",
        "use std::sync::{Arc, Weak}; use std::sync::atomic::Ordering; use std::time::Duration;",
        "use kata::sync::{Mutex as M, atomic::*, thread}; fn f() { thread::spawn(g); }",
        "use std::sync::*; fn f(a: Arc<u8>) { let spawn = 1; a.sleep(spawn) }",
        "use std::thread; fn f(a: thread::Result<u8>) { thread::panicking(); }",
        "use std::sync::Mutex as Unused;",
        "fn f(parking_lot: u8, a: &'static str) { while g() { h() } if a {} else {} }",
        "// std::sync::Mutex, unsafe, static mut\n/* loop {} */ const A: &str = \"unsafe\";",
        "impl Drop for A { fn drop(&mut self) {} } struct Empty {} trait T {} fn nothing() {}",
        "fn f() { loop { match g() { A => {} B => break } } }",
        "mod inner { pub fn main() {} }",
        "use std::process::{self, ExitCode}; use std::env as unused;",
        "macro_rules! m { ($t:ty, $f:ident, $($e:expr),*) => { <$t>::$f($($e),*); Tally::$f() } }",
        "macro_rules! m { ($t:ident) => { $t::new(); $crate::a!(); f!($t); Ordering::$t } }",
        "use std::thread; mod my { pub mod thread {} } fn f() { my::Mutex; my::thread::go() }",
    ] {
        check(code, "");
    }
}

#[test]
fn what_checks_the_file_cannot_be_taken_out_of_it() {
    let changed = |from: &str, to: &str| summary(&ORIGINAL.replace(from, to));
    assert_eq!(
        changed(
            "kata::counter::check::<Tally>()",
            "std::process::ExitCode::SUCCESS"
        ),
        "3!:main"
    );
    assert_eq!(
        changed("kata::counter::check", "kata::queue::check"),
        "3!:main"
    );
    assert_eq!(
        changed("kata::counter", "let _ = 1; kata::counter"),
        "3!:main"
    );
    assert_eq!(
        changed(
            "fn main",
            "#[cfg(any())] fn main() {}\n#[cfg(all())] fn main"
        ),
        "3!:main"
    );
    assert_eq!(
        summary(&(ORIGINAL.to_owned() + "#[cfg(all())] fn main() {}")),
        "6!:main"
    );
    assert_eq!(changed("fn main", "fn other"), "5!:no main");
    assert_eq!(changed("fn main", "mod kata {}\nfn main"), "3!:kata");
    assert_eq!(
        changed("use kata", "use other as kata;\nuse kata"),
        "1!:kata"
    );
    assert_eq!(changed("struct Tally", "struct Count"), "3!:Tally");
    assert_eq!(changed("<Tally>", "<std::marker::PhantomData>"), "3!:std");
    assert_eq!(changed("Tally", "Count"), "");
    assert_eq!(changed("<Tally>()", "<Tally>(\n )"), "");
    assert_eq!(changed("std::process::ExitCode {", "ExitCode {"), "");
}

#[test]
fn advice_says_where_and_what_to_use() {
    let source = ORIGINAL.replace("fn main", "struct A(std::sync::Mutex<u8>);\nfn main");
    let told = tell(&find(&source, ORIGINAL), "katas/counter.rs");
    assert_eq!(
        told,
        "katas/counter.rs:3: std::sync::Mutex: the checks cannot see who waits for whom in it: \
         use the Mutex, RwLock and Condvar of kata::sync, where `lock()` returns the guard itself\n"
    );
    let told = tell(&find("", ORIGINAL), "katas/counter.rs");
    assert_eq!(
        told,
        "katas/counter.rs:1: no main: it checks the file. Its last lines are to be:\n    \
         fn main() -> std::process::ExitCode {\n        kata::counter::check::<Tally>()\n    }\n"
    );
}

/// The files of the kata's solution and of all its alternatives, but for the one that reads a file of the
/// engine: a learner's must not.
fn right_solutions(kata: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/curriculum")
        .join(kata);
    let alternatives = std::fs::read_dir(folder.join("alternatives")).expect("a folder");
    let mut files: Vec<PathBuf> = alternatives
        .map(|file| file.expect("a file").path())
        .collect();
    files.retain(|file| !file.ends_with("of_this_course.rs"));
    assert!(files.len() > 1, "{kata}");
    files.push(folder.join("solution.rs"));
    files
}

#[test]
fn nothing_that_the_course_shows_as_right_is_refused() {
    for kata in curriculum::all() {
        let refused = |mistake: &Mistake| mistake.refuses;
        let original = find(kata.original, kata.original);
        assert!(!original.iter().any(refused), "{original:?}");
        for path in right_solutions(kata.name) {
            let source = std::fs::read_to_string(&path).expect("a solution");
            let found = in_code(&lexer::tokens(&source));
            assert!(!found.iter().any(refused), "{path:?}: {found:?}");
        }
    }
}

#[test]
fn all_that_is_not_for_learners_is_refused() {
    let library = concat!(include_str!("../engine.rs"), include_str!("../lib.rs"));
    let modules = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let modules: Vec<&str> = modules.filter(|module| *module != "sync").collect();
    assert!(modules.contains(&"explore"), "{modules:?}");
    for module in modules {
        let source = format!("fn f() {{ kata::{module}::f(); }}");
        let found = in_code(&lexer::tokens(&source));
        assert!(
            found.iter().any(|mistake| mistake.refuses),
            "kata::{module}"
        );
    }
}
