//! A line that is being typed, with the keys that line editors have.
//!
//! Of the crates for this, those that fit this ratatui go through the whole text at every letter,
//! or are editors of many lines: a paste of ten thousand letters has to be nothing here.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text and the place in it where the next letter comes.
#[derive(Default)]
pub struct Entry {
    text: String,
    /// The byte before which the cursor is, where a letter with all its accents begins.
    cursor: usize,
    /// What was cut last.
    cut: String,
    /// How many bytes there can be.
    longest: usize,
}

impl Entry {
    /// Room for so many bytes.
    pub fn new(longest: usize) -> Self {
        Entry {
            longest,
            ..Entry::default()
        }
    }

    /// The lines that are not empty; more than one if they were pasted.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n').filter(|line| !line.is_empty())
    }

    /// All that was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Leaves the lines after the first so many.
    pub fn leave_out(&mut self, lines: usize) {
        let rest: Vec<&str> = self.lines().skip(lines).collect();
        self.text = rest.join("\n");
        self.cursor = self.text.len();
    }

    /// Puts a text in, whose lines stay apart. What there is no room for is left out.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut kept = String::new();
        for letter in text.chars() {
            if letter.is_control() && !matches!(letter, '\n' | '\t') {
                continue;
            }
            if self.text.len() + kept.len() + letter.len_utf8() > self.longest {
                break;
            }
            kept.push(letter);
        }
        self.text.insert_str(self.cursor, &kept);
        self.move_to(self.cursor + kept.len());
    }

    /// Does what a key asks for, if it is one of those that line editors have.
    pub fn press(&mut self, key: KeyEvent) {
        let with = |modifier| key.modifiers.contains(modifier);
        match key.code {
            KeyCode::Char(letter) if with(KeyModifiers::CONTROL) => self.press_control(letter),
            KeyCode::Char(letter) if with(KeyModifiers::ALT) => self.press_alt(letter),
            KeyCode::Char(letter) => self.paste(letter.encode_utf8(&mut [0; 4])),
            code => self.press_named(code, with(KeyModifiers::CONTROL) || with(KeyModifiers::ALT)),
        }
    }

    fn press_control(&mut self, letter: char) {
        match letter.to_ascii_lowercase() {
            'a' => self.cursor = 0,
            'e' => self.cursor = self.text.len(),
            'b' => self.cursor = self.before(),
            'f' => self.cursor = self.after(),
            'h' => self.remove(self.before(), self.cursor),
            'd' => self.remove(self.cursor, self.after()),
            'u' => self.cut(0, self.cursor),
            'k' => self.cut(self.cursor, self.text.len()),
            'w' => self.cut(self.blank_before(), self.cursor),
            'y' => self.paste(&self.cut.clone()),
            _ => {}
        }
    }

    fn press_alt(&mut self, letter: char) {
        match letter.to_ascii_lowercase() {
            'b' => self.cursor = self.word_before(),
            'f' => self.cursor = self.word_after(),
            'd' => self.cut(self.cursor, self.word_after()),
            _ => {}
        }
    }

    fn press_named(&mut self, code: KeyCode, by_words: bool) {
        match code {
            KeyCode::Backspace if by_words => self.cut(self.word_before(), self.cursor),
            KeyCode::Backspace => self.remove(self.before(), self.cursor),
            KeyCode::Delete if by_words => self.cut(self.cursor, self.word_after()),
            KeyCode::Delete => self.remove(self.cursor, self.after()),
            KeyCode::Left if by_words => self.cursor = self.word_before(),
            KeyCode::Left => self.cursor = self.before(),
            KeyCode::Right if by_words => self.cursor = self.word_after(),
            KeyCode::Right => self.cursor = self.after(),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            _ => {}
        }
    }

    /// The part that fits into the width, and at which column of it the cursor is.
    pub fn visible(&self, width: u16) -> (String, u16) {
        let width = usize::from(width.max(1));
        let (before, after) = self.text.split_at(self.cursor);
        let (mut start, mut column) = (self.cursor, 0);
        for (at, cluster) in before.grapheme_indices(true).rev() {
            let wider = column + columns(cluster);
            if wider >= width {
                break;
            }
            (start, column) = (at, wider);
        }
        let mut shown: String = before[start..].graphemes(true).map(sign).collect();
        shown += &fitting(after, width - column);
        (shown, u16::try_from(column).unwrap_or(0))
    }

    /// The part that fits into the width, from the first letter on.
    pub fn beginning(&self, width: u16) -> String {
        fitting(&self.text, width.into())
    }

    /// Moves to this byte, or behind the letter that it has become a part of.
    fn move_to(&mut self, at: usize) {
        let mut edges = GraphemeCursor::new(at, self.text.len(), true);
        self.cursor = match edges.is_boundary(&self.text, 0) {
            Ok(false) => edges
                .next_boundary(&self.text, 0)
                .ok()
                .flatten()
                .unwrap_or(at),
            _ => at,
        };
    }

    /// Where the letter before the cursor begins.
    fn before(&self) -> usize {
        let mut before = self.text[..self.cursor].grapheme_indices(true);
        before.next_back().map_or(0, |(at, _)| at)
    }

    /// Where the letter after the cursor ends.
    fn after(&self) -> usize {
        let mut after = self.text[self.cursor..].graphemes(true);
        self.cursor + after.next().map_or(0, str::len)
    }

    /// Where the word before the cursor begins.
    fn word_before(&self) -> usize {
        let before = self.text[..self.cursor].trim_end_matches(|it| !is_of_word(it));
        before.trim_end_matches(is_of_word).len()
    }

    /// Where the word after the cursor ends.
    fn word_after(&self) -> usize {
        let after = self.text[self.cursor..].trim_start_matches(|it| !is_of_word(it));
        self.text.len() - after.trim_start_matches(is_of_word).len()
    }

    /// Where that begins before the cursor which has no space in it.
    fn blank_before(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before
            .trim_end_matches(|it: char| !it.is_whitespace())
            .len()
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.drain(from..to);
        self.move_to(from);
    }

    fn cut(&mut self, from: usize, to: usize) {
        if from < to {
            self.cut = self.text[from..to].to_owned();
            self.remove(from, to);
        }
    }
}

/// A letter, a digit, or what belongs to the letter before.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter.width() == Some(0)
}

/// As much of the text as fits.
fn fitting(text: &str, width: usize) -> String {
    let mut used = 0;
    let fitting = text.graphemes(true).take_while(|cluster| {
        used += columns(cluster);
        used <= width
    });
    fitting.map(sign).collect()
}

fn columns(cluster: &str) -> usize {
    sign(cluster).width()
}

/// What is shown for it.
fn sign(cluster: &str) -> &str {
    match cluster {
        "\n" => "↵",
        "\t" => " ",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with a bar at the cursor.
    fn shown(entry: &Entry) -> String {
        let (before, after) = entry.text.split_at(entry.cursor);
        format!("{before}|{after}")
    }

    /// An entry in which the cursor stands at the bar.
    fn entry(text: &str) -> Entry {
        let mut entry = Entry::new(1000);
        entry.paste(&text.replace('|', ""));
        entry.cursor = text.find('|').unwrap();
        entry
    }

    #[track_caller]
    fn check(before: &str, code: KeyCode, modifiers: KeyModifiers, after: &str) {
        let mut entry = entry(before);
        entry.press(KeyEvent::new(code, modifiers));
        assert_eq!(
            shown(&entry),
            after,
            "{code:?} with {modifiers:?} in {before}"
        );
    }

    #[test]
    fn keys_do_what_they_do_in_line_editors() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const CONTROL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        let letter = KeyCode::Char;
        for (before, code, modifiers, after) in [
            ("un |deux", letter('x'), NONE, "un x|deux"),
            ("un |deux", letter('É'), KeyModifiers::SHIFT, "un É|deux"),
            ("un |deux", KeyCode::Backspace, NONE, "un|deux"),
            ("|deux", KeyCode::Backspace, NONE, "|deux"),
            ("un |deux", KeyCode::Delete, NONE, "un |eux"),
            ("un|", KeyCode::Delete, NONE, "un|"),
            ("un |deux", KeyCode::Left, NONE, "un| deux"),
            ("un |deux", KeyCode::Right, NONE, "un d|eux"),
            ("un |deux", KeyCode::Home, NONE, "|un deux"),
            ("un |deux", KeyCode::End, NONE, "un deux|"),
            ("un |deux", letter('a'), CONTROL, "|un deux"),
            ("un |deux", letter('e'), CONTROL, "un deux|"),
            ("un |deux", letter('b'), CONTROL, "un| deux"),
            ("un |deux", letter('f'), CONTROL, "un d|eux"),
            ("un |deux", letter('h'), CONTROL, "un|deux"),
            ("un |deux", letter('d'), CONTROL, "un |eux"),
            ("un |deux", letter('u'), CONTROL, "|deux"),
            ("un |deux", letter('k'), CONTROL, "un |"),
            ("a b,c  |deux", letter('w'), CONTROL, "a |deux"),
            ("a b,c  |deux", KeyCode::Backspace, ALT, "a b,|deux"),
            ("a b,c  |deux", letter('b'), ALT, "a b,|c  deux"),
            ("a b|, deux trois", letter('f'), ALT, "a b, deux| trois"),
            ("a b|, deux trois", letter('d'), ALT, "a b| trois"),
            ("a b|, deux trois", KeyCode::Delete, CONTROL, "a b| trois"),
            ("un deux|", KeyCode::Left, CONTROL, "un |deux"),
            ("|un deux", KeyCode::Right, ALT, "un| deux"),
            ("un |deux", letter('x'), ALT, "un |deux"),
            ("un |deux", letter('x'), CONTROL, "un |deux"),
            ("un |deux", KeyCode::F(1), NONE, "un |deux"),
        ] {
            check(before, code, modifiers, after);
        }
    }

    #[test]
    fn what_was_cut_can_be_put_elsewhere() {
        let mut entry = entry("un |deux");
        for letter in ['k', 'a', 'y'] {
            entry.press(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL));
        }
        assert_eq!(shown(&entry), "deux|un ");
    }

    #[test]
    fn a_letter_with_all_that_belongs_to_it_is_one() {
        for letter in ["é", "e\u{301}", "👩‍🚀", "🇫🇷", "日"] {
            let mut entry = entry(&format!("a{letter}b|"));
            for code in [
                KeyCode::Left,
                KeyCode::Left,
                KeyCode::Right,
                KeyCode::Backspace,
            ] {
                entry.press(KeyEvent::new(code, KeyModifiers::NONE));
            }
            assert_eq!(shown(&entry), "a|b", "{letter}");
        }
        // An accent that comes later joins the letter before it.
        let mut entry = entry("e|b");
        entry.press(KeyEvent::new(KeyCode::Char('\u{301}'), KeyModifiers::NONE));
        assert_eq!(shown(&entry), "e\u{301}|b");
    }

    #[test]
    fn lines_that_are_pasted_stay_apart_and_commands_are_left_out() {
        let mut entry = entry("<|>");
        entry.paste("un\r\ndeux\rtrois\n\n\x1b[2J\u{9b}\tquatre");
        assert_eq!(shown(&entry), "<un\ndeux\ntrois\n\n[2J\tquatre|>");
        let lines: Vec<&str> = entry.lines().collect();
        assert_eq!(lines, ["<un", "deux", "trois", "[2J\tquatre>"]);
        assert_eq!(entry.visible(80).0, "<un↵deux↵trois↵↵[2J quatre>");
        entry.leave_out(2);
        assert_eq!(shown(&entry), "trois\n[2J\tquatre>|");
    }

    #[test]
    fn what_there_is_no_room_for_is_left_out() {
        let mut entry = Entry::new(5);
        entry.paste("déjà vu");
        assert_eq!(shown(&entry), "déj|");
    }

    #[test]
    fn the_part_around_the_cursor_is_shown() {
        let text = "0123456789";
        let mut entry = Entry::new(1000);
        entry.paste(text);
        assert_eq!(entry.visible(80), (text.to_owned(), 10));
        assert_eq!(entry.visible(5), ("6789".to_owned(), 4));
        assert_eq!(entry.beginning(5), "01234");
        assert_eq!(entry.beginning(0), "");
        entry.cursor = 0;
        assert_eq!(entry.visible(5), ("01234".to_owned(), 0));
        entry.cursor = 6;
        assert_eq!(entry.visible(5), ("23456".to_owned(), 4));
        assert_eq!(entry.visible(0), ("6".to_owned(), 0));
    }
}
