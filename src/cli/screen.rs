//! The terminal, key by key, and given back as it was however the command ends.

// A signal handler can do no more than set a flag, and no exploration sees it.
#![allow(clippy::disallowed_types)]

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A terminal that hands out keys one by one.
pub struct Screen {
    /// Somebody asks the process to end.
    ends: Arc<AtomicBool>,
    /// Whether it understands more than plain lines.
    is_dumb: bool,
}

/// What came from the keyboard, or from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    Letter(char),
    Forward,
    Back,
    Quit,
}

impl Screen {
    /// Takes the terminal over, until it is dropped.
    pub fn enter() -> io::Result<Screen> {
        let ends = Arc::new(AtomicBool::new(false));
        #[cfg(unix)]
        for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
            signal_hook::flag::register(signal, Arc::clone(&ends))?;
        }
        terminal::enable_raw_mode()?;
        Ok(Screen {
            ends,
            is_dumb: std::env::var("TERM").is_ok_and(|term| term == "dumb"),
        })
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

    /// The next key, if one comes in this time.
    pub fn key(&self, within: Duration) -> io::Result<Option<Key>> {
        // Relaxed has no partner: nothing else is told by it.
        if self.ends.load(Ordering::Relaxed) {
            return Ok(Some(Key::Quit));
        }
        if !event::poll(within)? {
            return Ok(None);
        }
        let Event::Key(key) = event::read()? else {
            return Ok(None);
        };
        if key.kind == KeyEventKind::Release {
            return Ok(None);
        }
        let with_control = key.modifiers.contains(KeyModifiers::CONTROL);
        Ok(match key.code {
            KeyCode::Char('c' | 'd') if with_control => Some(Key::Quit),
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
        // There is nobody left to say it to if this fails.
        let _ = terminal::disable_raw_mode();
        let _ = writeln!(anstream::stdout());
    }
}
