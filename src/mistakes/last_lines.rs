//! A learner's file ends with a `main` that checks it. This says when it does not.

use super::lexer::{Token, tokens};
use super::mistake::{MAIN, Mistake};
use crate::text;
use crate::told_later;

/// What is wrong with the file's `main`, compared with that of the file as it came.
pub(super) fn mistakes(tokens_now: &[Token], original: &str) -> Vec<Mistake> {
    let tokens_then = tokens(original);
    let Some(then) = main(&tokens_then) else {
        return Vec::new();
    };
    let (kata, restored) = (checked(then), source_of(original));
    let mut found = Vec::new();
    for pair in tokens_now.windows(2) {
        if matches!(pair[0].text, "mod" | "as") && pair[1].text == "kata" {
            let advice =
                text!("this name belongs to the course: give yours another one").to_owned();
            found.push(Mistake::new(pair[0].line, "kata", advice, true));
        }
    }
    if let Some(other) = mains(tokens_now).nth(1) {
        let advice = text!(
            "there is one already, and that is the one that checks the file: take the other one out"
        )
        .to_owned();
        found.push(Mistake::new(other.line, MAIN, advice, true));
    }
    match main(tokens_now) {
        None => {
            let line = tokens_now.last().map_or(1, |token| token.line);
            let advice = text!(
                "it checks the file. Its last lines are to be:\n{restored}",
                restored
            );
            found.push(Mistake::new(line, told_later!("no main"), advice, true));
        }
        Some(now) if texts(now) != texts(then) => {
            let advice = text!(
                "it no longer does what it did, which is to check the file. Put back:\n{restored}",
                restored
            );
            found.push(Mistake::new(now[0].line, MAIN, advice, true));
        }
        Some(now) => found.extend(undeclared(tokens_now, now, kata)),
    }
    found
}

/// The type that `main` has checked, if the file does not declare it.
fn undeclared(all: &[Token], main: &[Token], usual: Option<&str>) -> Option<Mistake> {
    let named = checked(main)?;
    let declares = |pair: &[Token]| {
        matches!(pair[0].text, "struct" | "enum" | "union" | "type") && pair[1].text == named
    };
    if all.windows(2).any(declares) {
        return None;
    }
    let was = match usual {
        Some(usual) if usual != named => text!(" (it was `{usual}`)", usual),
        _ => String::new(),
    };
    let advice = text!(
        "`main` checks this type, and the file declares none of that name: put the name of yours \
         between the `<` and the `>`{was}",
        was
    );
    Some(Mistake::new(main[0].line, named, advice, true))
}

/// Each `fn main` that is not inside anything.
fn mains<'a, 'b>(tokens: &'b [Token<'a>]) -> impl Iterator<Item = &'b Token<'a>> {
    let mut depth = 0_usize;
    tokens.windows(2).filter_map(move |pair| {
        match pair[0].text {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0 && pair[0].text == "fn" && pair[1].text == "main").then_some(&pair[0])
    })
}

/// From `fn main` to the end of the file's last block.
fn main<'a, 'b>(tokens: &'b [Token<'a>]) -> Option<&'b [Token<'a>]> {
    let mut depth = 0_usize;
    let mut start = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "fn" if depth == 0 && tokens.get(at + 1).is_some_and(|next| next.text == "main") => {
                start = Some(at);
            }
            _ => {}
        }
        if let Some(start) = start
            && depth == 0
            && token.text == "}"
        {
            return Some(&tokens[start..=at]);
        }
    }
    None
}

/// What `main` says, but for the type that it checks and attributes of the path to `ExitCode`.
fn texts<'a>(main: &[Token<'a>]) -> Vec<&'a str> {
    let mut depth = 0;
    let mut texts = Vec::new();
    for (at, token) in main.iter().enumerate() {
        let is_arrow = at > 0 && main[at - 1].text == "-";
        match token.text {
            "<" => depth += 1,
            ">" if !is_arrow => depth -= 1,
            "std" | "process" | "::" if depth == 0 && !texts.contains(&"{") => continue,
            _ if depth > 0 => continue,
            _ => {}
        }
        texts.push(token.text);
    }
    texts
}

/// The first word between `<` and `>`.
fn checked<'a>(main: &[Token<'a>]) -> Option<&'a str> {
    let open = main.iter().position(|token| token.text == "<")?;
    let named = main.get(open + 1).filter(|token| token.is_word());
    named.map(|token| token.text)
}

/// The last lines of the file as it came.
fn source_of(original: &str) -> String {
    let start = original.rfind("fn main").unwrap_or(0);
    let lines = original[start..].trim_end().lines();
    let indented: Vec<String> = lines.map(|line| format!("    {line}")).collect();
    indented.join("\n")
}
