//! Paths as the compiler would resolve them: through `use`, its braces, renames and globs.

use super::lexer::Token;
use std::collections::HashSet;

/// A name in full, `std::sync::Mutex`, and the line that names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Path {
    pub(super) name: String,
    pub(super) line: usize,
    /// It ends a `use`, under a name that nothing uses.
    pub(super) is_idle: bool,
}

/// What a `use` brings in.
struct Import {
    name: String,
    alias: String,
    line: usize,
    /// The module of the file in which it stands.
    module: Option<String>,
}

/// Every path of the file, in full. What a glob brings in counts where it is named.
pub(super) fn paths(tokens: &[Token]) -> Vec<Path> {
    let (imports, code) = split(tokens);
    let known = Known(&imports);
    let globs: Vec<&str> = imports
        .iter()
        .filter_map(|import| import.name.strip_suffix("::*"))
        .collect();
    let declared = declared(tokens);
    let mut found: Vec<Path> = imports
        .iter()
        .flat_map(|import| {
            let names = known.in_full(&import.name).into_iter();
            names.map(|name| Path {
                name,
                line: import.line,
                is_idle: !code.iter().any(|token| token.text == import.alias),
            })
        })
        .collect();
    for (name, line, is_called) in written(&code) {
        let first = name.split("::").next().unwrap_or(&name);
        let mut names = Vec::new();
        let meanings = known.in_full(&name);
        if meanings != [name.as_str()] {
            names.extend(meanings);
        } else if !declared.contains(&first) {
            // A variable can have any name, also that of a function.
            let may_be_imported = is_called || name.contains("::") || is_type(&name);
            if may_be_imported {
                let globs = globs.iter().flat_map(|glob| known.in_full(glob));
                names.extend(globs.map(|glob| format!("{glob}::{name}")));
            }
            names.push(name);
        }
        let path = |name| Path {
            name,
            line,
            is_idle: false,
        };
        found.extend(names.into_iter().map(path));
    }
    found
}

/// The imports, and all other tokens.
fn split<'a>(tokens: &[Token<'a>]) -> (Vec<Import>, Vec<Token<'a>>) {
    let mut imports: Vec<Import> = Vec::new();
    let mut code = Vec::new();
    let mut modules = Modules::default();
    let mut at = 0;
    while at < tokens.len() {
        let before = imports.len();
        modules.read(&tokens[at..]);
        if let Some((import, end)) = external(&tokens[at..]) {
            imports.push(import);
            at += end;
        } else if tokens[at].text == "use" && tokens.get(at + 1).is_some_and(|t| t.text != "<") {
            let length = tokens[at..].iter().position(|token| token.text == ";");
            let end = length.map_or(tokens.len(), |length| at + length);
            let tree = &tokens[at + 1..end];
            if !tree.is_empty() {
                Tree {
                    tokens: tree,
                    at: 0,
                }
                .read("", &mut imports);
            }
            at = end;
        } else {
            code.push(tokens[at]);
        }
        at += 1;
        for import in &mut imports[before..] {
            import.module = modules.innermost();
        }
    }
    (imports, code)
}

/// The modules of the file around a place, each with how many braces are open in it.
#[derive(Default)]
struct Modules<'a>(Vec<(&'a str, usize)>);

impl<'a> Modules<'a> {
    fn read(&mut self, tokens: &[Token<'a>]) {
        match tokens {
            [r#mod, name, brace, ..] if r#mod.text == "mod" && brace.text == "{" => {
                self.0.push((name.text, 0));
            }
            [token, ..] => {
                let Some((_, open)) = self.0.last_mut() else {
                    return;
                };
                match token.text {
                    "{" => *open += 1,
                    "}" if *open > 1 => *open -= 1,
                    "}" => drop(self.0.pop()),
                    _ => {}
                }
            }
            [] => {}
        }
    }

    fn innermost(&self) -> Option<String> {
        self.0.last().map(|(name, _)| (*name).to_owned())
    }
}

/// `extern crate std as s;`, and how many tokens that is.
fn external(tokens: &[Token]) -> Option<(Import, usize)> {
    let [first, second, name, rest @ ..] = tokens else {
        return None;
    };
    if (first.text, second.text) != ("extern", "crate") {
        return None;
    }
    let (alias, length) = match rest {
        [r#as, alias, ..] if r#as.text == "as" => (alias, 4),
        _ => (name, 2),
    };
    let import = Import {
        name: name.text.to_owned(),
        alias: alias.text.to_owned(),
        line: first.line,
        module: None,
    };
    Some((import, length))
}

/// What stands between `use` and the semicolon.
struct Tree<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
}

impl Tree<'_> {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", |token| token.text)
    }

    fn read(&mut self, prefix: &str, imports: &mut Vec<Import>) {
        let mut name = prefix.to_owned();
        let mut last = String::new();
        let line = self.tokens.get(self.at).map_or(0, |token| token.line);
        loop {
            let text = self.peek().to_owned();
            self.at += 1;
            match text.as_str() {
                "::" => continue,
                "{" => return self.braces(&name, imports),
                // `use std::sync::{self}` is `use std::sync`.
                "self" if !prefix.is_empty() && last.is_empty() => {
                    last = prefix.rsplit("::").next().unwrap_or(prefix).to_owned();
                }
                "" | "," | "}" => {
                    self.at -= 1;
                    break;
                }
                "as" => {
                    last = self.peek().to_owned();
                    self.at += 1;
                }
                word => {
                    let separator = if name.is_empty() { "" } else { "::" };
                    name = format!("{name}{separator}{word}");
                    last = word.to_owned();
                }
            }
        }
        if !last.is_empty() {
            imports.push(Import {
                name,
                alias: last,
                line,
                module: None,
            });
        }
    }

    fn braces(&mut self, prefix: &str, imports: &mut Vec<Import>) {
        while !matches!(self.peek(), "}" | "") {
            self.read(prefix, imports);
            if self.peek() == "," {
                self.at += 1;
            }
        }
        self.at += 1;
    }
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The paths as they are written, one word or more, with their lines; true if they are called.
fn written(code: &[Token]) -> Vec<(String, usize, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < code.len() {
        let start = at;
        at += 1;
        let before = start.checked_sub(1).map(|before| code[before].text);
        // Fields and methods have names of their own.
        if !code[start].is_word() || before == Some(".") {
            continue;
        }
        let mut name = code[start].text.to_owned();
        while let [colons, word, ..] = &code[at..]
            && colons.text == "::"
            && word.is_word()
        {
            name = format!("{name}::{}", word.text);
            at += 2;
        }
        let is_called = code.get(at).is_some_and(|token| token.text == "(");
        found.push((name, code[start].line, is_called));
    }
    found
}

/// The names that the file declares itself.
fn declared<'a>(tokens: &[Token<'a>]) -> Vec<&'a str> {
    const KEYWORDS: [&str; 9] = [
        "struct", "enum", "type", "fn", "trait", "mod", "const", "static", "union",
    ];
    let pairs = tokens.windows(2);
    let declarations = pairs.filter(|pair| KEYWORDS.contains(&pair[0].text));
    declarations.map(|pair| pair[1].text).collect()
}

/// The imports, by what they are called in the file.
struct Known<'a>(&'a [Import]);

impl Known<'_> {
    /// Every name that this one can stand for, itself if it was not imported.
    ///
    /// Two modules may call different things the same, and one import rename what another has.
    fn in_full(&self, name: &str) -> Vec<String> {
        let mut ends = Vec::new();
        let mut open = vec![name.trim_start_matches("::").to_owned()];
        let mut seen = HashSet::new();
        while let Some(name) = open.pop().filter(|_| seen.len() < 100) {
            if seen.insert(name.clone()) {
                match self.meanings(&name) {
                    meanings if meanings.is_empty() => ends.push(name),
                    meanings => open.extend(meanings),
                }
            }
        }
        ends
    }

    /// What comes of the name when one import is put in.
    fn meanings(&self, name: &str) -> Vec<String> {
        let words: Vec<&str> = name.split("::").collect();
        let is_inside = |word: &str| matches!(word, "self" | "super" | "crate");
        let inside = words.iter().take_while(|word| is_inside(word)).count();
        let mut meanings = Vec::new();
        for start in inside..words.len() {
            let (first, rest) = (words[start], &words[start + 1..]);
            if start > inside {
                // A module of the file may hand on one that it has imported: `inner::s::Mutex`.
                if is_library(words[inside]) || is_type(first) || rest.is_empty() {
                    break;
                }
                if is_library(first) {
                    meanings.push(words[start..].join("::"));
                }
            }
            for import in self.0.iter().filter(|import| import.is_called(first)) {
                meanings.push([&[import.name.as_str()], rest].concat().join("::"));
            }
            // It may be a module of the file, which hands on all that another has.
            let of_module = |import: &&Import| import.module.as_deref() == Some(first);
            let globs = self.0.iter().filter(of_module);
            let globs = globs.filter_map(|import| import.name.strip_suffix("::*"));
            for glob in globs.filter(|_| !rest.is_empty()) {
                meanings.push([&[glob], rest].concat().join("::"));
            }
        }
        meanings
    }
}

impl Import {
    /// True if this word stands for it, and is not just the first word of its own name.
    fn is_called(&self, word: &str) -> bool {
        let own = self.name.split("::").next();
        self.alias == word && word != "_" && own != Some(word)
    }
}

fn is_library(word: &str) -> bool {
    matches!(word, "std" | "core" | "alloc" | "kata")
}

#[cfg(test)]
mod tests {
    use super::super::lexer::tokens;
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let found = paths(&tokens(source));
        let is_there = |path: &Path| path.name == expected && !path.is_idle;
        assert!(found.iter().any(is_there), "{source}\n{found:#?}");
    }

    #[test]
    fn names_are_found_in_full_however_they_were_imported() {
        let mutex = "std::sync::Mutex";
        for source in [
            "let a = std::sync::Mutex::new(0);",
            "use std::sync::Mutex; fn f(a: Mutex<u8>) {}",
            "use std::sync::{Arc, Mutex}; fn f(a: Mutex<u8>) {}",
            "use std::{sync::{Mutex as Lock, Arc}, fmt}; fn f(a: Lock<u8>) {}",
            "use std::sync; fn f(a: sync::Mutex<u8>) {}",
            "use std::sync::{self, Arc}; fn f(a: sync::Mutex<u8>) {}",
            "use std as s; use s::sync as t; fn f(a: t::Mutex<u8>) {}",
            "use std::sync::*; fn f(a: Mutex<u8>) {}",
            "mod inner { use std::sync::Mutex; fn f(a: Mutex<u8>) {} }",
            "use ::std::sync::Mutex; fn f(a: Mutex<u8>) {}",
            "extern crate std as s; fn f(a: s::sync::Mutex<u8>) {}",
            "extern crate std as s; use s::sync::Mutex as M; fn f(a: M<u8>) {}",
            "use std as s; fn f(a: self::s::sync::Mutex<u8>) {}",
            "use std as s; mod inner { fn f(a: super::s::sync::Mutex<u8>) {} }",
            "mod q { pub use std::*; } fn f(a: q::sync::Mutex<u8>) {}",
            "mod q { fn g() {} pub mod z { pub use ::std::*; } } use q::z::sync::Mutex as M; fn f(a: M<u8>) {}",
            "mod inner { pub use std; } fn f(a: inner::std::sync::Mutex<u8>) {}",
            "mod inner { pub use std::sync as s; } fn f(a: inner::s::Mutex<u8>) {}",
            "use std::sync as s; mod inner { use kata::sync as s; } fn f(a: s::Mutex<u8>) {}",
            "use std::sync::Mutex as A; use self::A as B; fn f(a: B<u8>) {}",
            "fn f(a: std::r#sync::r#Mutex<u8>) {}",
            "fn f() -> impl Fn() + use<> { || drop(std::sync::Mutex::new(0)) }",
        ] {
            let found = paths(&tokens(source));
            let is_there =
                |path: &Path| path.name.starts_with(mutex) && !path.is_idle && path.line == 1;
            assert!(found.iter().any(is_there), "{source}\n{found:#?}");
        }
        check("use std::thread;\nthread::sleep(a);", "std::thread::sleep");
    }

    #[test]
    fn names_of_other_things_are_not_mistaken() {
        for source in [
            "use kata::sync::Mutex; use std::sync::*; fn f(a: Mutex<u8>, b: Arc<u8>) {}",
            "use std::sync::{Arc, Mutex}; fn f(a: Arc<u8>) {}",
            "use std::sync::*; struct Mutex; fn f(a: Mutex) {}",
            "use std::sync::*; fn f(a: A) { a.Mutex }",
            "mod q { pub struct Mutex; } use std::sync::*; fn f(a: q::Mutex) {}",
            "// std::sync::Mutex\nlet a = \"std::sync::Mutex\";",
        ] {
            let found = paths(&tokens(source));
            let is_there = |path: &Path| path.name == "std::sync::Mutex" && !path.is_idle;
            assert!(!found.iter().any(is_there), "{source}\n{found:#?}");
        }
    }
}
