//! What finding a fault costs, and how fast explorers run.
//!
//! `cargo bench -p benches` prints the tables below; `cargo bench -p benches -- speed` prints one
//! of them, `gallery`, `speed` or `exhaustive`, and `-- gallery account` one line. These were
//! measured on 2026-11-21, on a machine with 2 cores that others used too: times are too long by
//! about three, but numbers of executions are exact, and so are ratios measured in one run.
//!
//! # Schedules to the first failure
//!
//! Of the programs of the gallery: median and, in brackets, worst of 50 seeds. *kata* is what
//! generated exploration does, a mixture; *uniform*, *PCT 3* (Burckhardt et al., ASPLOS 2010, with
//! d = 3) and *POS* (Yuan, Yang and Gu, CAV 2018) run in the same engine, the last three columns in
//! shuttle 0.9. A dash is more than the 20,000 schedules that were tried; once more than half of
//! the seeds had come to that, the others were left out. Programs with a hundred threads had 10
//! seeds and 1,000 schedules.
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
//! | reorder_100 | 3 (3) | — (—) | — (—) | 365 (—) | — (—) | — (—) | — (—) |
//! | reorder_5 | 3 (3) | 25 (233) | 14 (167) | 12 (69) | 186 (1236) | 81 (382) | 15 (83) |
//! | stringbuffer | 4 (4) | 13 (109) | 20 (100) | 12 (59) | 11 (64) | 10 (79) | 6 (18) |
//! | stringbuffer | 4 (4) | 13 (109) | 20 (100) | 12 (59) | 11 (64) | 10 (79) | 6 (18) |
//! | token_ring | 2 (17) | 5 (49) | 5 (32) | 5 (48) | 4 (21) | 5 (57) | 4 (36) |
//! | token_ring | 2 (17) | 5 (49) | 5 (32) | 5 (48) | 4 (21) | 5 (57) | 4 (36) |
//! | twostage | 3 (3) | 9 (84) | 3 (18) | 6 (25) | 11 (55) | 7 (39) | 9 (211) |
//! | twostage | 3 (3) | 9 (84) | 3 (18) | 6 (25) | 11 (55) | 7 (39) | 9 (211) |
//! | twostage_100 | 3 (3) | 232 (—) | — (—) | 411 (775) | — (—) | — (—) | — (—) |
//! | twostage_100 | 3 (3) | 379 (1341) | — (—) | 243 (1201) | — (—) | — (—) | 497 (—) |
//! | wronglock | 1 (1) | 2 (7) | 10 (46) | 2 (4) | 2 (17) | 12 (103) | 2 (11) |
//! | wronglock | 1 (1) | 2 (7) | 10 (46) | 2 (4) | 2 (17) | 12 (103) | 2 (11) |
//!
//! Only for `lazy01` another explorer is sooner, by one schedule: it fails if the threads run in
//! the order of their creation, `account` if the first one comes last, and no first schedule is
//! both.
//!
//! # Executions per second
//!
//! Of sound programs, with a uniform random choice and one runner; the best of five rounds.
//!
//! | executions per second | kata | shuttle 0.9 | ratio |
//! |---|---|---|---|
//! | locked counter, 3 × 2 | 216767 | 56893 | 3.8 |
//! | ping-pong, 3 + 3 | 93933 | 29160 | 3.2 |
//! | bounded queue, 2 + 2 | 98814 | 27887 | 3.5 |
//!
//! # Exhaustive exploration
//!
//! *Distinct orders* are executions that differ in more than the order of operations that
//! commute: no explorer can do with fewer executions. *Redundant* ones were broken off when they
//! began to repeat others. *Plain* has a main thread that joins the others and checks; in a
//! *scenario* the last thread to finish does that. loom 0.7 was stopped after 30 s or 1,000,000
//! executions, the engine after 3,000,000. The engine also tries one wake-up without notification
//! in each execution, and every waiter that a notification can wake, which loom does not.
//!
//! | model | distinct orders | executions | redundant | time | loom, plain | loom, scenario |
//! |---|---|---|---|---|---|---|
//! | locked counter, 2 × 2 | 6 | 6 | 0 | 0.01 s (757/s) | 30 (22734/s) | 10 (33697/s) |
//! | locked counter, 3 × 1 | 6 | 6 | 0 | 0.00 s (58489/s) | 414 (6393/s) | 26 (2794/s) |
//! | locked counter, 3 × 2 | 90 | 90 | 0 | 0.00 s (153145/s) | 7847 (5517/s) | 539 (8697/s) |
//! | locked counter, 4 × 1 | 24 | 24 | 0 | 0.00 s (172977/s) | 56805 (4266/s) | 493 (5163/s) |
//! | five dining philosophers | 30 | 30 | 0 | 0.00 s (84338/s) | over its 5 threads | 309 (4504/s) |
//! | stock, 5 customers | 120 | 120 | 0 | 0.00 s (123199/s) | over its 5 threads | 52090 (4296/s) |
//! | queue, 1 producer × 3 | 112 | 192 | 0 | 0.00 s (132999/s) | 1392 (7429/s) | 560 (11363/s) |
//! | queue, 2 producers × 1 | 40 | 64 | 0 | 0.02 s (3844/s) | 6756 (5453/s) | 236 (7545/s) |
//! | queue, 2 producers × 2 | 14464 | 25728 | 0 | 1.00 s (25638/s) | > 133066 (4436/s) | > 177479 (5916/s) |
//! | queue, 2 + 2 threads | 216 | 352 | 0 | 0.00 s (104298/s) | > 108797 (3626/s) | 5717 (4535/s) |
//! | relay, 3 clients | 6000 | 6000 | 0 | 0.19 s (32313/s) | > 158621 (5287/s) | > 205804 (6859/s) |
//! | ping-pong, 2 + 2 | 216 | 352 | 0 | 0.00 s (158711/s) | > 108542 (3618/s) | 6476 (4416/s) |
//! | ping-pong, 3 + 3 | 117144 | 217440 | 0 | 7.33 s (29654/s) | over its 5 threads | over its 5 threads |
//! | ping-pong, 4 + 4 | > 1490112 | > 3000000 | 0 | 128.11 s (23417/s) | over its 5 threads | over its 5 threads |

#[cfg(not(loom))]
pub mod explored;
#[cfg(loom)]
pub mod loomed;
#[cfg(not(loom))]
pub mod measure;
// Each program is written once, and compiled over both.
#[allow(clippy::duplicate_mod)]
#[cfg(not(loom))]
pub mod shuttled;
#[cfg(not(loom))]
pub mod tables;
