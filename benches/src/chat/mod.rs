//! What a chat server delivers: ours, `kata`, beside others, all over loopback.
//!
//! `cargo bench -p benches -- chat` prints the table, `-- chat 10` the lines about so many clients. It
//! was measured on 2026-11-29, on a machine with 2 cores that were busy with other work all the time
//! (a load of about ten): rates are a half to a quarter of those that it had reached before, and only
//! lines of the same table can be compared.
//!
//! | clients | server | delivered/s | lost | p50 | p99 | memory per client | of its own | load generator | server at a fixed pace |
//! |---|---|---|---|---|---|---|---|---|---|
//! | 10 | kata | 700176 | 0 | 0.5 ms | 5.3 ms | 209 KiB | 24 KiB | 45 % | 10 % |
//! | 10 | textbook | 167271 | 0 | 2.8 ms | 17.5 ms | 54 KiB | 29 KiB | 24 % | 22 % |
//! | 10 | tokio | 141915 | 0 | 3.4 ms | 26.6 ms | 69 KiB | 32 KiB | 25 % | 22 % |
//! | 10 | tokio, batched | 603790 | 0 | 0.5 ms | 8.3 ms | 79 KiB | 42 KiB | 42 % | 17 % |
//! | 100 | kata | 1769391 | 0 | 2.2 ms | 11.7 ms | 17 KiB | 4 KiB | 30 % | 26 % |
//! | 100 | textbook | 130905 | 0 | 52.8 ms | 280.1 ms | 18 KiB | 16 KiB | 17 % | 40 % |
//! | 100 | tokio | 188006 | 1781132 | 23.7 ms | 88.2 ms | 20 KiB | 12 KiB | 31 % | 48 % |
//! | 100 | tokio, batched | 1476725 | 0 | 3.8 ms | 14.5 ms | 30 KiB | 22 KiB | 26 % | 39 % |
//! | 1000 | kata | 1982391 | 0 | 31.7 ms | 66.2 ms | 5 KiB | 3 KiB | 21 % | 24 % |
//! | 1000 | textbook | 54016 | 0 | 1574.4 ms | 2957.0 ms | 14 KiB | 14 KiB | 19 % | 28 % |
//! | 1000 | tokio | 159154 | 0 | 298.0 ms | 964.1 ms | 10 KiB | 10 KiB | 27 % | 36 % |
//! | 1000 | tokio, batched | 1583153 | 0 | 34.8 ms | 70.6 ms | 20 KiB | 20 KiB | 18 % | 32 % |
//!
//! *textbook* has a thread for each client that itself sends to all others, with the table locked;
//! *tokio* has a broadcast channel, and writes each message by itself; *tokio, batched* writes all
//! that wait at once, as *kata* does, which has one thread for all clients.
//!
//! Ten clients talk, each with ten messages of 48 bytes on their way; when one has reached
//! everybody, the next is sent. So times from sending to hearing are those under full load. *Lost*
//! is the sum of all three rounds, everything else is of the best one. A server has a process of
//! its own, and its *memory* is what that has grown by when everything has been said, divided by
//! clients: known on Linux only. With ten of them most of it is pages of the program, which are read
//! from its file when they are first needed and shared by all processes that run it. How many those
//! are depends on where the linker puts functions, and *kata*, spread over a larger library, has more
//! of them; *of its own* is the rest.
//!
//! All servers have the same *load generator*, one thread: that column is how much of a core it took.
//! The last one is how much of a core the server took at a fixed pace, half a million deliveries a
//! second at most.

mod broadcast;
mod load;
mod server;
mod textbook;

use load::{Crowd, Outcome, Pace};
use server::{Design, Memory, Running, allow_many_sockets};
pub(crate) use server::{SERVE, serve};
use std::io;
use std::time::Duration;

const CLIENTS: [usize; 3] = [10, 100, 1000];
/// How long the clients talk.
const DURATION: Duration = Duration::from_secs(2);
/// How often each is measured; the best counts, since other work only slows down.
const ROUNDS: usize = 3;

/// One measurement.
struct Measured {
    outcome: Outcome,
    /// By how much it has grown, all in all, where that is known.
    memory: Option<Memory>,
    /// The server's processor time for each second of talk at a fixed pace, in percent of a core,
    /// where that is known; and what was lost then.
    effort: Option<f64>,
    lost: u64,
}

impl Measured {
    fn per_second(&self) -> f64 {
        self.outcome.delivered as f64 / self.outcome.elapsed.as_secs_f64()
    }
}

/// Messages a second for the fixed pace: half a million deliveries at most.
fn pace(clients: usize) -> u32 {
    (500_000 / clients as u32).min(5_000)
}

/// Prints the table.
///
/// # Panics
/// Panics if a server or a client fails.
pub(crate) fn print() {
    print_for(&CLIENTS);
}

/// Prints the part of the table that is about so many clients.
///
/// # Panics
/// Panics if that is no number from 2 on, or if a server or a client fails.
pub(crate) fn print_part(clients: &str) {
    let clients = clients.parse().ok().filter(|clients| *clients >= 2);
    print_for(&[clients.expect("a number of clients: 2 or more")]);
}

fn print_for(crowds: &[usize]) {
    allow_many_sockets();
    println!(
        "| clients | server | delivered/s | lost | p50 | p99 | memory per client | of its own \
         | load generator | server at a fixed pace |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for &clients in crowds {
        let mut best = Design::ALL.map(|_| None::<Measured>);
        let mut lost = Design::ALL.map(|_| 0);
        for _ in 0..ROUNDS {
            for (index, design) in Design::ALL.into_iter().enumerate() {
                let measured = measure(design, clients).expect("sockets of this machine work");
                lost[index] += measured.lost;
                let best = &mut best[index];
                if best
                    .as_ref()
                    .is_none_or(|it| it.per_second() < measured.per_second())
                {
                    *best = Some(measured);
                }
            }
        }
        for ((design, best), lost) in Design::ALL.into_iter().zip(best).zip(lost) {
            print_line(clients, design, best.expect("a round"), lost);
        }
    }
}

fn measure(design: Design, clients: usize) -> io::Result<Measured> {
    let server = Running::start(design)?;
    let before = server.memory();
    let mut crowd = Crowd::connect(server.address, clients)?;
    let outcome = crowd.talk(DURATION, Pace::Full)?;
    let memory = server.memory().zip(before);
    drop((crowd, server));
    let server = Running::start(design)?;
    let mut crowd = Crowd::connect(server.address, clients)?;
    let start = server.effort();
    let paced = crowd.talk(DURATION, Pace::PerSecond(pace(clients)))?;
    let effort = server.effort().zip(start);
    Ok(Measured {
        effort: effort
            .map(|(end, start)| 100.0 * (end - start).as_secs_f64() / paced.elapsed.as_secs_f64()),
        lost: outcome.lost + paced.lost,
        outcome,
        memory: memory.map(|(after, before)| after.since(before)),
    })
}

fn print_line(clients: usize, design: Design, measured: Measured, lost: u64) {
    let rate = measured.per_second();
    let Measured {
        outcome,
        memory,
        effort,
        ..
    } = measured;
    let mut latencies = outcome.latencies;
    latencies.sort_unstable();
    let percentile = |percent: usize| {
        let latency = latencies.get(latencies.len() * percent / 100);
        latency.map_or(f64::NAN, |latency| f64::from(*latency) / 1000.0)
    };
    let per_client = |part: fn(Memory) -> u64| {
        memory.map_or("not known".to_owned(), |memory| {
            format!("{:.0} KiB", part(memory) as f64 / clients as f64)
        })
    };
    let (memory, own) = (per_client(|it| it.all), per_client(|it| it.own));
    let effort = effort.map_or("not known".to_owned(), |effort| format!("{effort:.0} %"));
    let busy = 100.0 * outcome.effort.as_secs_f64() / outcome.elapsed.as_secs_f64();
    println!(
        "| {clients} | {} | {rate:.0} | {lost} | {:.1} ms | {:.1} ms | {memory} | {own} | {busy:.0} % | {effort} |",
        design.name(),
        percentile(50),
        percentile(99),
    );
}
