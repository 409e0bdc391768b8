//! The part of a long text that fits on the terminal.

use crate::cli::services::screen::Size;
use kata::timeline::width;
use std::ops::Range;

/// So many lines of a page stand on the next one, too: there a reader goes on.
const OVERLAP: usize = 2;

/// Where a page begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Top {
    /// With this line.
    Line(usize),
    /// Where the last page does.
    Last,
}

/// The lines of a text, and the room that there is for them.
pub struct Window {
    /// How many rows each line takes.
    heights: Vec<usize>,
    /// How many there are, if that has an end.
    rows: Option<usize>,
}

impl Window {
    /// For a text without its colours, in this room; without a size there is room for everything.
    pub fn new(text: &str, size: Option<Size>) -> Self {
        let height = |line: &str| {
            let rows = size.map(|size| width(line).div_ceil(size.columns.max(1)));
            rows.unwrap_or(1).max(1)
        };
        Window {
            heights: text.lines().map(height).collect(),
            rows: size.map(|size| size.rows),
        }
    }

    /// How many lines there are.
    pub fn all(&self) -> usize {
        self.heights.len()
    }

    /// The lines that are shown from there on; as many as fit, so that the last page is full.
    pub fn page(&self, top: Top) -> Range<usize> {
        let last = self.top_of(self.all());
        let top = match top {
            Top::Line(line) => line.min(last),
            Top::Last => last,
        };
        top..self.end_of(top)
    }

    /// The first line of the page after that.
    pub fn below(&self, top: Top) -> Top {
        let page = self.page(top);
        Top::Line(page.end.saturating_sub(OVERLAP).max(page.start + 1))
    }

    /// The first line of the page before that.
    pub fn above(&self, top: Top) -> Top {
        let top = self.page(top).start;
        let end = (top + OVERLAP).min(self.all());
        Top::Line(self.top_of(end).min(top.saturating_sub(1)))
    }

    /// Where a page ends that begins here; a line that does not fit is shown all the same.
    fn end_of(&self, top: usize) -> usize {
        let fitting = self.fitting(self.heights[top..].iter());
        (top + fitting.max(1)).min(self.all())
    }

    /// Where a page begins that ends here.
    fn top_of(&self, end: usize) -> usize {
        let fitting = self.fitting(self.heights[..end].iter().rev());
        end.saturating_sub(fitting.max(1))
    }

    /// How many of the first lines fit.
    fn fitting<'a>(&self, heights: impl Iterator<Item = &'a usize>) -> usize {
        let used = heights.scan(0, |used, height| {
            *used += height;
            Some(*used)
        });
        used.take_while(|&used| self.rows.is_none_or(|rows| used <= rows))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::Top::{Last, Line};
    use super::*;

    fn size(columns: usize, rows: usize) -> Option<Size> {
        Some(Size { columns, rows })
    }

    #[test]
    fn pages_overlap_and_the_last_one_is_full() {
        let text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10";
        let window = Window::new(text, size(80, 5));
        assert_eq!(window.page(Line(0)), 0..5);
        assert_eq!(window.below(Line(0)), Line(3));
        assert_eq!(window.page(Line(3)), 3..8);
        assert_eq!(window.page(window.below(Line(3))), 5..10);
        assert_eq!(window.page(Last), 5..10);
        assert_eq!(window.above(Last), Line(2));
        assert_eq!(window.page(window.above(Line(2))), 0..5);
    }

    #[test]
    fn where_there_is_no_end_of_room_all_is_shown() {
        let window = Window::new("1\n2\n3", None);
        for top in [Line(0), Line(2), Last] {
            assert_eq!(window.page(top), 0..3);
        }
    }

    #[test]
    fn a_line_takes_the_rows_that_its_columns_need() {
        let window = Window::new("1234567890\n\n12345\n1234\n12", size(4, 4));
        // The first one three, the next one, two, one and one.
        assert_eq!(window.page(Line(0)), 0..2);
        assert_eq!(window.page(Line(1)), 1..4);
        assert_eq!(window.page(Line(2)), 2..5);
        assert_eq!(window.page(Line(3)), 2..5);
    }

    #[test]
    fn every_line_can_be_reached_however_small_the_terminal_is() {
        let text = "1234567890\n1234567890\n12\n";
        for (columns, rows) in [(0, 0), (1, 1), (5, 1), (5, 2), (80, 2), (80, 100)] {
            let window = Window::new(text, size(columns, rows));
            let (mut top, mut seen) = (Line(0), window.page(Line(0)));
            while seen.end < window.all() {
                top = window.below(top);
                let page = window.page(top);
                assert!(page.start <= seen.end && page.end > seen.end);
                seen.end = page.end;
            }
            while window.page(top).start > 0 {
                let start = window.page(top).start;
                top = window.above(top);
                assert!(window.page(top).start < start);
            }
        }
        assert_eq!(Window::new("", size(80, 24)).page(Line(0)), 0..0);
    }
}
