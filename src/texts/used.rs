//! The texts that the code says, read from its source.

use super::findings::Used;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

/// What stands before a text.
const BEFORE: &[&str] = &["text!(", "sentences!(", "told_later!("];

/// What a noun ends, with how many things there are before it.
const COUNTS: &[&str] = &["count(", "counted(", "noun(", "noun!("];

/// All English texts and nouns of the source files in this folder.
///
/// # Errors
/// Those of reading the files.
pub fn used(folder: &Path) -> io::Result<Used> {
    let mut all = Used::default();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // What is said here is about texts, and what tests say nobody reads.
        let is_said =
            !(path.ends_with("texts/used.rs") || path.file_stem() == Some(OsStr::new("tests")));
        if path.is_dir() && is_said {
            let Used { texts, nouns, .. } = used(&path)?;
            all.texts.extend(texts);
            all.nouns.extend(nouns);
        } else if is_said && path.is_file() {
            add(&path, &mut all)?;
        }
    }
    Ok(all)
}

/// Adds what a file says: it is code, or a page for browsers, or its script.
fn add(path: &Path, all: &mut Used) -> io::Result<()> {
    let Some(end) = path.extension().and_then(OsStr::to_str) else {
        return Ok(());
    };
    match end {
        "rs" => {
            let source = fs::read_to_string(path)?;
            let code = code(&source);
            all.texts.extend(texts(&code));
            all.nouns.extend(nouns(&code));
        }
        "html" => all.texts.extend(of_frame(&fs::read_to_string(path)?)),
        "js" => all.texts.extend(of_script(&fs::read_to_string(path)?)),
        _ => {}
    }
    Ok(())
}

/// The texts of a page's frame, which stand in it between `{{` and `}}`. Its other parts have names in
/// capitals.
pub fn of_frame(frame: &str) -> Vec<String> {
    let parts = frame.split("{{").skip(1);
    let texts = parts.filter_map(|part| Some(part.split_once("}}")?.0));
    let texts = texts.filter(|text| text.contains(char::is_lowercase));
    texts.map(str::to_owned).collect()
}

/// The texts of a page's script: `say("next: {words}", …)`.
pub fn of_script(script: &str) -> Vec<String> {
    let said = script.split("say(").skip(1);
    said.filter_map(literal).collect()
}

/// A source file without its comments and its tests.
fn code(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod tests {").next();
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    code.unwrap_or(source)
        .split_inclusive('\n')
        .filter(is_code)
        .collect()
}

/// What comes after each of these.
fn after<'c>(code: &'c str, all: &'static [&str]) -> impl Iterator<Item = &'c str> {
    all.iter().flat_map(move |before| {
        code.match_indices(before)
            .map(move |(at, _)| &code[at + before.len()..])
    })
}

fn texts(code: &str) -> Vec<String> {
    let texts = after(code, BEFORE).filter_map(|rest| literal(rest.trim_start()));
    texts.collect()
}

fn nouns(code: &str) -> Vec<String> {
    after(code, COUNTS).filter_map(noun).collect()
}

/// The last argument of a call, if it is a text.
fn noun(arguments: &str) -> Option<String> {
    let mut rest = arguments;
    let mut depth = 0;
    let mut last = None;
    while let Some(next) = rest.chars().next() {
        if let Some((value, after)) = literal_at(rest) {
            (last, rest) = (Some(value), after);
            continue;
        }
        match next {
            ')' if depth == 0 => return last,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if !next.is_whitespace() && next != ',' {
            last = None;
        }
        rest = &rest[next.len_utf8()..];
    }
    None
}

/// The value of the literal that the source begins with, if it begins with one.
fn literal(source: &str) -> Option<String> {
    literal_at(source).map(|(value, _)| value)
}

/// The same, with what comes after it.
fn literal_at(source: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = source.strip_prefix('"')?.chars();
    loop {
        match rest.next()? {
            '"' => return Some((value, rest.as_str())),
            '\\' => match rest.next()? {
                'n' => value.push('\n'),
                // The line goes on where the next one begins.
                '\n' => rest = rest.as_str().trim_start().chars(),
                'u' => {
                    let (digits, after) = rest.as_str().strip_prefix('{')?.split_once('}')?;
                    let code = u32::from_str_radix(digits, 16).ok()?;
                    value.push(char::from_u32(code)?);
                    rest = after.chars();
                }
                other => value.push(other),
            },
            other => value.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_pages_are_found_in_frames_and_scripts() {
        let frame = "<h1 lang=\"{{LANGUAGE}}\">{{What went wrong}}</h1>{{TITLE}} {{keys:}}";
        assert_eq!(of_frame(frame), ["What went wrong", "keys:"]);
        let script = "const say = (text) => 1; say(\"next: {words}\", next) + say(text)";
        assert_eq!(of_script(script), ["next: {words}"]);
    }

    #[test]
    fn texts_are_read_as_the_compiler_reads_them() {
        let source = "text!(\"a {b}\", b); text!(\n    \"one \\\n     line \\u{2192} \\\"x\\\"\\n\"\n)\n\
                      sentences!(\"{} waits\", task) context!(other) text!(value)\n\
                      counted(number as u64, \"check\") count(list(\"no\").len(), \"row\") counted(1, thing);\n\
                      f(\"x\")\n#[cfg(test)]\nmod tests { text!(\"not this\") }";
        let code = code(source);
        assert_eq!(texts(&code), ["a {b}", "one line → \"x\"\n", "{} waits"]);
        assert_eq!(nouns(&code), ["row", "check"]);
    }
}
