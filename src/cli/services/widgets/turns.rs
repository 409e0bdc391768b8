//! A program on the whole terminal. It has turns: it is drawn if it has changed, then it takes inputs,
//! and then what arrives. It takes so much of either that the other one never has to wait long.

use crate::cli::services::screen::{Input, Screen};
use crossterm::execute;
use crossterm::terminal::{Clear, ClearType};
use kata::sync::time::Duration;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;
use ratatui::{Frame, Terminal};
use std::io;

#[cfg(test)]
mod tests;

/// How long what arrives may go unseen.
const TICK: Duration = Duration::from_millis(50);

/// Inputs that are taken before what arrives and the screen have their turn again.
const BURST: usize = 4096;

/// Messages that are taken before inputs and the screen have their turn again.
const MESSAGES: usize = 64;

/// And bytes of them: the next message is left for the next turn.
const BYTES: usize = 64 * 1024;

/// What has the whole terminal.
pub trait Program {
    /// Fits itself into the frame, and draws itself.
    fn draw(&mut self, frame: &mut Frame);

    /// Does what an input asks for.
    fn take(&mut self, input: Input) -> Flow;

    /// Takes the next thing that has arrived, without waiting for it.
    fn hear(&mut self) -> Heard;
}

/// How a program goes on after an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flow {
    GoOn,
    /// With everything drawn anew: something else has written on the screen.
    Redraw,
    Quit,
}

/// What a program has taken of what arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heard {
    /// Something of so many bytes.
    Something(usize),
    Nothing,
    /// That was the end.
    Quit,
}

/// What programs are drawn on, and what their inputs come from.
pub trait Surface {
    /// How large it is.
    ///
    /// # Errors
    /// Those of the terminal, as for all of these.
    fn size(&self) -> io::Result<Size>;

    /// Shows what is drawn.
    fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()>;

    /// Forgets what is shown, so that all of it is drawn.
    fn clear(&mut self) -> io::Result<()>;

    /// The next input, if one comes in this time.
    fn input(&mut self, within: Duration) -> io::Result<Option<Input>>;
}

/// Lets the program have the terminal until it ends, or somebody wants it to.
///
/// # Errors
/// Those of the terminal.
pub fn run(surface: &mut impl Surface, program: &mut impl Program) -> io::Result<()> {
    let mut turns = Turns::default();
    while turns.turn(surface, program)? == Flow::GoOn {}
    Ok(())
}

/// The turns of a program.
#[derive(Default)]
struct Turns {
    /// At which size it is drawn, unless something has changed since.
    drawn: Option<Size>,
    /// More has arrived than was taken: then nobody waits for a key.
    has_more: bool,
}

impl Turns {
    fn turn(&mut self, surface: &mut impl Surface, program: &mut impl Program) -> io::Result<Flow> {
        let size = surface.size()?;
        if self.drawn != Some(size) {
            surface.draw(|frame| program.draw(frame))?;
            self.drawn = Some(size);
        }
        if self.take_inputs(surface, program)? == Flow::Quit {
            return Ok(Flow::Quit);
        }
        Ok(self.take_messages(program))
    }

    /// Waits a moment for a key; takes all that are there before anything is drawn, since a paste
    /// is thousands of them.
    fn take_inputs(
        &mut self,
        surface: &mut impl Surface,
        program: &mut impl Program,
    ) -> io::Result<Flow> {
        let mut within = if self.has_more { Duration::ZERO } else { TICK };
        for _ in 0..BURST {
            let Some(input) = surface.input(within)? else {
                break;
            };
            within = Duration::ZERO;
            self.drawn = None;
            match program.take(input) {
                Flow::GoOn => {}
                Flow::Redraw => surface.clear()?,
                Flow::Quit => return Ok(Flow::Quit),
            }
        }
        Ok(Flow::GoOn)
    }

    fn take_messages(&mut self, program: &mut impl Program) -> Flow {
        let (mut messages, mut all) = (0, 0);
        while messages < MESSAGES && all < BYTES {
            match program.hear() {
                Heard::Something(bytes) => {
                    self.drawn = None;
                    messages += 1;
                    all += bytes;
                }
                Heard::Nothing => {
                    self.has_more = false;
                    return Flow::GoOn;
                }
                Heard::Quit => return Flow::Quit,
            }
        }
        self.has_more = true;
        Flow::GoOn
    }
}

type Glass = Terminal<CrosstermBackend<io::Stdout>>;

/// The terminal, as a surface. It is given back when this is dropped.
pub struct FullScreen {
    /// Dropped before the screen is left.
    glass: Glass,
    screen: Screen,
}

impl FullScreen {
    /// On the screen, which has been taken over.
    ///
    /// # Errors
    /// Those of the terminal.
    pub fn on(screen: Screen) -> io::Result<Self> {
        Ok(FullScreen {
            glass: anew()?,
            screen,
        })
    }
}

/// A terminal with nothing on it. (Its own `clear` would ask where the cursor is.)
fn anew() -> io::Result<Glass> {
    execute!(io::stdout(), Clear(ClearType::All))?;
    Terminal::new(CrosstermBackend::new(io::stdout()))
}

impl Surface for FullScreen {
    fn size(&self) -> io::Result<Size> {
        self.glass.size()
    }

    fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.glass.draw(draw)?;
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.glass = anew()?;
        Ok(())
    }

    fn input(&mut self, within: Duration) -> io::Result<Option<Input>> {
        self.screen.input(within)
    }
}
