//! What scripts say, and transcripts.

use crate::programs::kit::printer::Printer;
use std::collections::HashSet;
use std::fmt::Write;

/// Adds lines, without ports; of long ones the beginning, and those that are the same only once.
pub fn add(transcript: &mut String, lines: Vec<String>) {
    let mut long = HashSet::new();
    for line in lines {
        let line = match line.split_once(", port ") {
            Some((line, port)) => {
                let rest = port.trim_start_matches(|letter: char| letter.is_ascii_digit());
                format!("{line}, port PORT{rest}")
            }
            None => line,
        };
        let length = line.chars().count();
        if length > 200 && !long.insert(line.clone()) {
            continue;
        }
        if length > 200 {
            let start: String = line.chars().take(20).collect();
            writeln!(transcript, "    {start}… ({length} characters)").unwrap();
        } else {
            writeln!(transcript, "    {line}").unwrap();
        }
    }
}

/// Bytes written as text, with `\n` and `\xNN`.
pub fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut parts = text.split('\\');
    bytes.extend_from_slice(parts.next()?.as_bytes());
    for part in parts {
        let rest = if let Some(rest) = part.strip_prefix('n') {
            bytes.push(b'\n');
            rest
        } else {
            let code = part.strip_prefix('x')?;
            bytes.push(u8::from_str_radix(code.get(..2)?, 16).ok()?);
            &code[2..]
        };
        bytes.extend_from_slice(rest.as_bytes());
    }
    Some(bytes)
}

/// What waits for the printer, and all that is ever to come.
pub fn printed(output: &Printer) -> Vec<String> {
    let mut text = Vec::new();
    output.end();
    output.print(&mut text, |_| ());
    let text = String::from_utf8(text).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}
