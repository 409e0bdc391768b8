//! The clients, all in one thread, which follows every message to everyone who is to hear it.

use super::server::welcome;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Those who talk; all the others only listen.
const SPEAKERS: usize = 10;
/// Messages of one speaker that are on their way; when one has reached everybody, the next is sent.
const WINDOW: usize = 10;
/// A message, with its newline: two numbers, and filling.
const LENGTH: usize = 48;
/// After so much time without any delivery, what has not come is lost.
const SILENCE: Duration = Duration::from_secs(3);

/// How fast the speakers talk.
#[derive(Clone, Copy)]
pub(super) enum Pace {
    /// As fast as they are heard.
    Full,
    /// All of them together so many messages a second.
    PerSecond(u32),
}

/// What came of a load.
pub(super) struct Outcome {
    pub(super) delivered: u64,
    pub(super) lost: u64,
    pub(super) elapsed: Duration,
    /// What each delivery took, in microseconds, in no order.
    pub(super) latencies: Vec<u32>,
    /// The processor time of this thread.
    pub(super) effort: Duration,
}

/// Clients that have been welcomed.
pub(super) struct Crowd {
    poll: Poll,
    clients: Vec<Client>,
    speakers: Vec<Speaker>,
    latencies: Vec<u32>,
    last_delivery: Instant,
}

struct Client {
    stream: TcpStream,
    /// The beginning of a line.
    pending: Vec<u8>,
    /// The number of the next message of each speaker.
    next: Vec<usize>,
}

#[derive(Default)]
struct Speaker {
    /// By number: when it was sent, and how many have not heard it yet.
    messages: Vec<(Instant, usize)>,
}

impl Crowd {
    /// Connects so many clients, one after the other.
    ///
    /// # Errors
    /// Those of the system; or if the welcome is another one.
    pub(super) fn connect(address: SocketAddr, clients: usize) -> io::Result<Self> {
        let poll = Poll::new()?;
        let speakers = clients.min(SPEAKERS);
        let mut crowd = Vec::new();
        for token in 0..clients {
            let mut stream = std::net::TcpStream::connect(address)?;
            let mut heard = vec![0; welcome().len()];
            stream.read_exact(&mut heard)?;
            if heard != welcome().as_bytes() {
                return Err(io::Error::other("not the welcome"));
            }
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            let mut stream = TcpStream::from_std(stream);
            let registry = poll.registry();
            registry.register(&mut stream, Token(token), Interest::READABLE)?;
            crowd.push(Client {
                stream,
                pending: Vec::new(),
                next: vec![0; speakers],
            });
        }
        Ok(Crowd {
            poll,
            clients: crowd,
            speakers: (0..speakers).map(|_| Speaker::default()).collect(),
            latencies: Vec::new(),
            last_delivery: now(),
        })
    }

    /// Talks for some time, and then listens until everything has come or nothing comes.
    ///
    /// # Errors
    /// If a connection ends.
    ///
    /// # Panics
    /// Panics if a client hears what it must not: itself, something twice, or out of order.
    pub(super) fn talk(&mut self, duration: Duration, pace: Pace) -> io::Result<Outcome> {
        let effort = effort();
        let start = now();
        let window = match pace {
            Pace::Full => WINDOW,
            Pace::PerSecond(_) => 0,
        };
        for speaker in 0..self.speakers.len() {
            for _ in 0..window {
                self.say(speaker)?;
            }
        }
        let mut paced = 0;
        self.last_delivery = start;
        let mut events = Events::with_capacity(self.clients.len());
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let is_over = start.elapsed() >= duration;
            let is_paced = matches!(pace, Pace::PerSecond(_)) && !is_over;
            let is_heard = self.missing() == 0 || self.last_delivery.elapsed() >= SILENCE;
            if is_heard && !is_paced {
                break;
            }
            let mut timeout = SILENCE;
            if let Pace::PerSecond(rate) = pace
                && is_paced
            {
                while f64::from(paced) < start.elapsed().as_secs_f64() * f64::from(rate) {
                    self.say(paced as usize % self.speakers.len())?;
                    paced += 1;
                }
                timeout = Duration::from_millis(1);
            }
            self.poll.poll(&mut events, Some(timeout))?;
            for event in &events {
                for speaker in self.listen(event.token().0, &mut buffer)? {
                    if !is_over && window > 0 {
                        self.say(speaker)?;
                    }
                }
            }
        }
        Ok(Outcome {
            delivered: self.latencies.len() as u64,
            lost: self.missing() as u64,
            elapsed: self.last_delivery - start,
            latencies: std::mem::take(&mut self.latencies),
            effort: self::effort() - effort,
        })
    }

    /// Deliveries that have not come yet.
    fn missing(&self) -> usize {
        let messages: usize = self.speakers.iter().map(|it| it.messages.len()).sum();
        messages * (self.clients.len() - 1) - self.latencies.len()
    }

    fn say(&mut self, speaker: usize) -> io::Result<()> {
        let number = self.speakers[speaker].messages.len();
        let mut line = format!("{speaker:02} {number:08} ").into_bytes();
        line.resize(LENGTH - 1, b'.');
        line.push(b'\n');
        let others = self.clients.len() - 1;
        self.speakers[speaker].messages.push((now(), others));
        // It always fits, for no more than the window is on its way.
        self.clients[speaker].stream.write_all(&line)
    }

    /// Reads all that has come to a client, and returns whose messages have now reached everybody.
    fn listen(&mut self, client: usize, buffer: &mut [u8]) -> io::Result<Vec<usize>> {
        let mut complete = Vec::new();
        loop {
            let length = match self.clients[client].stream.read(buffer) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(length) => length,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(complete),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            self.last_delivery = now();
            let mut bytes = &buffer[..length];
            while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
                let mut pending = std::mem::take(&mut self.clients[client].pending);
                if pending.is_empty() {
                    complete.extend(self.hear(client, &bytes[..end]));
                } else {
                    pending.extend_from_slice(&bytes[..end]);
                    complete.extend(self.hear(client, &pending));
                    pending.clear();
                }
                self.clients[client].pending = pending;
                bytes = &bytes[end + 1..];
            }
            self.clients[client].pending.extend_from_slice(bytes);
        }
    }

    /// Notes that a line has come; says who speaks if all have heard it now.
    fn hear(&mut self, client: usize, line: &[u8]) -> Option<usize> {
        let message = &line[line.len() + 1 - LENGTH..];
        let speaker = digits(&message[..2]);
        let number = digits(&message[3..11]);
        assert_ne!(client, speaker, "nobody hears itself");
        let next = &mut self.clients[client].next[speaker];
        assert!(*next <= number, "a message twice, or out of order");
        *next = number + 1;
        let (sent, missing) = &mut self.speakers[speaker].messages[number];
        let latency = self.last_delivery - *sent;
        self.latencies.push(latency.as_micros() as u32);
        *missing -= 1;
        (*missing == 0).then_some(speaker)
    }
}

fn digits(text: &[u8]) -> usize {
    let digit = |number, byte: &u8| number * 10 + usize::from(byte - b'0');
    text.iter().fold(0, digit)
}

// No explorer runs this.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}

/// The processor time of this thread so far; nothing where it is not known.
fn effort() -> Duration {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        let time = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
    }
    #[cfg(not(unix))]
    Duration::ZERO
}
