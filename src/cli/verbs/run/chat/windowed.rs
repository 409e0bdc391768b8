//! `chat-client --screen`: the keyboard and the screen in this thread, the socket in two others.

use super::conversation::{ConnectionState, Conversation, Wish};
use super::draw::draw;
use crate::cli::services::screen::{Input, Screen};
use crossterm::execute;
use crossterm::terminal::{Clear, ClearType};
use kata::programs::chat::client;
use kata::programs::kit::framing::Framing;
use kata::sync::channel::{self, Receiver, RecvTimeoutError, Sender, TryRecvError};
use kata::sync::thread;
use kata::sync::time::{Duration, Instant};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;
use std::io::{self, Write};
use std::net::{Shutdown, TcpStream};

/// How long a message may go unseen.
const TICK: Duration = Duration::from_millis(50);

/// Time for sending the last line typed.
const PATIENCE: Duration = Duration::from_secs(1);

/// Messages that wait to be shown.
const WAITING: usize = 64;

/// Lines that wait to be sent. A paste can be that long.
const TYPED: usize = 10_000;

/// Keys that are taken before messages and the screen have their turn again.
const BURST: usize = 4096;

/// Talks to the server at this address until either side ends.
///
/// # Errors
/// If there is none, and those of the terminal.
pub fn run(address: &str, framing: Framing, out: &mut impl Write) -> io::Result<()> {
    let stream = &client::connect(address, out)?;
    let last = thread::scope(|scope| {
        let (heard, hearing) = channel::bounded(WAITING);
        let (saying, said) = channel::bounded(TYPED);
        scope.spawn(move || receive(stream, framing, &heard));
        scope.spawn(move || emit(stream, framing, &said));
        let last = converse(address, &hearing, saying);
        // The others may be waiting for the server, or for room that nobody makes any more.
        let _ = stream.shutdown(Shutdown::Both);
        drop(hearing);
        last
    })?;
    if let Some(text) = last {
        writeln!(out, "*{text}*")?;
    }
    writeln!(out, "Client arrêté. Connexion interrompue.")?;
    Ok(())
}

fn receive(stream: &TcpStream, framing: Framing, heard: &Sender<String>) {
    // It fails once nobody wants to hear it any more: then that is the end as well.
    let _ = client::receive(stream, framing, |text| {
        heard.send(text.to_owned()).map_err(io::Error::other)
    });
}

fn emit(mut stream: &TcpStream, framing: Framing, said: &Receiver<String>) {
    let mut bytes = Vec::new();
    for text in said {
        bytes.clear();
        framing.encode(&text, &mut bytes);
        if stream.write_all(&bytes).is_err() {
            return;
        }
    }
    // The server sees that nothing more comes, and ends the session.
    let _ = stream.shutdown(Shutdown::Write);
}

/// Shows what is heard and sends what is typed. If it is the server that ends it, returns the last
/// text that came after whatever was typed: it may say why.
fn converse(
    address: &str,
    hearing: &Receiver<String>,
    saying: Sender<String>,
) -> io::Result<Option<String>> {
    let mut window = Window {
        screen: Screen::enter_another()?,
        terminal: anew()?,
        conversation: Conversation::new(address),
        drawn: None,
        saying,
        last_sent: None,
        last_heard: None,
    };
    loop {
        window.draw()?;
        if window.take_inputs()? == Flow::Quit {
            break;
        }
        if window.take_messages(hearing) == Flow::Quit {
            return Ok(window.last_heard);
        }
    }
    window.leave(hearing)?;
    Ok(None)
}

type Glass = Terminal<CrosstermBackend<io::Stdout>>;

/// A terminal with nothing on it. (Its own `clear` would ask where the cursor is.)
fn anew() -> io::Result<Glass> {
    execute!(io::stdout(), Clear(ClearType::All))?;
    Terminal::new(CrosstermBackend::new(io::stdout()))
}

/// Whether the conversation goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    GoOn,
    Quit,
}

struct Window {
    /// Dropped before the screen is left.
    terminal: Glass,
    screen: Screen,
    conversation: Conversation,
    /// At which size, unless something has changed since.
    drawn: Option<Size>,
    saying: Sender<String>,
    last_sent: Option<Instant>,
    /// The last text that came after whatever was typed.
    last_heard: Option<String>,
}

impl Window {
    fn draw(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        if self.drawn != Some(size) {
            let conversation = &mut self.conversation;
            self.terminal.draw(|frame| draw(frame, conversation))?;
            self.drawn = Some(size);
        }
        Ok(())
    }

    /// Waits a moment for a key; takes all that are there before anything is drawn, since a paste
    /// is thousands of them.
    fn take_inputs(&mut self) -> io::Result<Flow> {
        let mut within = TICK;
        for _ in 0..BURST {
            let Some(input) = self.screen.input(within)? else {
                break;
            };
            within = Duration::ZERO;
            self.drawn = None;
            let wish = match input {
                Input::Key(key) => self.conversation.press(key),
                Input::Paste(text) => {
                    self.conversation.entry.paste(&text);
                    None
                }
                Input::Redraw => Some(Wish::Redraw),
                Input::End => Some(Wish::Quit),
            };
            match wish {
                Some(Wish::Quit) => return Ok(Flow::Quit),
                Some(Wish::Redraw) => self.terminal = anew()?,
                Some(Wish::Send(lines)) => self.send(lines),
                None => {}
            }
        }
        Ok(Flow::GoOn)
    }

    fn send(&mut self, lines: Vec<String>) {
        let all = lines.len();
        let mut lines = lines.into_iter();
        let sent = lines
            .by_ref()
            .take_while(|line| self.saying.try_send(line.clone()).is_ok());
        let sent = sent.count();
        self.conversation.sent(sent);
        self.conversation.state = if sent == all {
            ConnectionState::Connected
        } else {
            ConnectionState::Busy
        };
        if sent > 0 {
            self.last_sent = Some(Instant::now());
            self.last_heard = None;
        }
    }

    /// Takes the messages that are there, but not so many that keys would have to wait.
    fn take_messages(&mut self, hearing: &Receiver<String>) -> Flow {
        for _ in 0..WAITING {
            match hearing.try_recv() {
                Ok(text) => {
                    self.drawn = None;
                    self.conversation.add(&text);
                    self.last_heard = Some(text);
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Flow::Quit,
            }
        }
        Flow::GoOn
    }

    /// Sees that what was typed last is still sent. Whoever asks again does not wait for that.
    fn leave(mut self, hearing: &Receiver<String>) -> io::Result<()> {
        let is_recent = |sent: Instant| sent.elapsed() < PATIENCE;
        let all_has_arrived = self.saying.is_empty() && !self.last_sent.is_some_and(is_recent);
        if all_has_arrived {
            return Ok(());
        }
        self.conversation.state = ConnectionState::Leaving;
        self.drawn = None;
        self.draw()?;
        drop(self.saying);
        let start = Instant::now();
        // The server hangs up when it has read all.
        while start.elapsed() < PATIENCE {
            if hearing.recv_timeout(TICK) == Err(RecvTimeoutError::Disconnected) {
                break;
            }
            match self.screen.input(Duration::ZERO)? {
                Some(Input::Key(key)) if self.conversation.press(key) != Some(Wish::Quit) => {}
                Some(Input::Key(_) | Input::End) => break,
                _ => {}
            }
        }
        Ok(())
    }
}
