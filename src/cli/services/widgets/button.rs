//! Something to press.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

/// A button with this label.
#[derive(Clone, Copy)]
pub struct Button(pub &'static str);

impl Button {
    /// How many columns it takes.
    pub fn width(self) -> u16 {
        u16::try_from(self.0.width()).map_or(u16::MAX, |width| width.saturating_add(2))
    }

    /// Draws it.
    pub fn draw(self, frame: &mut Frame, area: Rect) {
        frame.render_widget(Line::raw(format!("[{}]", self.0)), area);
    }

    /// Draws it with the cursor on its first letter.
    pub fn draw_with_cursor(self, frame: &mut Frame, area: Rect) {
        if area.is_empty() {
            return;
        }
        self.draw(frame, area);
        let x = (area.x + 1).min(area.right() - 1);
        frame.set_cursor_position(Position { x, y: area.y });
    }
}
