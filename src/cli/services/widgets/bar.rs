//! Lines that are set apart from the others by their colours.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

/// Draws a line that divides what is above it from what is below.
pub fn bar(frame: &mut Frame, area: Rect, text: &str) {
    frame.render_widget(Line::raw(format!(" {text}")), area);
    mark(frame, area);
}

/// Sets off what stands there: its letters have the colour of what is around.
pub fn mark(frame: &mut Frame, area: Rect) {
    let visible = area.intersection(frame.area());
    frame
        .buffer_mut()
        .set_style(visible, Style::new().reversed());
}
