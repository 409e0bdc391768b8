//! One row below the other, each with its task's name, for many tasks or a narrow page.

use super::names::Names;
use super::row::{Row, RowKind, tasks};
use super::text::{Line, Page, Tone, clip, wrap};
use super::width::width;

/// The longest part of a name that is shown.
const LONGEST_NAME: usize = 14;

/// Before the names stand the numbers of the operations.
const START: usize = 5;

/// Draws the rows.
pub(super) fn draw(page: &mut Page, rows: &[Row], names: &Names) {
    let tasks = tasks(rows);
    let more = page.clean("…");
    let label = |page: &Page, task| clip(&page.clean(names.task(task)), LONGEST_NAME, &more);
    let longest = tasks
        .iter()
        .map(|&task| width(&label(page, task)))
        .max()
        .unwrap_or(0);
    let bar = START + longest + 1;
    let start = bar + 2;
    let room = page.width() - start;
    let mut latest = None;
    for row in rows {
        let index = tasks
            .iter()
            .position(|&task| Some(task) == row.task)
            .unwrap_or(0);
        let tone = match row.kind {
            RowKind::Operation => Tone::Task(index),
            RowKind::Aside => Tone::Dim,
            RowKind::Failure => Tone::Failure,
        };
        let place = page.clean(row.place.as_deref().unwrap_or(""));
        let mut lines: Vec<_> = wrap(&page.clean(&row.words), room)
            .into_iter()
            .map(|words| (words, tone))
            .collect();
        let at_end = width(&lines[0].0) + 2 + width(&place) <= room;
        let below = Some(place.clone()).filter(|place| !at_end && !place.is_empty());
        let code = row.code.as_deref().map(|code| page.clean(code));
        for text in below.into_iter().chain(code) {
            lines.push((clip(&text, room, &more), Tone::Dim));
        }
        for (number, (text, tone)) in lines.into_iter().enumerate() {
            let mut line = Line::default();
            if number == 0 {
                let shown = row
                    .number
                    .map_or(String::new(), |number| format!("{number:>3}"));
                line.put(0, shown, Tone::Dim);
                if let Some(task) = row.task.filter(|_| row.task != latest) {
                    line.put(START, label(page, task), Tone::Task(index));
                }
                if at_end {
                    line.put(page.width() - width(&place), place.as_str(), Tone::Dim);
                }
            }
            line.put(bar, page.sign('│').to_string(), Tone::Dim);
            line.put(start, text, tone);
            page.line(line);
        }
        latest = row.task;
    }
    page.gap();
}
