//! The texts that the code says, read from its source.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::Path;

/// What stands before a text.
const BEFORE: [&str; 3] = ["text!(", "sentences!(", "told_later!("];

/// What a noun ends, with how many things there are before it.
const COUNTS: [&str; 4] = ["count(", "counted(", "noun(", "noun!("];

/// All English texts and nouns of the source files in this folder.
///
/// # Errors
/// Those of reading the files.
pub fn used(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut all = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // What is said here is about texts, and what tests say nobody reads.
        let is_said =
            !(path.ends_with("texts/used.rs") || path.file_stem() == Some(OsStr::new("tests")));
        if path.is_dir() && is_said {
            all.extend(used(&path)?);
        } else if let Some(read) = reader(&path).filter(|_| is_said) {
            all.extend(read(&fs::read_to_string(&path)?));
        }
    }
    Ok(all)
}

/// How the texts of a file are found: it is code, or a page for browsers, or its script.
fn reader(path: &Path) -> Option<fn(&str) -> Vec<String>> {
    match path.extension()?.to_str()? {
        "rs" => Some(said),
        "html" => Some(of_frame),
        "js" => Some(of_script),
        _ => None,
    }
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

/// The texts and nouns of one source file, without those of its comments and its tests.
fn said(source: &str) -> Vec<String> {
    let code = source
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(source);
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    let lines: String = code.split_inclusive('\n').filter(is_code).collect();
    let code = lines.as_str();
    let after = |before: &'static str| {
        let found = code.match_indices(before);
        found.map(move |(at, _)| &code[at + before.len()..])
    };
    let texts = BEFORE.into_iter().flat_map(after);
    let texts = texts.filter_map(|rest| literal(rest.trim_start()));
    let nouns = COUNTS.into_iter().flat_map(after).filter_map(noun);
    texts.chain(nouns).collect()
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
        assert_eq!(
            said(source),
            ["a {b}", "one line → \"x\"\n", "{} waits", "row", "check"]
        );
    }
}
