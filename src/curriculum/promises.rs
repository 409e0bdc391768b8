//! The table of a kata's promises: what holds solutions to each sentence of the contract.
//!
//! It is the file `promises.md` in the kata's folder. A row for each sentence, in the contract's order:
//!
//! ```text
//! | Promise | Checks | Slips |
//! | --- | --- | --- |
//! | Adds exactly one. | one_increment_adds_one | counts_twice |
//! ```
//!
//! Each of the checks fails for solutions that break the promise, and each of the slips is one that
//! does: one of these checks catches it. Or, in the place of checks, one of these:
//!
//! - *summary*: other sentences promise the same in detail;
//! - *given*: what the callers see to, or what a word means;
//! - *types*: what breaks it does not compile;
//! - *up to you*: nothing is promised.

use super::Kata;
use std::collections::HashSet;

/// What may stand in the place of checks.
const WITHOUT_CHECKS: [&str; 4] = ["summary", "given", "types", "up to you"];

/// A row of the table.
struct Promise<'a> {
    sentence: &'a str,
    /// The checks, or why there are none.
    checks: Vec<&'a str>,
    slips: Vec<&'a str>,
}

impl<'a> Promise<'a> {
    fn parse(row: &'a str) -> Option<Self> {
        let cells: Vec<&str> = row
            .strip_prefix('|')?
            .strip_suffix('|')?
            .split('|')
            .map(str::trim)
            .collect();
        let &[sentence, checks, slips] = &cells[..] else {
            return None;
        };
        let names = |cell: &'a str| {
            let names = cell.split(", ").filter(|name| !name.is_empty());
            names.collect()
        };
        Some(Promise {
            sentence,
            checks: names(checks),
            slips: names(slips),
        })
    }

    /// What is wrong with the row, if something is.
    fn finding(&self, kata: &Kata, checks: &[&str]) -> Option<String> {
        if let [reason] = self.checks[..]
            && WITHOUT_CHECKS.contains(&reason)
        {
            return (!self.slips.is_empty())
                .then(|| format!("a slip, and no check that catches it: {}", self.sentence));
        }
        if self.checks.is_empty() || self.slips.is_empty() {
            return Some(format!("no check, or no slip: {}", self.sentence));
        }
        if let Some(unknown) = self.checks.iter().find(|check| !checks.contains(check)) {
            return Some(format!("there is no check `{unknown}`: {}", self.sentence));
        }
        let is_caught = |slip: &&&str| {
            let mut slips = kata.slips.iter().filter(|other| other.name == **slip);
            slips.any(|slip| self.checks.contains(&slip.caught_by))
        };
        let free = self.slips.iter().find(|slip| !is_caught(slip));
        free.map(|slip| format!("none of these checks catches `{slip}`: {}", self.sentence))
    }
}

/// What is missing in the table of the kata, or wrong: nothing, if it is complete.
pub fn findings(kata: &Kata) -> Vec<String> {
    let sentences = sentences(kata.contract_source, kata.contract);
    let rows = kata.promises.lines().filter_map(Promise::parse);
    // The head, and the line below it.
    let rows: Vec<Promise<'_>> = rows.skip(2).collect();
    let checks: Vec<&str> = (kata.solution)().iter().map(|check| check.name).collect();
    let mut findings = differences(&sentences, &rows);
    findings.extend(rows.iter().filter_map(|row| row.finding(kata, &checks)));
    let used: HashSet<&str> = rows
        .iter()
        .flat_map(|row| row.checks.iter().copied())
        .collect();
    let idle = checks.iter().filter(|check| !used.contains(*check));
    findings.extend(idle.map(|check| format!("no promise that `{check}` holds solutions to")));
    findings
}

/// In which sentences contract and table differ.
fn differences(sentences: &[String], rows: &[Promise<'_>]) -> Vec<String> {
    let listed: Vec<&str> = rows.iter().map(|row| row.sentence).collect();
    let missing = sentences
        .iter()
        .filter(|sentence| !listed.contains(&sentence.as_str()));
    let mut findings: Vec<String> = missing
        .map(|sentence| format!("no row for a sentence of the contract: {sentence}"))
        .collect();
    let others = listed
        .iter()
        .filter(|row| !sentences.iter().any(|sentence| sentence == *row));
    findings.extend(others.map(|row| format!("a row for no sentence of the contract: {row}")));
    if findings.is_empty() && listed != *sentences {
        findings.push("the rows are not in the order of the contract, each once".to_owned());
    }
    findings
}

/// The sentences in the documentation of a contract, a trait in this file: in order and without links.
fn sentences(source: &str, contract: &str) -> Vec<String> {
    let lines: Vec<&str> = source.lines().collect();
    let name = contract.split('<').next().unwrap_or_default();
    let is_head = |line: &&str| {
        let name = line
            .strip_prefix("pub trait ")
            .and_then(|line| line.strip_prefix(name));
        name.is_some_and(|rest| rest.starts_with([':', '<', ' ']))
    };
    let head = lines.iter().position(is_head).unwrap_or(0);
    let above = lines[..head]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("//"))
        .count();
    let inside = lines[head..].iter().take_while(|line| **line != "}");
    let end = head + inside.count();
    let mut paragraphs = vec![String::new()];
    for line in &lines[head - above..end] {
        let text = line
            .trim()
            .strip_prefix("///")
            .map(str::trim)
            .filter(|text| !text.is_empty() && !text.starts_with('#'))
            .unwrap_or_default();
        let item = text.strip_prefix("- ");
        if text.is_empty() || item.is_some() {
            paragraphs.push(String::new());
        }
        let paragraph = paragraphs.last_mut().expect("there is one");
        *paragraph += item.unwrap_or(text);
        paragraph.push(' ');
    }
    let sentences = paragraphs
        .iter()
        .flat_map(|text| text.split_inclusive(". "))
        .map(|sentence| without_links(sentence.trim()));
    sentences.filter(|sentence| !sentence.is_empty()).collect()
}

/// Of ``[`say`](Self::say)`` it leaves `` `say` ``.
fn without_links(text: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['[', ']']) {
        left += before;
        let target = after
            .strip_prefix('(')
            .and_then(|link| link.split_once(')'));
        rest = target.map_or(after, |(_, after)| after);
    }
    left + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTRACT: &str = "//! What it promises.

use std::fmt;

/// Not of the trait.
pub trait CounterOf {
    /// Nor this.
    fn given();
}

/// A count,
/// shared. Held by an [`Arc`](std::sync::Arc).
pub trait Counter {
    /// At 0.
    fn new() -> Self;

    /// Adds [`ONE`].
    ///
    /// - It waits; not
    ///   for ever. Never.
    /// - No [`new`](Self::new) one.
    ///
    /// # Errors
    /// None.
    fn add(&self);
}

/// Nor this.
pub struct More;
";

    #[test]
    fn the_sentences_are_those_of_the_trait_and_its_methods() {
        let expected = [
            "A count, shared.",
            "Held by an `Arc`.",
            "At 0.",
            "Adds `ONE`.",
            "It waits; not for ever.",
            "Never.",
            "No `new` one.",
            "None.",
        ];
        assert_eq!(sentences(CONTRACT, "Counter<T>"), expected);
    }
}
