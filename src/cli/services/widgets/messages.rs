//! A list of messages, the latest last.

use super::wrapped::wrapped;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::collections::VecDeque;

/// Messages that are kept; older ones are forgotten.
const KEPT: usize = 1000;

/// Bytes that are kept, and one message in any case: all of them are cut anew when the terminal is
/// resized, for which nobody may wait.
const KEPT_BYTES: usize = 1024 * 1024;

/// Messages in rows of the width that there is. It shows the latest ones, until somebody scrolls.
#[derive(Default)]
pub struct Messages {
    kept: VecDeque<String>,
    /// How many bytes they have.
    bytes: usize,
    /// How many have been forgotten.
    forgotten: usize,
    /// The messages, cut to the width; each with its message's number.
    rows: VecDeque<(usize, String)>,
    width: u16,
    height: u16,
    /// How many rows below the last visible one are out of sight.
    below: usize,
}

impl Messages {
    /// How many messages there have been.
    pub fn count(&self) -> usize {
        self.forgotten + self.kept.len()
    }

    /// How much of it is out of sight below, in words, if there is something.
    pub fn out_of_sight(&self) -> Option<String> {
        match self.below {
            0 => None,
            1 => Some("1 ligne plus bas".to_owned()),
            below => Some(format!("{below} lignes plus bas")),
        }
    }

    /// The visible rows.
    pub fn rows(&self) -> impl Iterator<Item = &str> {
        let end = self.rows.len() - self.below;
        let start = end.saturating_sub(self.height.into());
        self.rows.range(start..end).map(|(_, row)| row.as_str())
    }

    /// Fits the list into the area, and draws it.
    pub fn draw(&mut self, frame: &mut Frame, area: Rect) {
        self.resize(area.width, area.height);
        for (row, area) in self.rows().zip(area.rows()) {
            frame.render_widget(Line::raw(row), area);
        }
    }

    /// The list has this size from now on. What stands at its end stays there.
    fn resize(&mut self, width: u16, height: u16) {
        if (self.width, self.height) == (width, height) {
            return;
        }
        let last = self.rows.len().checked_sub(self.below + 1);
        let last = last.map(|last| self.rows[last].0);
        (self.width, self.height) = (width, height);
        let is_following = self.below == 0;
        self.rows.clear();
        for (index, message) in self.kept.iter().enumerate() {
            let number = self.forgotten + index;
            let rows = wrapped(message, width).into_iter();
            self.rows.extend(rows.map(|row| (number, row)));
        }
        self.below = match last {
            Some(last) if !is_following => self.rows.iter().filter(|row| row.0 > last).count(),
            _ => 0,
        };
        self.scroll(0);
    }

    /// Adds a message. Who reads older ones goes on reading them.
    pub fn add(&mut self, message: &str) {
        let number = self.count();
        let before = self.rows.len();
        let rows = wrapped(message, self.width).into_iter();
        self.rows.extend(rows.map(|row| (number, row)));
        if self.below > 0 {
            self.below += self.rows.len() - before;
        }
        self.bytes += message.len();
        self.kept.push_back(message.to_owned());
        self.forget();
    }

    /// Forgets the oldest ones, if there are too many.
    fn forget(&mut self) {
        let before = self.forgotten;
        while self.kept.len() > KEPT || (self.kept.len() > 1 && self.bytes > KEPT_BYTES) {
            let oldest = self.kept.pop_front();
            self.bytes -= oldest.map_or(0, |oldest| oldest.len());
            self.forgotten += 1;
        }
        if self.forgotten > before {
            let gone = self.rows.partition_point(|row| row.0 < self.forgotten);
            self.rows.drain(..gone);
            self.scroll(0);
        }
    }

    /// Goes back in time by so many rows, or forth.
    pub fn scroll(&mut self, rows: isize) {
        let most = self.rows.len().saturating_sub(self.height.into());
        self.below = self.below.saturating_add_signed(rows).min(most);
    }

    /// Shows the latest ones again.
    pub fn follow(&mut self) {
        self.below = 0;
    }

    /// Scrolls, if that is what the key asks for; true if so.
    pub fn press(&mut self, key: KeyEvent) -> bool {
        let page = isize::try_from(self.height.max(2) - 1).unwrap_or(1);
        let rows = match key.code {
            KeyCode::Up => 1,
            KeyCode::Down => -1,
            KeyCode::PageUp => page,
            KeyCode::PageDown => -page,
            _ => return false,
        };
        self.scroll(rows);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_up_to_a_thousand_and_up_to_a_mebibyte() {
        let mebibyte = KEPT_BYTES;
        for (length, added, kept) in [
            (1, 999, 999),
            (1, 1500, 1000),
            (mebibyte / 4, 3, 3),
            (mebibyte / 4, 9, 4),
            (mebibyte / 4 + 1, 9, 3),
            // One is, however long.
            (2 * mebibyte, 1, 1),
            (2 * mebibyte, 2, 1),
        ] {
            let mut messages = Messages::default();
            let message = "x".repeat(length);
            (0..added).for_each(|_| messages.add(&message));
            assert_eq!(messages.count(), added, "of {length} bytes");
            assert_eq!(messages.kept.len(), kept, "{added} of {length} bytes");
            assert_eq!(messages.bytes, kept * length);
        }
    }
}
