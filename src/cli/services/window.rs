//! The part of a long text that fits on the terminal.

use std::ops::Range;

/// So many lines of a page stand on the next one, too: there a reader goes on.
const OVERLAP: usize = 2;

/// The lines of a text, and the room that there is for them.
pub struct Window {
    /// How many rows each line takes.
    heights: Vec<usize>,
    rows: usize,
}

impl Window {
    /// For a text without its colours, on so many columns and rows.
    pub fn new(text: &str, columns: usize, rows: usize) -> Self {
        let height = |line: &str| line.chars().count().div_ceil(columns.max(1)).max(1);
        Window {
            heights: text.lines().map(height).collect(),
            rows,
        }
    }

    /// How many lines there are.
    pub fn all(&self) -> usize {
        self.heights.len()
    }

    /// The lines that are shown from this one on; as many as fit, so that the last page is full.
    pub fn page(&self, top: usize) -> Range<usize> {
        let top = top.min(self.top_of(self.all()));
        top..self.end_of(top)
    }

    /// The first line of the page after that.
    pub fn below(&self, top: usize) -> usize {
        let page = self.page(top);
        page.end.saturating_sub(OVERLAP).max(page.start + 1)
    }

    /// The first line of the page before that.
    pub fn above(&self, top: usize) -> usize {
        let top = self.page(top).start;
        let end = (top + OVERLAP).min(self.all());
        self.top_of(end).min(top.saturating_sub(1))
    }

    /// Where a page ends that begins here; a line that does not fit is shown all the same.
    fn end_of(&self, top: usize) -> usize {
        let fitting = fitting(self.heights[top..].iter(), self.rows);
        (top + fitting.max(1)).min(self.all())
    }

    /// Where a page begins that ends here.
    fn top_of(&self, end: usize) -> usize {
        let fitting = fitting(self.heights[..end].iter().rev(), self.rows);
        end.saturating_sub(fitting.max(1))
    }
}

/// How many of the first lines fit.
fn fitting<'a>(heights: impl Iterator<Item = &'a usize>, rows: usize) -> usize {
    let used = heights.scan(0, |used, height| {
        *used += height;
        Some(*used)
    });
    used.take_while(|&used| used <= rows).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_overlap_and_the_last_one_is_full() {
        let text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10";
        let window = Window::new(text, 80, 5);
        assert_eq!(window.page(0), 0..5);
        assert_eq!(window.below(0), 3);
        assert_eq!(window.page(3), 3..8);
        assert_eq!(window.page(window.below(3)), 5..10);
        assert_eq!(window.page(usize::MAX), 5..10);
        assert_eq!(window.above(5), 2);
        assert_eq!(window.page(window.above(2)), 0..5);
    }

    #[test]
    fn a_line_takes_the_rows_that_its_columns_need() {
        let window = Window::new("1234567890\n\n12345\n1234\n12", 4, 4);
        // The first one three, the next one, two, one and one.
        assert_eq!(window.page(0), 0..2);
        assert_eq!(window.page(1), 1..4);
        assert_eq!(window.page(2), 2..5);
        assert_eq!(window.page(3), 2..5);
    }

    #[test]
    fn every_line_can_be_reached_however_small_the_terminal_is() {
        let text = "1234567890\n1234567890\n12\n";
        for (columns, rows) in [(0, 0), (1, 1), (5, 1), (5, 2), (80, 2), (80, 100)] {
            let window = Window::new(text, columns, rows);
            let (mut top, mut seen) = (0, window.page(0));
            while seen.end < window.all() {
                top = window.below(top);
                let page = window.page(top);
                assert!(page.start <= seen.end && page.end > seen.end);
                seen.end = page.end;
            }
            while window.page(top).start > 0 {
                assert!(window.above(top) < window.page(top).start);
                top = window.above(top);
            }
        }
        assert_eq!(Window::new("", 80, 24).page(0), 0..0);
    }
}
