//! A line to type in.

use crate::cli::services::entry::Entry;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

/// An entry with its label before it, such as `Port `.
pub struct Field {
    label: &'static str,
    pub entry: Entry,
}

impl Field {
    /// Room for so many bytes.
    pub fn new(label: &'static str, longest: usize) -> Self {
        Field {
            label,
            entry: Entry::new(longest),
        }
    }

    /// Where the label is.
    pub fn label_area(&self, area: Rect) -> Rect {
        let width = self.label_width().min(area.width);
        Rect { width, ..area }
    }

    fn label_width(&self) -> u16 {
        u16::try_from(self.label.width()).unwrap_or(u16::MAX)
    }

    /// Draws the part of it in which somebody types, and the cursor there.
    pub fn draw_with_cursor(&self, frame: &mut Frame, area: Rect) {
        if area.is_empty() {
            return;
        }
        let before = self.label_width();
        let (text, column) = self.entry.visible(area.width.saturating_sub(before));
        self.draw(frame, area, &text);
        let x = area.x.saturating_add(before).saturating_add(column);
        let x = x.min(area.right() - 1);
        frame.set_cursor_position(Position { x, y: area.y });
    }

    /// Draws its beginning: nobody types in it.
    pub fn draw_at_rest(&self, frame: &mut Frame, area: Rect) {
        let width = area.width.saturating_sub(self.label_width());
        self.draw(frame, area, &self.entry.beginning(width));
    }

    fn draw(&self, frame: &mut Frame, area: Rect, text: &str) {
        frame.render_widget(Line::raw(format!("{}{text}", self.label)), area);
    }
}
