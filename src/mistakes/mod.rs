//! Mistakes that can be seen in a learner's file without running it.
//!
//! The checks see what goes through `kata::sync` and nothing else. What goes past it makes them
//! hang, or fail for no reason that a timeline could show; or pass, and that would be worse. So the
//! file is read, and what it says is answered with a sentence: what it is and what to use.
//!
//! Reading is light: words and signs, with comments and literals left out (`lexer`), and names as
//! the compiler would resolve them (`paths`). `rules` has the names, `last_lines` looks at `main`, `habits` at what does
//! not compile. Who
//! has compiled the file asks [`compiled`] as well, which sees through all that hides a name.

pub mod compiled;
mod habits;
mod last_lines;
pub mod lexer;
mod mistake;
mod paths;
mod rules;

#[cfg(test)]
mod tests;

pub use mistake::Mistake;

use crate::text;
use crate::texts;
use crate::told_later;
use lexer::Token;
use rules::{ELSEWHERE, PRINTED, THREAD_LOCAL};
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

/// What a loop is called that waits without giving way.
const IDLE: &str = told_later!("an empty loop");

/// Finds the mistakes in a file, in the order of its lines; `original` is the file as it came.
pub fn find(source: &str, original: &str) -> Vec<Mistake> {
    let tokens = lexer::tokens(source);
    let mut found = last_lines::mistakes(&tokens, original);
    found.extend(in_code(&tokens));
    found.sort_by_key(|mistake| mistake.line);
    // Once is enough: the first place leads to the others.
    let mut seen = HashSet::new();
    found.retain(|mistake| seen.insert(mistake.what.clone()));
    found
}

/// Finds the mistakes in a file that does not compile: also what may be why.
pub fn find_uncompiled(source: &str, original: &str) -> Vec<Mistake> {
    let tokens = lexer::tokens(source);
    if let Some(unbalanced) = habits::unbalanced(&tokens, source) {
        // Nobody can say where anything ends, `main` least of all.
        let mut found = in_code(&tokens);
        found.insert(0, unbalanced);
        return found;
    }
    let mut found = find(source, original);
    found.extend(habits::mistakes(&tokens));
    found.sort_by_key(|mistake| mistake.line);
    found
}

/// Those mistakes for which the checks may never come to their end, or come to it in ten seconds.
pub fn hanging(found: &[Mistake]) -> Vec<Mistake> {
    let hangs = |mistake: &&Mistake| {
        mistake.what == IDLE || rules::RULES.iter().any(|rule| rule.hangs(&mistake.what))
    };
    found.iter().filter(hangs).cloned().collect()
}

/// The mistakes in all that stands before `main`, or in any other code.
fn in_code(tokens: &[Token]) -> Vec<Mistake> {
    let mut found = words(tokens);
    found.extend(idle_loops(tokens));
    for path in paths::paths(tokens) {
        for rule in rules::RULES.iter().filter(|_| !path.is_idle) {
            if let Some(name) = rule.finds(&path.name) {
                found.push(Mistake::new(
                    path.line,
                    name,
                    texts::of(rule.advice).to_owned(),
                    rule.refuses,
                ));
            }
        }
    }
    found
}

/// The mistakes as paragraphs: `path:line: what: advice`, which editors and terminals open.
pub fn tell(mistakes: &[Mistake], path: &str) -> String {
    let tell = |mistake: &Mistake| format!("{path}:{}: {mistake}\n", mistake.line);
    mistakes.iter().map(tell).collect()
}

/// The types and functions of `kata::sync` that the file uses, by name.
pub fn tools(source: &str) -> Vec<String> {
    // Which ordering is written says little of how something is built.
    const ORDERINGS: [&str; 6] = [
        "Ordering", "SeqCst", "Relaxed", "Acquire", "Release", "AcqRel",
    ];
    let tool = |path: paths::Path| {
        // The course's own solutions are part of the crate.
        let of_crate = path.name.strip_prefix("crate::");
        let inside = of_crate.or(path.name.strip_prefix("kata::"))?;
        let words: Vec<&str> = inside.strip_prefix("sync::")?.split("::").collect();
        let is_type = |word: &&&str| word.starts_with(char::is_uppercase);
        let named = words.iter().find(is_type).or(words.last())?;
        let is_tool = !path.is_idle && *named != "*" && !ORDERINGS.contains(named);
        is_tool.then(|| (*named).to_owned())
    };
    let paths = paths::paths(&lexer::tokens(source));
    let tools: BTreeSet<String> = paths.into_iter().filter_map(tool).collect();
    tools.into_iter().collect()
}

/// Words that the language knows and the checks do not.
fn words(tokens: &[Token]) -> Vec<Mistake> {
    let mut found = Vec::new();
    let seen = thread_locals(tokens);
    for (at, token) in tokens.iter().enumerate() {
        if seen.iter().any(|range| range.contains(&at)) && token.text != "unsafe" {
            continue;
        }
        let next = tokens.get(at + 1).map_or("", |next| next.text);
        let (what, advice, refuses) = match (token.text, next) {
            ("static", "mut") => (
                "static mut",
                told_later!(
                    "threads change it without the checks seeing it, and it keeps its value from one \
                 execution to the next: put it into your type, in a kata::sync::Mutex or atomic"
                ),
                true,
            ),
            ("static", _) => (
                "static",
                told_later!(
                    "it keeps its value from one execution to the next, and all values of your type \
                 share it: put it into your type"
                ),
                false,
            ),
            ("thread_local", "!") => ("thread_local!", THREAD_LOCAL, true),
            ("unsafe", _) => (
                "unsafe",
                told_later!(
                    "the checks cannot see what it does, so they cannot tell whether it is right: \
                 kata::sync has safe types for all that a kata asks"
                ),
                true,
            ),
            ("mod", _) if tokens.get(at + 2).is_some_and(|after| after.text == ";") => {
                ("mod", ELSEWHERE, true)
            }
            ("include", "!") => ("include!", ELSEWHERE, true),
            ("dbg" | "eprintln" | "eprint", "!") => (
                told_later!("printing to the standard error"),
                PRINTED,
                false,
            ),
            ("$", _) if makes_names(tokens, at) => (
                told_later!("a name that a macro makes"),
                told_later!(
                    "what it comes to is not read, so nobody can say whether the checks see all that \
                 it does: write the name out"
                ),
                true,
            ),
            _ => continue,
        };
        let told = texts::of(advice).to_owned();
        found.push(Mistake::new(token.line, what, told, refuses));
    }
    found
}

/// Where `kata::sync::thread_local!` stands with what it declares: of that the checks know.
fn thread_locals(tokens: &[Token]) -> Vec<Range<usize>> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let is_macro = |at: usize| text(at) == "thread_local" && text(at + 1) == "!";
    let uses = tokens.split(|token| token.text == ";");
    let mut uses = uses.map(|part| part.iter().map(|token| token.text));
    let is_imported = uses.any(|mut part| {
        ["use", "kata", "sync", "thread_local"]
            .iter()
            .all(|word| part.any(|text| text == *word))
    });
    let is_ours = |at: usize| {
        let path = at
            .checked_sub(2)
            .map(|before| (text(before), text(before + 1)));
        match path {
            Some((module, "::")) => module == "sync",
            _ => is_imported,
        }
    };
    let ours = (0..tokens.len()).filter(|&at| is_macro(at) && is_ours(at));
    ours.map(|at| at..at + 2 + body(&tokens[at + 2..]))
        .collect()
}

/// How many tokens there are up to the end of the brackets that begin here.
fn body(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    let end = tokens.iter().position(|token| {
        match token.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    end.map_or(tokens.len(), |end| end + 1)
}

/// True if the macro's fragment here, `$name`, becomes a part of a path, or a module's or macro's name.
///
/// A type, and a function of it, may be a fragment: only modules lead to what is not for use here.
fn makes_names(tokens: &[Token], at: usize) -> bool {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let is_module = |at: usize| text(at).starts_with(char::is_lowercase);
    let before = |back: usize| at.checked_sub(back).map_or("", text);
    let goes_on = text(at + 2) == "::" && (text(at + 3) == "$" || text(at + 4) == "::");
    let is_in = before(1) == "::" && at > 1 && is_module(at - 2) && before(2) != "kata";
    let is_named = before(1) == "mod" || text(at + 2) == "!";
    (goes_on || is_in || is_named) && text(at + 1) != "crate"
}

/// Loops that wait for others without giving them a turn: `while busy {}` and `loop {}`.
fn idle_loops(tokens: &[Token]) -> Vec<Mistake> {
    let advice = text!(
        "a loop that does nothing waits without giving anybody the turn that could end \
                  it: call kata::sync::thread::yield_now() inside, or better, wait at a Condvar"
    );
    let empty = |pair: &[Token]| pair[0].text == "{" && pair[1].text == "}";
    let ends = tokens
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| empty(pair));
    let idle = ends.filter_map(|(at, _)| {
        let before = tokens[..at].iter().rev();
        let header = before.take_while(|token| !matches!(token.text, "{" | "}" | ";"));
        header.fold(None, |found, token| match token.text {
            "while" | "loop" => Some(token),
            _ => found,
        })
    });
    idle.map(|token| Mistake::new(token.line, IDLE, advice.to_owned(), false))
        .collect()
}
