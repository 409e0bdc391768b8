//! What the compiler makes of a file: its names as they were resolved, through whatever hides them.
//!
//! The compiler writes down what it works with, its MIR, if it is asked to (`--emit=mir`). There each
//! name stands in full: that of a function that is called, and that of each value's type. A re-export,
//! a glob, an alias, a macro make no difference. The form of that text may change with the compiler, so
//! reading looks for names alone: words with `::` between them, with what stands in `<…>` after them
//! left out.
//!
//! What that cannot see: code that the compiler has left out, and what the course's own types do inside.

use super::lexer;
use super::mistake::Mistake;
use super::rules::RULES;
use crate::texts;
use std::collections::BTreeSet;

/// The mistakes that refuse a file, in what the compiler has made of it, but for those already known.
/// Of each the line is where the file has the name's last word, or 1 if it never does.
pub fn find(mir: &str, source: &str, known: &[Mistake]) -> Vec<Mistake> {
    let mut found: Vec<Mistake> = Vec::new();
    let rules = RULES.iter().filter(|rule| rule.refuses);
    for (rule, path) in rules.flat_map(|rule| names(mir).into_iter().map(move |path| (rule, path)))
    {
        // A name of another crate can only be one that the course itself uses.
        let is_ours = path.starts_with("kata::");
        if !(is_ours || path.starts_with("std::") || path.starts_with("core::")) {
            continue;
        }
        let Some(name) = rule.finds(&path) else {
            continue;
        };
        // What is named once leads to the others.
        let is_known = |mistake: &Mistake| mistake.advice == texts::of(rule.advice);
        if !known.iter().chain(&found).any(is_known) {
            let advice = texts::of(rule.advice).to_owned();
            found.push(Mistake::new(line(source, name), name, advice, true));
        }
    }
    found.sort_by_key(|mistake| mistake.line);
    found
}

/// The line of the name's last word that the file has.
fn line(source: &str, name: &str) -> usize {
    let tokens = lexer::tokens(source);
    let of_word = |word: &str| tokens.iter().find(|token| token.text == word);
    let found = name.rsplit("::").find_map(of_word);
    found.map_or(1, |token| token.line)
}

/// All names in a text of the compiler's, without what stands in `<…>` after them.
fn names(mir: &str) -> BTreeSet<String> {
    let mut names = Names::default();
    for line in mir.lines().filter(|line| !line.starts_with("//")) {
        names.read(&without_literals(line));
    }
    names.all
}

/// The line without what stands in quotes.
fn without_literals(line: &str) -> String {
    let mut rest = String::with_capacity(line.len());
    let (mut is_inside, mut is_escaped) = (false, false);
    for c in line.chars() {
        match c {
            '"' if !is_escaped => is_inside = !is_inside,
            _ if is_inside => is_escaped = c == '\\' && !is_escaped,
            c => rest.push(c),
        }
    }
    rest
}

/// Reads names, one inside the other.
#[derive(Default)]
struct Names {
    all: BTreeSet<String>,
    /// The name that is being read.
    name: String,
    /// Those in whose `<…>` it stands.
    around: Vec<String>,
}

impl Names {
    fn read(&mut self, line: &str) {
        self.around.clear();
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("::<") {
                self.around.push(std::mem::take(&mut self.name));
                rest = after;
            } else if let Some(after) = rest.strip_prefix("::") {
                self.name.push_str("::");
                rest = after;
            } else if let Some(after) = rest.strip_prefix("->") {
                self.end();
                rest = after;
            } else if c == '<' {
                self.end();
                self.around.push(String::new());
                rest = &rest[1..];
            } else if c == '>' {
                self.end();
                self.name = self.around.pop().unwrap_or_default();
                rest = &rest[1..];
                if !rest.starts_with("::") {
                    self.end();
                }
            } else {
                if c.is_alphanumeric() || c == '_' {
                    self.name.push(c);
                } else {
                    self.end();
                }
                rest = &rest[c.len_utf8()..];
            }
        }
        self.end();
    }

    fn end(&mut self) {
        let name = std::mem::take(&mut self.name);
        if name.contains("::") && !name.starts_with("::") {
            self.all.insert(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found: Vec<String> = names(line).into_iter().collect();
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn names_stand_in_full_whatever_is_in_between() {
        check(
            "_2 = std::sync::Mutex::<kata::sync::B<u64>>::lock(move _3) -> [return: bb1];",
            &["kata::sync::B", "std::sync::Mutex::lock"],
        );
        check(
            "let _1: std::option::Option<std::sync::Arc<Closer>>;",
            &["std::option::Option", "std::sync::Arc"],
        );
        check(
            "_0 = <Box<dyn std::ops::Fn(u8) -> u8> as Fn<()>>::call(const ()) -> bb2;",
            &["std::ops::Fn"],
        );
        check("_2 = f(const \"std::fs::write \\\" std::net::A\");", &[]);
        check("// std::fs::write", &[]);
    }

    #[test]
    fn what_refuses_a_file_is_named_once_at_the_line_that_has_its_last_word() {
        let source =
            "use kata::counter::Counter;\nmod q { pub use std::*; }\nuse q::sync::Mutex as M;";
        let mir = "_1 = std::sync::Mutex::<u64>::new(); _2 = std::fs::write::<&str>();\n\
                   _3: lock_api::mutex::MutexGuard<'_, parking_lot::raw_mutex::RawMutex>;\n\
                   _4: kata::sync::atomic::AtomicBool; std::time::Instant::now();";
        let found = find(mir, source, &[]);
        let told: Vec<(usize, &str)> = found
            .iter()
            .map(|mistake| (mistake.line, mistake.what.as_str()))
            .collect();
        assert_eq!(told, [(2, "std::fs"), (3, "std::sync::Mutex")]);
        assert_eq!(find(mir, source, &found), []);
    }
}
