//! How much a program takes in a turn, whatever there is.

use super::*;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::TestBackend;
use std::collections::VecDeque;

/// A terminal without glass.
struct Paper {
    terminal: Terminal<TestBackend>,
    inputs: VecDeque<Input>,
    /// How long each input was waited for.
    waits: Vec<Duration>,
    drawn: usize,
    cleared: usize,
}

impl Paper {
    fn new(inputs: impl IntoIterator<Item = Input>) -> Self {
        let terminal = Terminal::new(TestBackend::new(20, 6));
        Paper {
            terminal: terminal.expect("a terminal"),
            inputs: inputs.into_iter().collect(),
            waits: Vec::new(),
            drawn: 0,
            cleared: 0,
        }
    }
}

impl Surface for Paper {
    fn size(&self) -> io::Result<Size> {
        self.terminal.size().map_err(io::Error::other)
    }

    fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.drawn += 1;
        let drawn = self.terminal.draw(draw);
        drawn.map(drop).map_err(io::Error::other)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.cleared += 1;
        Ok(())
    }

    fn input(&mut self, within: Duration) -> io::Result<Option<Input>> {
        self.waits.push(within);
        Ok(self.inputs.pop_front())
    }
}

/// Texts that arrive, all of them of one length, and what has been taken.
struct Listener {
    arriving: usize,
    length: usize,
    heard: usize,
    taken: usize,
    /// The server ends it after the last text.
    ends: bool,
}

impl Listener {
    fn to(arriving: usize, length: usize) -> Self {
        Listener {
            arriving,
            length,
            heard: 0,
            taken: 0,
            ends: false,
        }
    }
}

impl Program for Listener {
    fn draw(&mut self, _: &mut Frame) {}

    fn take(&mut self, input: Input) -> Flow {
        self.taken += 1;
        match input {
            Input::Redraw => Flow::Redraw,
            Input::End => Flow::Quit,
            _ => Flow::GoOn,
        }
    }

    fn hear(&mut self) -> Heard {
        if self.heard < self.arriving {
            self.heard += 1;
            return Heard::Something(self.length);
        }
        if self.ends {
            Heard::Quit
        } else {
            Heard::Nothing
        }
    }
}

fn letter() -> Input {
    Input::Key(KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE))
}

#[test]
fn of_a_flood_a_turn_takes_so_much_and_no_more() {
    for (arriving, length, at_a_time) in [
        (100_000, 10, MESSAGES),
        (100_000, 0, MESSAGES),
        (1000, BYTES, 1),
        (1000, BYTES - 1, 2),
        (1000, 2 * BYTES, 1),
    ] {
        let mut program = Listener::to(arriving, length);
        let (mut paper, mut turns) = (Paper::new([]), Turns::default());
        for turn in 1..=arriving / at_a_time {
            let flow = turns.turn(&mut paper, &mut program).expect("no trouble");
            assert_eq!(flow, Flow::GoOn);
            assert_eq!(program.heard, turn * at_a_time, "of {length} bytes");
            // Each time keys are looked for, and what has arrived is shown.
            assert_eq!((paper.waits.len(), paper.drawn), (turn, turn));
        }
        // Nobody waits for a key while there is more.
        assert!(paper.waits[1..].iter().all(Duration::is_zero));
    }
}

#[test]
fn a_key_is_taken_in_its_turn_however_much_arrives() {
    let mut program = Listener::to(100_000, 10);
    let (mut paper, mut turns) = (Paper::new([]), Turns::default());
    for turn in 1..=1000 {
        paper.inputs.push_back(letter());
        turns.turn(&mut paper, &mut program).expect("no trouble");
        assert_eq!(program.taken, turn);
    }
    paper.inputs.push_back(Input::End);
    let flow = turns.turn(&mut paper, &mut program).expect("no trouble");
    assert_eq!(flow, Flow::Quit);
    assert_eq!(program.heard, 1000 * MESSAGES);
}

#[test]
fn a_text_is_taken_in_its_turn_however_much_is_typed() {
    let mut program = Listener::to(10, 10);
    let mut paper = Paper::new((0..3 * BURST).map(|_| letter()));
    let mut turns = Turns::default();
    for turn in 1..=3 {
        turns.turn(&mut paper, &mut program).expect("no trouble");
        assert_eq!((program.taken, program.heard), (turn * BURST, 10));
        assert_eq!(paper.drawn, turn);
    }
}

#[test]
fn what_has_not_changed_is_not_drawn_again_unless_the_terminal_has() {
    let mut program = Listener::to(0, 0);
    let (mut paper, mut turns) = (Paper::new([]), Turns::default());
    let mut drawn = |paper: &mut Paper| {
        turns.turn(paper, &mut program).expect("no trouble");
        paper.drawn
    };
    assert_eq!((drawn(&mut paper), drawn(&mut paper)), (1, 1));
    paper.terminal.backend_mut().resize(40, 10);
    assert_eq!((drawn(&mut paper), drawn(&mut paper)), (2, 2));
    // The next turn shows what a key has changed, and all of it after this one.
    paper.inputs.extend([letter(), Input::Redraw]);
    assert_eq!((drawn(&mut paper), drawn(&mut paper)), (2, 3));
    assert_eq!(paper.cleared, 1);
    // While nothing arrives a key is waited for.
    let last = paper.waits.last();
    assert_eq!(last, Some(&TICK));
}

#[test]
fn a_program_runs_until_somebody_or_the_other_side_ends_it() {
    let mut program = Listener::to(5, 10);
    let mut paper = Paper::new([letter(), Input::End, letter()]);
    run(&mut paper, &mut program).expect("no trouble");
    assert_eq!((program.taken, program.heard), (2, 0));
    let mut program = Listener::to(5, 10);
    program.ends = true;
    run(&mut Paper::new([letter()]), &mut program).expect("no trouble");
    assert_eq!((program.taken, program.heard), (1, 5));
}
