//! Where the parts of the echo client's screen are.

use ratatui::layout::{Constraint, Layout, Position, Rect};

/// What can have the focus, in the order of the Tab key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Address,
    Port,
    Connect,
    Message,
    Send,
}

impl Part {
    /// All of them, in their order.
    pub const ALL: [Part; 5] = [
        Part::Address,
        Part::Port,
        Part::Connect,
        Part::Message,
        Part::Send,
    ];

    /// The one after it; after the last one comes the first.
    pub fn next(self) -> Part {
        Part::ALL[(self as usize + 1) % Part::ALL.len()]
    }

    /// The one before it.
    pub fn previous(self) -> Part {
        Part::ALL[(self as usize + Part::ALL.len() - 1) % Part::ALL.len()]
    }
}

/// From so many columns on there are several parts in a row.
const WIDE: u16 = 60;

/// What a row of the screen has, or several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Row {
    Parts(&'static [Part]),
    State,
    Texts,
    Keys,
}

const WIDE_ROWS: &[Row] = &[
    Row::Parts(&[Part::Address, Part::Port, Part::Connect]),
    Row::State,
    Row::Texts,
    Row::Keys,
    Row::Parts(&[Part::Message, Part::Send]),
];

const NARROW_ROWS: &[Row] = &[
    Row::Parts(&[Part::Address]),
    Row::Parts(&[Part::Port, Part::Connect]),
    Row::State,
    Row::Texts,
    Row::Keys,
    Row::Parts(&[Part::Message]),
    Row::Parts(&[Part::Send]),
];

/// Where things are, as long as the terminal has this size and the state is told in so many rows.
#[derive(Clone, Default, Debug)]
pub struct Places {
    parts: Vec<(Part, Rect)>,
    pub state: Rect,
    pub texts: Rect,
    pub keys: Rect,
}

/// What the parts need.
pub struct Needs {
    /// How many rows the state is told in.
    pub state: u16,
    /// How many columns the two buttons take.
    pub connect: u16,
    pub send: u16,
    /// How many the port takes with its label.
    pub port: u16,
}

impl Places {
    /// Finds room for them. If it does not suffice for all, what has the focus comes first.
    pub fn new(area: Rect, focus: Part, needs: &Needs) -> Self {
        let is_wide = area.width >= WIDE;
        let rows = if is_wide { WIDE_ROWS } else { NARROW_ROWS };
        let heights = heights(rows, area.height, focus, needs.state);
        let mut places = Places::default();
        let mut y = area.y;
        for (row, height) in rows.iter().zip(heights) {
            let area = Rect { y, height, ..area };
            y += height;
            match *row {
                Row::Parts(parts) if height > 0 => places.lay_out(parts, area, is_wide, needs),
                Row::Parts(_) => {}
                Row::State => places.state = area,
                Row::Texts => places.texts = area,
                Row::Keys => places.keys = area,
            }
        }
        places
    }

    /// Puts parts side by side.
    fn lay_out(&mut self, parts: &[Part], area: Rect, is_wide: bool, needs: &Needs) {
        let widths = parts.iter().map(|part| match part {
            Part::Address | Part::Message => Constraint::Min(0),
            Part::Port if is_wide => Constraint::Length(needs.port),
            Part::Port => Constraint::Min(0),
            Part::Connect => Constraint::Length(needs.connect),
            Part::Send => Constraint::Length(needs.send),
        });
        let layout = Layout::horizontal(widths).spacing(u16::from(is_wide));
        let areas = layout.split(area);
        let places = parts.iter().copied().zip(areas.iter().copied());
        self.parts.extend(places);
    }

    /// The parts for which there is room, and where they are.
    pub fn parts(&self) -> impl Iterator<Item = (Part, Rect)> {
        self.parts.iter().copied()
    }

    /// What is at this place.
    pub fn part_at(&self, at: Position) -> Option<Part> {
        let mut parts = self.parts();
        parts
            .find(|(_, area)| area.contains(at))
            .map(|(part, _)| part)
    }
}

/// How high each of the rows is. The texts have what the others leave.
fn heights(rows: &[Row], height: u16, focus: Part, state: u16) -> Vec<u16> {
    // Each row as often as it wants one of the terminal's, with its rank.
    let wanted = rows.iter().enumerate().flat_map(|(index, row)| {
        let times = if *row == Row::State { state } else { 1 };
        (0..times).map(move |time| (rank(*row, time, focus), index))
    });
    let mut wanted: Vec<(u8, usize)> = wanted.collect();
    wanted.sort_unstable();
    let mut heights = vec![0; rows.len()];
    for (_, index) in wanted.iter().take(height.into()) {
        heights[*index] += 1;
    }
    let used: u16 = heights.iter().sum();
    if let Some(texts) = rows.iter().position(|row| *row == Row::Texts) {
        heights[texts] += height - used;
    }
    heights
}

/// What has to stay longest as the terminal becomes small, the lowest first.
fn rank(row: Row, time: u16, focus: Part) -> u8 {
    match row {
        Row::Parts(parts) if parts.contains(&focus) => 0,
        Row::Parts(parts) if parts.contains(&Part::Message) => 1,
        Row::State if time == 0 => 2,
        Row::Parts(parts) if parts.contains(&Part::Connect) => 3,
        Row::Parts(parts) if parts.contains(&Part::Send) => 4,
        Row::Parts(_) => 5,
        Row::State => 6,
        Row::Texts => 7,
        Row::Keys => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDS: Needs = Needs {
        state: 2,
        connect: 11,
        send: 9,
        port: 11,
    };

    #[test]
    fn however_small_the_terminal_is_what_has_the_focus_is_there_and_nothing_is_outside() {
        for focus in Part::ALL {
            for (width, height) in [(20, 6), (20, 1), (80, 1), (12, 2), (80, 24), (59, 5)] {
                let area = Rect::new(0, 0, width, height);
                let places = Places::new(area, focus, &NEEDS);
                let mut parts = places.parts();
                let found = parts.find(|(part, _)| *part == focus).map(|(_, area)| area);
                assert!(
                    found.is_some_and(|found| !found.is_empty()),
                    "{focus:?} in {area}"
                );
                let others = [places.state, places.texts, places.keys];
                let all = places.parts().map(|(_, area)| area).chain(others);
                let outside = all.filter(|it| !it.is_empty() && it.intersection(area) != *it);
                assert_eq!(outside.collect::<Vec<_>>(), [], "{focus:?} in {area}");
            }
        }
        // And where there is nothing, there is nothing.
        assert_eq!(
            Places::new(Rect::ZERO, Part::Send, &NEEDS).parts().count(),
            0
        );
    }

    #[test]
    fn tab_goes_round_and_back() {
        for part in Part::ALL {
            assert_eq!(part.next().previous(), part);
        }
        assert_eq!(Part::Send.next(), Part::Address);
        assert_eq!(Part::Address.previous(), Part::Send);
    }
}
