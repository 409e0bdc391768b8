//! The `kata` command: `cargo kata` in a clone of the course.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
