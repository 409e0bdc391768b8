//! A text with places for words.

use std::fmt::Display;

/// A text, in pieces: what is said, and the names of the words in between.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template<'t> {
    pieces: Vec<Piece<'t>>,
}

/// A piece of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'t> {
    /// As it stands.
    Said(&'t str),
    /// The place of a word: its name, or nothing.
    Word(&'t str),
}

impl<'t> Template<'t> {
    /// The pieces of a text. A word's place is its name in braces; a brace by itself is said.
    pub fn new(text: &'t str) -> Self {
        let mut pieces = Vec::new();
        let mut said = text;
        while let Some((begin, name)) = place(said) {
            pieces.push(Piece::Said(&said[..begin]));
            pieces.push(Piece::Word(name));
            said = &said[begin + name.len() + 2..];
        }
        pieces.push(Piece::Said(said));
        pieces.retain(|piece| *piece != Piece::Said(""));
        Template { pieces }
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Piece<'t>] {
        &self.pieces
    }

    /// The names of its words, in the order of the alphabet, each once. What has no name, or a number, is
    /// named by nothing, as often as there is of it.
    pub fn names(&self) -> Vec<&'t str> {
        let mut names: Vec<&str> = self
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Word(name) if name.parse::<usize>().is_ok() => Some(""),
                Piece::Word(name) => Some(*name),
                Piece::Said(_) => None,
            })
            .collect();
        names.sort_unstable();
        let mut before = "";
        names.retain(|&name| name.is_empty() || std::mem::replace(&mut before, name) != name);
        names
    }
}

/// Where the first word's place begins, and its name.
fn place(text: &str) -> Option<(usize, &str)> {
    text.match_indices('{').find_map(|(begin, _)| {
        let inside = &text[begin + 1..];
        let name = &inside[..inside.find('}')?];
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name.then_some((begin, name))
    })
}

/// The text with these words in the places of their names. A place without a word stays as it is.
pub fn fill(text: &str, words: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in Template::new(text).pieces() {
        match *piece {
            Piece::Said(said) => filled.push_str(said),
            Piece::Word(name) => match words.iter().find(|(word, _)| *word == name) {
                Some((_, word)) => filled += &word.to_string(),
                None => filled += &format!("{{{name}}}"),
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_names_in_braces() {
        let text = "{task} waits{} for {what}: `impl {` {a b}";
        let template = Template::new(text);
        assert_eq!(
            template.pieces(),
            [
                Piece::Word("task"),
                Piece::Said(" waits"),
                Piece::Word(""),
                Piece::Said(" for "),
                Piece::Word("what"),
                Piece::Said(": `impl {` {a b}"),
            ]
        );
        assert_eq!(template.names(), ["", "task", "what"]);
        assert_eq!(
            Template::new("{1} {0} {b} {a} {b}").names(),
            ["", "", "a", "b"]
        );
    }

    #[test]
    fn a_word_that_is_missing_leaves_its_place() {
        assert_eq!(fill("{a} and {b}", &[("b", &2)]), "{a} and 2");
    }
}
