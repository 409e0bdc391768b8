//! A text in rows.

use ratatui::style::Style;
use ratatui::text::Span;

/// A text in rows of this width, without what would command the terminal; at least one of them.
pub fn wrapped(text: &str, width: u16) -> Vec<String> {
    let mut rows = Vec::new();
    for line in text.split('\n') {
        let line = line.replace('\t', "    ");
        let (mut row, mut used) = (String::new(), 0);
        for letter in Span::raw(line).styled_graphemes(Style::new()) {
            let columns = columns(letter.symbol);
            if used + columns > width.into() && used > 0 {
                rows.push(std::mem::take(&mut row));
                used = 0;
            }
            row += letter.symbol;
            used += columns;
        }
        rows.push(row);
    }
    rows
}

fn columns(text: &str) -> usize {
    Span::raw(text).width()
}
