//! What finding a fault costs, and how fast explorers run.
//!
//! `cargo bench -p benches` prints the tables below; `cargo bench -p benches -- speed` prints one
//! of them, `gallery`, `speed`, `exhaustive`, `tasks`, `chat` or `save`, `-- gallery account` one line, and
//! `-- chat 10` what is about so many clients. What the chat server delivers stands in the module
//! `chat`, and how long a learner waits for a verdict in the module `save`. The others were measured on 2026-11-21, on a
//! machine with 2 cores that were busy with other work too: times vary by a factor of three or so
//! from run to run, numbers of executions do not.
//!
//! # Schedules to the first failure
//!
//! Of the programs of the gallery: median and, in brackets, worst of 50 seeds. *kata* is what
//! generated exploration does, a mixture; *uniform*, *PCT 3* (Burckhardt et al., ASPLOS 2010, with
//! d = 3) and *POS* (Yuan, Yang and Gu, CAV 2018) run in the same engine, the last three columns in
//! shuttle 0.9. A dash is more than the 20,000 schedules that were tried, or the 2,000 of programs with
//! a hundred threads; once more than half of the seeds had come to that, the others were left out.
//!
//! | median (worst) of 50 seeds | kata | uniform | PCT 3 | POS | shuttle random | shuttle PCT 3 | shuttle URW |
//! |---|---|---|---|---|---|---|---|
//! | account | 1 (1) | 2 (11) | 2 (9) | 2 (12) | 4 (41) | 4 (11) | 3 (12) |
//! | bluetooth_driver | 4 (4) | 14 (97) | 6 (71) | 10 (53) | 28 (92) | 15 (94) | 23 (1401) |
//! | bounded_buffer | 3 (5) | 8 (32) | 12 (92) | 5 (20) | 4 (24) | 46 (162) | 4 (22) |
//! | carter01 | 1 (1) | 1 (5) | 1 (1) | 1 (10) | 2 (9) | 4 (11) | 2 (5) |
//! | circular_buffer | 1 (1) | 1 (3) | 1 (6) | 1 (2) | 1 (2) | 2 (6) | 1 (2) |
//! | deadlock01 | 1 (1) | 1 (5) | 1 (1) | 2 (11) | 3 (9) | 3 (9) | 2 (8) |
//! | dining_philosophers | 1 (1) | 4 (18) | 113 (1021) | 8 (53) | 37 (229) | 53 (426) | 7 (29) |
//! | lazy01 | 2 (2) | 2 (17) | 2 (10) | 3 (10) | 2 (6) | 1 (1) | 2 (7) |
//! | queue | 1 (1) | 1 (1) | 1 (23) | 1 (1) | 1 (1) | 4 (9) | 1 (1) |
//! | reorder_5 | 3 (3) | 25 (233) | 14 (167) | 12 (69) | 186 (1236) | 81 (382) | 15 (83) |
//! | reorder_100 | 3 (3) | 1469 (—) | — (—) | 266 (1742) | — (—) | — (—) | — (—) |
//! | stringbuffer | 4 (4) | 13 (109) | 20 (100) | 12 (59) | 11 (64) | 10 (79) | 6 (18) |
//! | token_ring | 2 (17) | 5 (49) | 5 (32) | 5 (48) | 4 (21) | 5 (57) | 4 (36) |
//! | twostage | 3 (3) | 9 (84) | 3 (18) | 6 (25) | 11 (55) | 7 (39) | 9 (211) |
//! | twostage_100 | 3 (3) | 379 (1341) | — (—) | 243 (1201) | — (—) | — (—) | 497 (—) |
//! | wronglock | 1 (1) | 2 (7) | 10 (46) | 2 (4) | 2 (17) | 12 (103) | 2 (11) |
//!
//! Only for `lazy01` another explorer is sooner, by one schedule: it fails if the threads run in
//! the order of their creation, `account` if the first one comes last, and no first schedule is
//! both.
//!
//! # Executions per second
//!
//! Of sound programs, with a uniform random choice and one runner; the best of five rounds. Measured
//! again on 2026-11-29, with nothing beside.
//!
//! | executions per second | kata | shuttle 0.9 | ratio |
//! |---|---|---|---|
//! | locked counter, 3 × 2 | 386885 | 104228 | 3.7 |
//! | ping-pong, 3 + 3 | 187298 | 60348 | 3.1 |
//! | bounded queue, 2 + 2 | 190770 | 62733 | 3.0 |
//!
//! # Exhaustive exploration
//!
//! *Distinct orders* are executions that differ in more than the order of operations that
//! commute: in that of others, or in who is woken. With that notion of what commutes no explorer
//! can do with fewer. *Redundant* ones were broken off when they
//! began to repeat others. *Plain* has a main thread that joins the others and checks; in a
//! *scenario* the last thread to finish does that. loom 0.7 was stopped after 30 s or 1,000,000
//! executions, the engine after 3,000,000. The engine also tries one wake-up without notification
//! in each execution, and every waiter that a notification can wake, which loom does not.
//!
//! | model | distinct orders | executions | redundant | time | loom, plain | loom, scenario |
//! |---|---|---|---|---|---|---|
//! | locked counter, 2 × 2 | 6 | 6 | 0 | 0.00 s (1459/s) | 30 (20720/s) | 10 (33105/s) |
//! | locked counter, 3 × 1 | 6 | 6 | 0 | 0.00 s (63103/s) | 414 (4884/s) | 26 (23265/s) |
//! | locked counter, 3 × 2 | 90 | 90 | 0 | 0.00 s (192424/s) | 7847 (6615/s) | 539 (9083/s) |
//! | locked counter, 4 × 1 | 24 | 24 | 0 | 0.00 s (167453/s) | 56805 (5213/s) | 493 (8053/s) |
//! | five dining philosophers | 30 | 30 | 0 | 0.00 s (66358/s) | over its 5 threads | 309 (4899/s) |
//! | stock, 5 customers | 120 | 120 | 0 | 0.00 s (122062/s) | over its 5 threads | 52090 (5157/s) |
//! | queue, 1 producer × 3 | 192 | 192 | 0 | 0.00 s (126315/s) | 1392 (9990/s) | 560 (12831/s) |
//! | queue, 2 producers × 1 | 64 | 64 | 0 | 0.00 s (136606/s) | 6756 (6315/s) | 236 (8191/s) |
//! | queue, 2 producers × 2 | 25728 | 25728 | 0 | 0.69 s (37188/s) | > 198923 (6631/s) | > 514286 (17143/s) |
//! | queue, 2 + 2 threads | 352 | 352 | 0 | 0.00 s (118311/s) | > 234934 (7831/s) | 5717 (11215/s) |
//! | relay, 3 clients | 6000 | 6000 | 0 | 0.12 s (48151/s) | > 277314 (9244/s) | 220677 (10532/s) |
//! | ping-pong, 2 + 2 | 352 | 352 | 0 | 0.01 s (42887/s) | > 173658 (5788/s) | 6476 (6663/s) |
//! | ping-pong, 3 + 3 | 217440 | 217440 | 0 | 5.66 s (38421/s) | over its 5 threads | over its 5 threads |
//! | ping-pong, 4 + 4 | > 3000000 | > 3000000 | 0 | 96.40 s (31122/s) | over its 5 threads | over its 5 threads |
//!
//! # Tasks of async code
//!
//! Beside shuttle's futures, which are run at random. A task of ours is a fiber with a stack of its own,
//! theirs is a future. The exhaustive exploration was stopped after 1,000,000 executions, of which some
//! are redundant. Measured on 2026-11-30.
//!
//! | sound program | executions | executions/s | generated/s | shuttle random, per second |
//! |---|---|---|---|---|
//! | gather of 3 | 1190 | 19211 | 36581 | 66613 |
//! | executor, 2 threads, 3 tasks | 2400 | 49083 | 65625 | 40239 |
//! | semaphore, 3 permits, 5 tasks | > 861009 | 11198 | 19894 | 27358 |
//!
//! A dash is more than the 20,000 schedules that were tried: shuttle polls with one waker only.
//!
//! | schedules to the first failure: median (worst) of 20 seeds | generated | exhaustive | shuttle random |
//! |---|---|---|---|
//! | the waker is left after the look | 5 (12) | 7 | 7 (21) |
//! | the first waker is kept for ever | 46 (299) | 5 | — (—) |
//! | a permit is lost with who was given it | 2 (11) | 4 | 3 (15) |
//! | a permit is given to who is gone | 14 (33) | 71 | 3 (17) |
//! | the executor loses a wake-up in a poll | 22 (94) | 16 | 10 (52) |

#[cfg(not(loom))]
mod chat;
#[cfg(not(loom))]
pub mod explored;
#[cfg(loom)]
pub mod loomed;
#[cfg(not(loom))]
pub mod measure;
#[cfg(all(unix, not(loom)))]
mod save;
// Each program is written once, and compiled over both.
#[allow(clippy::duplicate_mod)]
#[cfg(not(loom))]
pub mod shuttled;
#[cfg(not(loom))]
pub mod tables;
