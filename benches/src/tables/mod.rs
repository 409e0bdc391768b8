//! The tables that `cargo bench -p benches` prints.

mod exhaustive;
mod gallery;
mod speed;
mod tasks;

use crate::chat;
#[cfg(unix)]
use crate::save;
use std::env;

/// Prints the tables that the arguments name, or all.
///
/// # Panics
/// Panics if there is no such table.
pub fn print() {
    #[cfg(unix)]
    save::run_cargo_timed();
    // cargo adds an option of its own.
    let arguments: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let words: Vec<_> = words.into_iter().filter(|w| !w.starts_with('-')).collect();
    match words[..] {
        [] => {
            gallery::print();
            println!();
            speed::print();
            println!();
            exhaustive::print();
            println!();
            tasks::print();
            println!();
            chat::print();
            #[cfg(unix)]
            {
                println!();
                save::print();
            }
        }
        ["gallery"] => gallery::print(),
        ["gallery", program] => gallery::print_line(program),
        ["speed"] => speed::print(),
        ["exhaustive"] => exhaustive::print(),
        ["tasks"] => tasks::print(),
        ["tasks", program] => tasks::print_line(program),
        ["chat"] => chat::print(),
        ["chat", clients] => chat::print_part(clients),
        #[cfg(unix)]
        ["save"] => save::print(),
        [chat::SERVE, design] => chat::serve(design),
        _ => panic!("the tables are `gallery`, `speed`, `exhaustive`, `tasks`, `chat` and `save`"),
    }
}
