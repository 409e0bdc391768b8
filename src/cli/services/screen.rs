//! The terminal, key by key, and given back as it was however the command ends.

// No exploration sees what a signal sets, nor the thread that waits for it.
#![allow(clippy::disallowed_types, clippy::disallowed_methods)]

use super::stop;
use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use crossterm::terminal::{self, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, execute};
use kata::harness::Terminal;
use std::io::{self, Write};
use std::panic;
use std::process;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// The terminal is not as it was, and a panic has to see to that before it says anything.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);
/// And shows another screen than its own.
static IS_ANOTHER: AtomicBool = AtomicBool::new(false);
/// And tells where the mouse is, instead of letting it select text.
static HAS_MOUSE: AtomicBool = AtomicBool::new(false);
/// Somebody asks the process to end.
static IS_TO_END: AtomicBool = AtomicBool::new(false);

/// How long the process may take to end by itself once it is asked to.
const PATIENCE: Duration = Duration::from_secs(2);
/// What it ends with if it does not.
const EXIT_CODE: i32 = 1;

/// How long crossterm takes to look: in no time at all it sees nothing.
const MOMENT: Duration = Duration::from_millis(1);

/// Rows for each notch of the mouse's wheel.
const NOTCH: isize = 3;

/// A terminal that hands out keys one by one.
pub struct Screen {
    /// Whether it understands more than plain lines.
    is_dumb: bool,
    shown: Shown,
}

/// What it shows, and what it hands out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// What stood there before, and what comes below it.
    Same,
    /// A screen of its own.
    Another,
    /// That too, and it hands out what the mouse does.
    AnotherWithMouse,
}

/// What came from the terminal, or from outside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    Key(KeyEvent),
    /// A text that was pasted as a whole.
    Paste(String),
    /// A click on this place.
    Click {
        column: u16,
        row: u16,
    },
    /// A turn of the mouse's wheel: so many rows back.
    Wheel(isize),
    /// What is shown has to be shown again: the terminal has another size, or is back.
    Redraw,
    /// Somebody asks the process to end.
    End,
}

/// What came from the keyboard, or from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    Letter(char),
    Forward,
    Back,
    Quit,
    /// None, but what is shown has to be shown again: the terminal has another size, or is back.
    Redraw,
}

impl Screen {
    /// Takes the terminal over, until it is dropped.
    pub fn enter() -> io::Result<Screen> {
        Screen::enter_as(Shown::Same)
    }

    /// The same, with a screen of its own: what stood there before comes back in the end.
    pub fn enter_another() -> io::Result<Screen> {
        Screen::enter_as(Shown::Another)
    }

    /// The same again, with the mouse: then it no longer selects text.
    pub fn enter_with_mouse() -> io::Result<Screen> {
        Screen::enter_as(Shown::AnotherWithMouse)
    }

    fn enter_as(shown: Shown) -> io::Result<Screen> {
        end_on_request();
        stop::on_request()?;
        give_back_on_panic();
        let screen = Screen {
            is_dumb: Terminal::is_dumb(),
            shown,
        };
        screen.take()?;
        Ok(screen)
    }

    /// From now on keys come one by one, and are not shown.
    fn take(&self) -> io::Result<()> {
        terminal::enable_raw_mode()?;
        IS_TAKEN.store(true, Ordering::SeqCst);
        if self.shown != Shown::Same {
            IS_ANOTHER.store(true, Ordering::SeqCst);
            execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        }
        if self.shown == Shown::AnotherWithMouse {
            HAS_MOUSE.store(true, Ordering::SeqCst);
            execute!(io::stdout(), EnableMouseCapture)?;
        }
        Ok(())
    }

    /// Takes the terminal over again, which somebody else has used meanwhile.
    fn take_again(&self) -> io::Result<Input> {
        // What it believes to be set already, it does not set.
        terminal::disable_raw_mode()?;
        self.take()?;
        Ok(Input::Redraw)
    }

    /// Shows a text in the place of what was there.
    pub fn show(&self, text: &str) -> io::Result<()> {
        let mut out = anstream::stdout().lock();
        if !self.is_dumb {
            out.write_all(b"\x1b[2J\x1b[H")?;
        }
        // In this mode a line feed does not go back to the first column.
        out.write_all(text.replace('\n', "\r\n").as_bytes())?;
        out.flush()
    }

    /// What comes next, if something does in this time. Ctrl-Z is no input: it stops the process.
    pub fn input(&self, within: Duration) -> io::Result<Option<Input>> {
        if IS_TO_END.load(Ordering::SeqCst) {
            return Ok(Some(Input::End));
        }
        if stop::is_asked_for() {
            give_back();
            stop::stop()?;
            return self.take_again().map(Some);
        }
        if stop::is_over() {
            return self.take_again().map(Some);
        }
        // One read brings many keys, which no wait of the system's knows of.
        if is_hung_up(Duration::ZERO)? || (!event::poll(MOMENT)? && is_hung_up(within)?) {
            return Ok(Some(Input::End));
        }
        if !event::poll(MOMENT)? {
            let input = was_given_back().then(|| self.take_again());
            return input.transpose();
        }
        Ok(match event::read()? {
            Event::Key(key) if key.kind == KeyEventKind::Release => None,
            Event::Key(key) if is_control(key, 'z') => {
                stop::ask_all()?;
                None
            }
            Event::Key(key) => Some(Input::Key(key)),
            Event::Paste(text) => Some(Input::Paste(text)),
            Event::Mouse(mouse) => of_mouse(mouse),
            Event::Resize(..) => Some(Input::Redraw),
            _ => None,
        })
    }

    /// The next key, if one comes in this time.
    pub fn key(&self, within: Duration) -> io::Result<Option<Key>> {
        let key = match self.input(within)? {
            Some(Input::Key(key)) => key,
            Some(Input::Redraw) => return Ok(Some(Key::Redraw)),
            Some(Input::End) => return Ok(Some(Key::Quit)),
            Some(Input::Paste(_) | Input::Click { .. } | Input::Wheel(_)) | None => {
                return Ok(None);
            }
        };
        let with_control = key.modifiers.contains(KeyModifiers::CONTROL);
        Ok(match key.code {
            KeyCode::Char('c' | 'd') if with_control => Some(Key::Quit),
            // What some terminals send for it.
            KeyCode::Char('h') if with_control => Some(Key::Back),
            KeyCode::Char(_) if with_control => None,
            KeyCode::Char('q') | KeyCode::Esc => Some(Key::Quit),
            KeyCode::Right | KeyCode::Down | KeyCode::Char(' ') => Some(Key::Forward),
            KeyCode::Left | KeyCode::Up | KeyCode::Backspace => Some(Key::Back),
            KeyCode::Char(letter) => Some(Key::Letter(letter.to_ascii_lowercase())),
            _ => None,
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// How many columns and rows there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    pub columns: usize,
    pub rows: usize,
}

impl Size {
    /// What is left if other things need so many rows.
    pub fn without(self, rows: usize) -> Size {
        Size {
            rows: self.rows.saturating_sub(rows),
            ..self
        }
    }
}

/// How many columns and rows there are; `None` where what is shown stays, or nobody knows.
pub fn size() -> Option<Size> {
    let (columns, rows) = terminal::size().ok().filter(|_| !Terminal::is_dumb())?;
    Some(Size {
        columns: columns.into(),
        rows: rows.into(),
    })
}

/// From now on a request to end is an input; a process has one such handler.
fn end_on_request() {
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // Without it the process ends at once, and the terminal has to be reset by hand.
        let _ = ctrlc::set_handler(|| {
            IS_TO_END.store(true, Ordering::SeqCst);
            // Reading from a terminal that is gone can go on for ever, and then nobody hears of it.
            thread::sleep(PATIENCE);
            give_back();
            process::exit(EXIT_CODE);
        });
    });
}

/// What the mouse does, if it is more than to move.
fn of_mouse(mouse: MouseEvent) -> Option<Input> {
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click {
            column: mouse.column,
            row: mouse.row,
        }),
        MouseEventKind::ScrollUp => Some(Input::Wheel(NOTCH)),
        MouseEventKind::ScrollDown => Some(Input::Wheel(-NOTCH)),
        _ => None,
    }
}

fn is_control(key: KeyEvent, letter: char) -> bool {
    key.code == KeyCode::Char(letter) && key.modifiers.contains(KeyModifiers::CONTROL)
}

/// True if a shell has made the terminal its own, as it does when somebody else stops this process.
#[cfg(unix)]
fn was_given_back() -> bool {
    use rustix::termios::{LocalModes, tcgetattr};
    let is_for_lines = |modes: LocalModes| modes.contains(LocalModes::ICANON);
    tcgetattr(io::stdin()).is_ok_and(|modes| is_for_lines(modes.local_modes))
}

#[cfg(not(unix))]
fn was_given_back() -> bool {
    false
}

/// Waits this long for something to read; true if there is no terminal any more. There crossterm's
/// own wait would go on for ever, and never be idle.
#[cfg(unix)]
fn is_hung_up(within: Duration) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = io::stdin();
    let mut terminal = [PollFd::new(&stdin, PollFlags::IN)];
    let within = Timespec::try_from(within).ok();
    match poll(&mut terminal, within.as_ref()) {
        Ok(_) => Ok(terminal[0]
            .revents()
            .intersects(PollFlags::HUP | PollFlags::ERR)),
        // The terminal's size may have changed.
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn is_hung_up(within: Duration) -> io::Result<bool> {
    event::poll(within).map(|_| false)
}

/// Makes the terminal what it was, if it is not.
fn give_back() {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    // There is nobody left to say it to if this fails.
    if HAS_MOUSE.swap(false, Ordering::SeqCst) {
        // First of all: what the mouse does from now on would be shown.
        let _ = execute!(io::stdout(), DisableMouseCapture);
    }
    let _ = terminal::disable_raw_mode();
    let _ = if IS_ANOTHER.swap(false, Ordering::SeqCst) {
        execute!(
            io::stdout(),
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        )
    } else {
        writeln!(anstream::stdout())
    };
}

/// What a panic says would vanish with the screen that it is said on.
fn give_back_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            give_back();
            before(info);
        }));
    });
}
