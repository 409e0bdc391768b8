//! The command line: what there is to ask for, and how it ends.
//!
//! A verb is a file of `verbs`. It imports from `services` what it shares with others, and no other
//! verb; both end as `outcome` says. Nothing here runs learners' code in this process: their files
//! are built and run by cargo.

mod help;
mod outcome;
mod services;
mod verbs;
mod wrong;

use anstream::AutoStream;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use kata::harness::{self, INCONCLUSIVE, Terminal};
use kata::text;
use kata::texts::{self, Language};
use outcome::{CommandError, CommandResult};
use services::grading::recording;
use services::out::Out;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use verbs::{
    brief, check, completions, dev, grade, hint, list, play, replay, reset, run, show, site,
    solution, status, verify, watch,
};

const EXAMPLES: &str = "\
Examples:
  cargo kata                       where you stand, and what to do next
  cargo kata brief counter         what the kata asks for
  cargo kata check counter         check your file with every schedule
  cargo kata check counter --loom  and with weak memory
  cargo kata watch counter         the same, again whenever you save the file
  cargo kata replay counter:no_update_is_lost:1+1:1-1

Exit codes: 0 all is well, 1 a check failed, 2 the command line is wrong, 3 a check could not tell.";

/// The exit code of what was interrupted, as shells have it.
const INTERRUPTED: u8 = 130;

/// Learn to write correct concurrent code: every kata is checked over all interleavings.
#[derive(Parser)]
#[command(name = "kata", bin_name = "cargo kata", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Show where you stand and what to do next (so does no command at all)
    Status,
    /// List the katas
    List,
    /// Check your files under `katas/`
    Check(check::Arguments),
    /// Check the files that learners have handed in, and leave yours alone
    ///
    /// Each is built and run in a temporary folder of its own, several at a time. For which kata a
    /// file is its name says (`anna_counter.rs`), or that of the nearest folder which names one
    /// (`counter/anna.rs`).
    Grade(grade::Arguments),
    /// Check a file whenever you save it, with keys for what comes next
    Watch(watch::Arguments),
    /// Show what a kata asks for
    Brief(brief::Arguments),
    /// Show a hint, and the next one when asked again
    Hint(hint::Arguments),
    /// Show the course's solution, once your own passes
    Solution(solution::Arguments),
    /// Put a file back as it came; yours is kept
    Reset(reset::Arguments),
    /// Run a program that is made of a kata's solution
    #[command(subcommand)]
    Run(run::Program),
    /// Run one execution again, by the token that a failed check has printed
    Replay(replay::Arguments),
    /// Step through a failing execution in the browser: writes one HTML file
    ///
    /// The file needs no network and no other file. In it you step through the failing execution,
    /// with the line of each thread, the timeline, and who holds or waits for what; or you are the
    /// scheduler, choose at each step who goes on, and try to break the code with as little as
    /// possible. It holds all that can happen; where that is too much, it says so, and holds what
    /// disturbs the threads least.
    Show(show::Arguments),
    /// Be the scheduler: choose who goes on, and break the code
    Play(play::Arguments),
    /// Write a web site of all slips, to step through and to play, with the briefs
    ///
    /// A slip is a wrong solution of the kind that people write. Each has a page on which you step
    /// through the smallest execution that breaks it, and play; each kata has one with its brief. The
    /// site needs no network: open it from the disk, or put it on a server as it is.
    Site(site::Arguments),
    /// Check the course's solutions, and show what is known of each check
    Verify(verify::Arguments),
    /// For those who write katas, or programs that read results
    #[command(subcommand)]
    Dev(dev::Verb),
    /// Print the completions for a shell
    Completions(completions::Arguments),
}

impl Verb {
    /// True unless each sign matters to who reads it: a program, or what a program is compared with.
    fn speaks_to_people(&self) -> bool {
        match self {
            Verb::Check(arguments) => arguments.speaks_to_people(),
            Verb::Grade(arguments) => arguments.speaks_to_people(),
            Verb::Run(_) | Verb::Completions(_) | Verb::Dev(dev::Verb::Schema) => false,
            _ => true,
        }
    }
}

/// Parses the command line, and does what it asks for.
pub fn main() -> ExitCode {
    if let Some(code) = recording::in_the_place_of_rustc() {
        return code;
    }
    let spoken = harness::speak();
    let parsed = help::spoken(Cli::command())
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let verb = match parsed {
        Ok(parsed) => parsed.verb.unwrap_or(Verb::Status),
        Err(error) => return wrong_line(&error),
    };
    let ascii = verb.speaks_to_people() && Terminal::of_stdout().ascii;
    let stdout = match verb {
        // What programs print has no colours, and is not to be changed on its way.
        Verb::Run(_) => AutoStream::always_ansi(io::stdout()),
        _ => anstream::stdout(),
    };
    let mut out = Out::new(stdout, ascii);
    let outcome = spoken
        .map_err(CommandError::Usage)
        .and_then(|()| dispatch(verb, &mut out))
        .and_then(|()| Ok(out.flush()?));
    let (code, message) = match outcome {
        Ok(()) => (0, None),
        Err(CommandError::Failed) => (1, None),
        Err(CommandError::Inconclusive) => (INCONCLUSIVE, None),
        Err(CommandError::Io(error)) if error.kind() == ErrorKind::Interrupted => {
            let said = error.get_ref().map(ToString::to_string);
            (INTERRUPTED, said.or(Some(text!("interrupted").to_owned())))
        }
        Err(CommandError::Io(error)) => (1, Some(error.to_string())),
        Err(CommandError::Usage(message)) => (2, Some(message)),
    };
    if let Some(message) = message {
        // There is nowhere left to say that this fails.
        let _ = writeln!(
            anstream::stderr(),
            "{}",
            text!("error: {error}", error = message)
        );
    }
    ExitCode::from(code)
}

/// Says what is wrong with the command line; or shows the help, if that is what was asked for.
fn wrong_line(error: &clap::Error) -> ExitCode {
    // There is nowhere left to say that this fails.
    let _ = match wrong::told(error) {
        Some(text) => write!(anstream::stderr(), "{text}"),
        None => error.print(),
    };
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn dispatch(verb: Verb, out: &mut Out<impl Write + Send>) -> CommandResult {
    match verb {
        Verb::Status => status::status(out),
        Verb::List => list::list(out),
        Verb::Check(arguments) => check::check(&arguments, out),
        Verb::Grade(arguments) => grade::grade(&arguments, out),
        Verb::Watch(arguments) => watch::watch(&arguments, out),
        Verb::Hint(arguments) => hint::hint(&arguments, out),
        Verb::Solution(arguments) => solution::solution(&arguments, out),
        Verb::Reset(arguments) => reset::reset(&arguments, out),
        Verb::Show(arguments) => show::show(&arguments, out),
        Verb::Play(arguments) => play::play(&arguments, out),
        Verb::Site(arguments) => site::site(&arguments, out),
        Verb::Verify(arguments) => verify::verify(&arguments, out),
        Verb::Brief(arguments) => brief::brief(&arguments, out),
        Verb::Run(program) => run::run(&program, out),
        Verb::Replay(arguments) => replay::replay(&arguments, out),
        Verb::Dev(verb) => texts::speaking(Language::English, || develop(verb, out)),
        Verb::Completions(arguments) => completions::completions(&arguments, Cli::command(), out),
    }
}

/// What contributors ask for, who read English.
fn develop(verb: dev::Verb, out: &mut Out<impl Write + Send>) -> CommandResult {
    match verb {
        dev::Verb::New(arguments) => dev::new::new(&arguments, out),
        dev::Verb::Schema => dev::schema::schema(out),
        dev::Verb::Check(arguments) => dev::check::check(&arguments, Cli::command(), out),
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
