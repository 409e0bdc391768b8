//! Programs and outcomes as text: this is what a failing test prints.

use super::program::{Code, End, Left, Op, Program, Seen, Target, all_ends, ends_used};
use std::fmt::{self, Display, Formatter, Write};

const INDENT: &str = "    ";
const CHANNELS: [&str; 4] = ["of_1", "of_2", "unbounded", "of_0"];
const CONDVARS: [&str; 3] = ["c0 of m0", "c1 of m0", "c2 of m1"];

impl Display for Seen {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Seen::Value(value) => return value.fmt(f),
            Seen::Yes => "yes",
            Seen::No => "no",
            Seen::Empty => "empty",
            Seen::Full => "full",
            Seen::Disconnected => "disconnected",
            Seen::TimedOut => "timed-out",
            Seen::Replaced => "replaced",
        })
    }
}

impl Display for Target {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Target::Thread(index) => write!(f, "t{index}"),
            Target::Child(nth) => write!(f, "child {nth}"),
            Target::Parent => f.write_str("parent"),
        }
    }
}

impl Display for Op {
    /// One line, but for a spawn, which is followed by the child's code.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        use Op::*;
        match self {
            Lock(m) => write!(f, "lock m{m}"),
            TryLock(m) => write!(f, "try_lock m{m}"),
            LockFor(m) => write!(f, "try_lock_for m{m}"),
            IsLocked(m) => write!(f, "is_locked m{m}"),
            Read(r) => write!(f, "read r{r}"),
            TryRead(r) => write!(f, "try_read r{r}"),
            ReadFor(r) => write!(f, "try_read_for r{r}"),
            Write(r) => write!(f, "write r{r}"),
            TryWrite(r) => write!(f, "try_write r{r}"),
            WriteFor(r) => write!(f, "try_write_for r{r}"),
            Downgrade => f.write_str("downgrade the latest guard"),
            IsHeld(r) => write!(f, "is_locked r{r}"),
            IsWriting(r) => write!(f, "is_locked_exclusive r{r}"),
            Unlock => f.write_str("drop the latest guard"),
            UnlockFirst => f.write_str("drop the first guard"),
            Bump => f.write_str("add 1 under the latest guard"),
            Wait(c) => write!(f, "wait {}", CONDVARS[*c]),
            WaitFor(c) => write!(f, "wait_for {}", CONDVARS[*c]),
            NotifyOne(c) => write!(f, "notify_one {}", CONDVARS[*c]),
            NotifyAll(c) => write!(f, "notify_all {}", CONDVARS[*c]),
            Send(c) => write!(f, "send {}", CHANNELS[*c]),
            TrySend(c) => write!(f, "try_send {}", CHANNELS[*c]),
            SendTimeout(c) => write!(f, "send_timeout {}", CHANNELS[*c]),
            Recv(c) => write!(f, "recv {}", CHANNELS[*c]),
            TryRecv(c) => write!(f, "try_recv {}", CHANNELS[*c]),
            RecvTimeout(c) => write!(f, "recv_timeout {}", CHANNELS[*c]),
            Select(c, d) => write!(f, "select recv {} or {}", CHANNELS[*c], CHANNELS[*d]),
            SelectFor(c, d) => write!(f, "select recv {} or {}, timed", CHANNELS[*c], CHANNELS[*d]),
            Len(c) => write!(f, "len {}", CHANNELS[*c]),
            DropSender(c) => write!(f, "drop sender {}", CHANNELS[*c]),
            DropReceiver(c) => write!(f, "drop receiver {}", CHANNELS[*c]),
            Load(a) => write!(f, "load a{a}"),
            Store(a, new) => write!(f, "store a{a} {new}"),
            Swap(a, new) => write!(f, "swap a{a} {new}"),
            CompareExchange(a, old, new) => write!(f, "compare_exchange a{a} {old} → {new}"),
            CompareExchangeWeak(a, old, new) => {
                write!(f, "compare_exchange_weak a{a} {old} → {new}")
            }
            FetchAdd(a) => write!(f, "fetch_add a{a} 1"),
            Spawn(_) => f.write_str("spawn"),
            Join(nth) => write!(f, "join child {nth}"),
            IsFinished(nth) => write!(f, "is_finished child {nth}"),
            Park => f.write_str("park"),
            ParkTimeout => f.write_str("park_timeout"),
            Unpark(target) => write!(f, "unpark {target}"),
            Pend => f.write_str("pend"),
            PendFor => f.write_str("pend_for"),
            Wake(target, Left::First) => write!(f, "wake {target} by its first waker"),
            Wake(target, Left::Latest) => write!(f, "wake {target} by its latest waker"),
            WakeSelf => f.write_str("wake the own task"),
            Complete(target) => write!(f, "complete what {target} awaits"),
            IsDone(target) => write!(f, "ask for what {target} awaits"),
            PollResult => f.write_str("poll the own result"),
            Yield => f.write_str("yield"),
            Sleep => f.write_str("sleep"),
            IfSaw(seen) => write!(f, "if the last result is {seen}:"),
            PanicIfSaw(seen) => write!(f, "panic if the last result is {seen}"),
        }
    }
}

impl Display for Program {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (index, code) in self.0.iter().enumerate() {
            writeln!(f, "t{index}:")?;
            write_code(f, code, 1)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

fn write_code(f: &mut Formatter<'_>, code: &Code, depth: usize) -> fmt::Result {
    let mut is_condition_met = 0;
    for op in code {
        writeln!(f, "{}{op}", INDENT.repeat(depth + is_condition_met))?;
        if let Op::Spawn(child) = op {
            write_code(f, child, depth + is_condition_met + 1)?;
        }
        is_condition_met = usize::from(matches!(op, Op::IfSaw(_)));
    }
    write_ends(f, ends_used(code), depth)
}

/// The ends that a thread drops last, unless it has done so before.
fn write_ends(f: &mut Formatter<'_>, ends: u8, depth: usize) -> fmt::Result {
    let names: Vec<String> = all_ends()
        .filter(|end| ends & end.bit() != 0)
        .map(|end| match end {
            End::Sender(channel) => format!("sender {}", CHANNELS[channel]),
            End::Receiver(channel) => format!("receiver {}", CHANNELS[channel]),
        })
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    writeln!(
        f,
        "{}(then drop {})",
        INDENT.repeat(depth),
        names.join(", ")
    )
}

/// Results with a space before each.
pub(super) fn results(log: &[Seen]) -> String {
    log.iter().fold(String::new(), |mut text, seen| {
        let _ = write!(text, " {seen}");
        text
    })
}
