//! The learner's source: lines to show, and what code an operation was asked of.
//!
//! A `Location` of a method call points at the method's name: what stands before it is the receiver.

use super::width::width;
use crate::explore::record::Site;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Reads a source file by the path that the compiler wrote down; the only I/O of the timeline.
pub fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(find(path, None)?).ok()
}

/// Finds a source file by the path that the compiler wrote down: from where the program runs, or else
/// from another folder.
///
/// Such a path is relative to where the compiler ran, which is not always where the program runs.
pub fn find(path: &str, other: Option<&Path>) -> Option<PathBuf> {
    // The standard library, as it was built or as it is installed: nothing that a learner wrote.
    if path.starts_with("/rustc/") || path.contains("/rustlib/src/rust/library/") {
        return None;
    }
    let path = Path::new(path);
    let parts: Vec<_> = path.components().collect();
    let suffixes = (1..parts.len()).map(|skipped| parts[skipped..].iter().collect::<PathBuf>());
    let paths: Vec<PathBuf> = std::iter::once(path.to_owned()).chain(suffixes).collect();
    let here = std::env::current_dir().ok();
    let roots: Vec<&Path> = here
        .as_deref()
        .into_iter()
        .chain(other)
        .flat_map(|start| start.ancestors().take(4))
        .collect();
    let mut candidates = paths
        .iter()
        .flat_map(|path| roots.iter().map(move |root| root.join(path)));
    candidates.find(|candidate| candidate.is_file())
}

type Read<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Source files, each read once.
pub struct Sources<'a> {
    read: Read<'a>,
    files: RefCell<HashMap<String, Option<Rc<str>>>>,
    receivers: RefCell<HashMap<Site, Option<String>>>,
}

impl<'a> Sources<'a> {
    /// None is read yet; `read` gives the text of one, by the path that the compiler wrote down.
    pub fn new(read: Read<'a>) -> Self {
        Sources {
            read,
            files: RefCell::default(),
            receivers: RefCell::default(),
        }
    }

    /// The text of a file, if there is any.
    pub(super) fn text(&self, path: &str) -> Option<Rc<str>> {
        self.file(path).filter(|text| !text.is_empty())
    }

    fn file(&self, path: &str) -> Option<Rc<str>> {
        let mut files = self.files.borrow_mut();
        let read = || (self.read)(path).map(Rc::from);
        files.entry(path.to_owned()).or_insert_with(read).clone()
    }

    /// The line of code, without its indentation.
    pub(super) fn line(&self, path: &str, number: u32) -> Option<String> {
        let file = self.file(path)?;
        let line = file.lines().nth(number.checked_sub(1)? as usize)?.trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    /// The code before the location and the code from it on.
    fn around(&self, location: Site) -> Option<(String, String)> {
        let file = self.file(location.file())?;
        let mut lines = file.split_inclusive('\n');
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let mut before: String = lines
            .by_ref()
            .take(location.line() as usize - 1)
            .filter(is_code)
            .collect();
        let line = lines.next()?;
        let (column, _) = line.char_indices().nth(location.column() as usize - 1)?;
        before.push_str(&line[..column]);
        let mut after = line[column..].to_owned();
        after.extend(lines.take(3));
        Some((before, after))
    }

    /// What the operation was asked of, as the code writes it: `count` for `self.count.load(..)`.
    pub(super) fn receiver(&self, location: Site) -> Option<String> {
        let mut known = self.receivers.borrow_mut();
        let find = || self.find_receiver(location);
        known.entry(location).or_insert_with(find).clone()
    }

    fn find_receiver(&self, location: Site) -> Option<String> {
        let (before, after) = self.around(location)?;
        let receiver = match before.trim_end().strip_suffix('.') {
            Some(before) => expression_at_end(before),
            None => loop_source(&after).or_else(|| first_argument(&after))?,
        };
        readable(receiver)
    }

    /// The variable or field that what is created here becomes: `count: Mutex::new(0)`.
    pub(super) fn created_as(&self, location: Site) -> Option<String> {
        let (before, _) = self.around(location)?;
        let mut before = before.as_str();
        while let Some(outer) = before.strip_suffix("::new(") {
            before = outer.trim_end_matches(is_word);
        }
        let before = before.trim_end();
        if let Some(field) = before.strip_suffix(':') {
            return readable(expression_at_end(field)).filter(|_| !field.ends_with(':'));
        }
        let before = before.strip_suffix('=')?.trim_end();
        let start = before.rfind("let ").or_else(|| before.rfind("static "))?;
        let (_, pattern) = before[start..].split_once(' ')?;
        let name = pattern.trim_start_matches("mut ").split(':').next()?;
        readable(name.trim())
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The path expression that the text ends with: words, dots, `::`, indices and calls.
fn expression_at_end(text: &str) -> &str {
    let mut rest = text.trim_end();
    let end = rest.len();
    let mut start = end;
    loop {
        rest = rest.trim_end();
        while let Some(opened) = before_brackets(rest) {
            rest = opened;
        }
        let word = rest.trim_end_matches(is_word);
        start = if word.len() < rest.len() {
            word.len()
        } else {
            start.min(rest.len())
        };
        let separated = word.trim_end();
        match separated
            .strip_suffix("::")
            .or_else(|| separated.strip_suffix('.'))
        {
            Some(before) if !before.ends_with('.') => rest = before,
            _ => return &text[start..end],
        }
    }
}

/// The text without the brackets that it ends with.
fn before_brackets(text: &str) -> Option<&str> {
    if !text.ends_with([')', ']']) {
        return None;
    }
    let mut depth = 0;
    for (position, c) in text.char_indices().rev() {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&text[..position]);
        }
    }
    None
}

/// What a `for` loop goes through: a loop's location is that of its `for`.
fn loop_source(text: &str) -> Option<&str> {
    let (_, rest) = text.strip_prefix("for ")?.split_once(" in ")?;
    let source = rest.split_once('{')?.0.trim();
    let iterators = [".iter()", ".try_iter()", ".into_iter()"];
    let source = iterators
        .iter()
        .find_map(|end| source.strip_suffix(end))
        .unwrap_or(source);
    Some(source.trim_start_matches('&'))
}

/// The first argument of a call that names the method in full: `Mutex::lock(&count)`.
fn first_argument(text: &str) -> Option<&str> {
    let (path, rest) = text.split_once('(')?;
    let argument = rest.split_once([',', ')'])?.0;
    let is_method = path.contains("::") && path.chars().all(|c| is_word(c) || c == ':');
    is_method.then(|| argument.trim().strip_prefix('&'))?
}

/// The expression as a name, if it is short and plain enough.
fn readable(expression: &str) -> Option<String> {
    const LONGEST: usize = 24;
    let name: String = expression.split_whitespace().collect();
    let name = match name.strip_prefix("self.") {
        Some(field) if !field.starts_with(|c: char| c.is_ascii_digit()) => field,
        _ => &name,
    };
    let is_plain = |c: char| is_word(c) || "().:[]+-%*".contains(c);
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name != "self";
    let is_readable = is_name && name.chars().all(is_plain) && width(name) <= LONGEST;
    is_readable.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::Location;

    #[track_caller]
    fn here() -> Site {
        Location::caller()
    }

    struct Probe;

    impl Probe {
        #[track_caller]
        fn at(&self) -> Site {
            here()
        }

        fn own(&self, list: &[Shared]) -> Vec<Site> {
            let _ = self;
            let i = 0;
            vec![
                list[i].probe.at(),
                list[i].probe.at(),
                list[i + 1 - 1].nested().at(),
                Probe::at(&list[i].probe),
                { &list[i].probe }.at(),
            ]
        }
    }

    struct Shared {
        probe: Probe,
    }

    impl Shared {
        fn nested(&self) -> &Probe {
            &self.probe
        }

        fn of_self(&self) -> Site {
            // A sentence that ends right before the name.
            ("é", self.probe.at()).1
        }
    }

    fn read_this(path: &str) -> Option<String> {
        path.ends_with("source.rs")
            .then(|| include_str!("source.rs").to_owned())
    }

    #[test]
    fn receivers_are_found_in_the_code() {
        let sources = Sources::new(&read_this);
        let shared = [Shared { probe: Probe }];
        let mut places = Probe.own(&shared);
        places.push(shared[0].of_self());
        let names: Vec<_> = places.iter().map(|at| sources.receiver(at)).collect();
        let expected = [
            Some("list[i].probe"),
            Some("list[i].probe"),
            Some("list[i+1-1].nested()"),
            Some("list[i].probe"),
            None,
            Some("probe"),
        ];
        assert_eq!(names, expected.map(|name| name.map(str::to_owned)));
    }

    #[test]
    fn what_is_created_has_the_name_of_its_variable_or_field() {
        struct Fields {
            field: Site,
        }
        let local = here();
        let typed: &Location = here();
        let fields = Fields { field: here() };
        let list = [here()];
        let sources = Sources::new(&read_this);
        let names = [local, typed, fields.field, list[0]].map(|at| sources.created_as(at));
        let expected = [Some("local"), Some("typed"), Some("field"), None];
        assert_eq!(names, expected.map(|name| name.map(str::to_owned)));
    }

    #[test]
    fn loops_and_calls_in_full_have_receivers_too() {
        assert_eq!(
            loop_source("for x in &self.queue.iter() {"),
            Some("self.queue")
        );
        assert_eq!(
            first_argument("Mutex::lock(&self.count);"),
            Some("self.count")
        );
        assert_eq!(first_argument("spawn(move || 1)"), None);
    }

    #[test]
    fn a_file_is_found_from_another_directory() {
        assert!(read("/nowhere/at/all/src/no_such_file.rs").is_none());
        assert!(read(file!()).is_some());
        assert!(read(&format!("/built/elsewhere/{}", file!())).is_some());
    }
}
