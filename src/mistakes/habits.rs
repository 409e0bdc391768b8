//! What learners bring along from the standard library, and slips of the keyboard: why a file may not
//! compile. The compiler says what does not fit together; here stands what to write instead.

use super::lexer::Token;
use super::mistake::Mistake;
use super::paths;
use crate::text;
use crate::told_later;
use std::collections::HashSet;

/// Types that stay with one thread.
const OF_ONE_THREAD: [&str; 4] = [
    "std::cell::Cell",
    "std::cell::RefCell",
    "std::cell::OnceCell",
    "std::rc::Rc",
];

/// What may be why the file does not compile. Said of one that does, it could be wrong.
pub(super) fn mistakes(tokens: &[Token]) -> Vec<Mistake> {
    let mut found = unwrapped(tokens);
    found.extend(assigned_waits(tokens));
    found.extend(of_one_thread(tokens));
    // Once is enough here too.
    let mut seen = HashSet::new();
    found.retain(|mistake| seen.insert(mistake.what.clone()));
    found
}

/// `lock().unwrap()`: with `kata::sync` there is no poison, and so nothing to unwrap.
fn unwrapped(tokens: &[Token]) -> Vec<Mistake> {
    const LOCKS: [&str; 6] = ["lock", "read", "write", "wait", "wait_while", "into_inner"];
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let unwraps = matches!(token.text, "unwrap" | "expect");
        if !unwraps || at < 4 || text(at - 1) != "." || text(at - 2) != ")" {
            continue;
        }
        let Some(open) = opening(&tokens[..at - 1]).filter(|open| *open > 0) else {
            continue;
        };
        let method = text(open - 1);
        let is_method = open > 1 && text(open - 2) == ".";
        let is_own = tokens
            .windows(2)
            .any(|pair| pair[0].text == "fn" && pair[1].text == method);
        if is_method && LOCKS.contains(&method) && !is_own {
            let what = format!("{method}().{}()", token.text);
            let advice = text!(
                "in kata::sync `{method}()` gives no `Result`, for no lock is ever poisoned: take \
                 `.{unwraps}()` away",
                method,
                unwraps = token.text
            );
            found.push(Mistake::new(token.line, &what, advice, false));
        }
    }
    found
}

/// Where the bracket opens that the last token closes.
fn opening(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().rposition(|token| {
        match token.text {
            ")" => depth += 1,
            "(" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

/// `guard = changed.wait(guard)`: here the guard is lent, and nothing is given back.
fn assigned_waits(tokens: &[Token]) -> Vec<Mistake> {
    let mut found = Vec::new();
    for (at, call) in tokens.windows(4).enumerate() {
        let [dot, wait, open, guard] = call else {
            continue;
        };
        let is_wait = dot.text == "." && matches!(wait.text, "wait" | "wait_while");
        if !is_wait || open.text != "(" || !guard.is_word() {
            continue;
        }
        let before = tokens[..at].iter().rev();
        let mut statement = before.take_while(|token| !matches!(token.text, ";" | "{" | "}"));
        if statement.any(|token| token.text == "=") {
            let advice = text!(
                "in kata::sync a wait borrows the guard, and gives nothing back: \
                          `changed.wait(&mut guard)`"
            );
            let what = format!("= {}({})", wait.text, guard.text);
            found.push(Mistake::new(wait.line, &what, advice.to_owned(), false));
        }
    }
    found
}

fn of_one_thread(tokens: &[Token]) -> Vec<Mistake> {
    let advice = text!(
        "it is for one thread, and the compiler lets no other share it: what threads share \
                  goes into a kata::sync::Mutex or an atomic, and an `Rc` becomes an `Arc`"
    );
    let named = paths::paths(tokens)
        .into_iter()
        .filter(|path| !path.is_idle);
    let known = named.filter_map(|path| {
        let inside = |name: &&str| {
            let rest = path.name.strip_prefix(*name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        let name = OF_ONE_THREAD.into_iter().find(inside)?;
        Some(Mistake::new(path.line, name, advice.to_owned(), false))
    });
    known.collect()
}

/// A brace that is never closed, or closes nothing: all that stands after it is read wrongly.
///
/// Which one it is shows in the indentation, as far as anything does.
pub(super) fn unbalanced(tokens: &[Token], source: &str) -> Option<Mistake> {
    let lines: Vec<&str> = source.lines().collect();
    let indentation = |line: usize| {
        let text = lines.get(line - 1).copied().unwrap_or_default();
        text.len() - text.trim_start().len()
    };
    let (mut open, mut suspect) = (Vec::new(), None);
    let mut latest = 0;
    for token in tokens {
        let is_first = token.line != latest;
        latest = token.line;
        match token.text {
            "{" => open.push(token.line),
            "}" => {
                let Some(begun) = open.pop() else {
                    let advice =
                        text!("it closes nothing: take it away, or see which `{` is missing");
                    return Some(Mistake::new(
                        token.line,
                        told_later!("a } too many"),
                        advice.to_owned(),
                        false,
                    ));
                };
                let is_outer = is_first && indentation(token.line) < indentation(begun);
                suspect = suspect.or(is_outer.then_some(begun));
            }
            _ => {}
        }
    }
    let line = suspect
        .or(open.last().copied())
        .filter(|_| !open.is_empty())?;
    let advice = text!(
        "the block that begins here is never closed: see where it is to end, and put a `}` \
                  there"
    );
    Some(Mistake::new(
        line,
        told_later!("an unclosed {"),
        advice.to_owned(),
        false,
    ))
}
