//! What a chat server delivers: ours, `kata`, beside two others.

mod broadcast;
mod load;
mod server;
mod textbook;

use load::{Crowd, Outcome};
use server::{Design, Running, allow_many_sockets};
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
    /// KiB, all in all, where that is known.
    memory: Option<u64>,
}

impl Measured {
    fn per_second(&self) -> f64 {
        self.outcome.delivered as f64 / self.outcome.elapsed.as_secs_f64()
    }
}

/// Prints the table.
///
/// # Panics
/// Panics if a server or a client fails.
pub(crate) fn print() {
    allow_many_sockets();
    println!(
        "| clients | server | delivered/s | lost | p50 | p99 | memory per client | load generator |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for clients in CLIENTS {
        let mut best = Design::ALL.map(|_| None::<Measured>);
        let mut lost = Design::ALL.map(|_| 0);
        for _ in 0..ROUNDS {
            for (index, design) in Design::ALL.into_iter().enumerate() {
                let measured = measure(design, clients).expect("sockets of this machine work");
                lost[index] += measured.outcome.lost;
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
    let outcome = crowd.talk(DURATION)?;
    let memory = server.memory().zip(before);
    Ok(Measured {
        outcome,
        memory: memory.map(|(after, before)| after.saturating_sub(before)),
    })
}

fn print_line(clients: usize, design: Design, measured: Measured, lost: u64) {
    let rate = measured.per_second();
    let Measured { outcome, memory } = measured;
    let mut latencies = outcome.latencies;
    latencies.sort_unstable();
    let percentile = |percent: usize| {
        let latency = latencies.get(latencies.len() * percent / 100);
        latency.map_or(f64::NAN, |latency| f64::from(*latency) / 1000.0)
    };
    let memory = memory.map_or("not known".to_owned(), |memory| {
        format!("{:.0} KiB", memory as f64 / clients as f64)
    });
    let busy = 100.0 * outcome.effort.as_secs_f64() / outcome.elapsed.as_secs_f64();
    println!(
        "| {clients} | {} | {rate:.0} | {lost} | {:.1} ms | {:.1} ms | {memory} | {busy:.0} % |",
        design.name(),
        percentile(50),
        percentile(99),
    );
}
