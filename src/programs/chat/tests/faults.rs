//! Clients that are faster or slower than others, and those who do harm.

use super::memory::{Client, Core};
use crate::programs::chat::settings::Settings;
use crate::programs::kit::framing::Framing;
use crate::programs::kit::tests::{Remote, World};
use crate::sync::time::Duration;

/// A little before patience is over, and a little more.
const NEARLY: Duration = Duration::from_millis(4_900);
const A_LITTLE: Duration = Duration::from_millis(200);

fn three(settings: &Settings) -> (Core, [Client; 3]) {
    let core = Core::new(settings);
    let clients = [core.connect(), core.connect(), core.connect()];
    (core, clients)
}

fn little_room() -> Settings {
    Settings {
        outbox: 4,
        ..Settings::default()
    }
}

fn lines(number: usize) -> String {
    (1..=number).map(|line| format!("{line}\n")).collect()
}

#[track_caller]
fn assert_hears(client: &Client, number: usize) {
    let heard = client.line.heard();
    assert_eq!(heard.len(), 1 + number, "{:?}", heard.last());
    let last = heard.last().map(|it| it.ends_with(&format!("> {number}")));
    assert_eq!(last, Some(true));
}

#[test]
fn a_burst_is_heard_by_all_who_read_however_little_room_there_is() {
    let (_core, [ana, bob, carol]) = three(&little_room());
    ana.sends(lines(10_000).as_bytes());
    assert_hears(&bob, 10_000);
    assert_hears(&carol, 10_000);
}

#[test]
fn who_takes_nothing_holds_up_the_others_until_patience_is_over() {
    let (core, [ana, bob, mut carol]) = three(&little_room());
    Remote::stall(&mut carol);
    ana.sends(lines(100).as_bytes());
    assert!(bob.line.heard().len() < 20, "ana waits for carol");
    core.pass(NEARLY);
    assert!(!carol.line.is_closed());
    core.pass(A_LITTLE);
    assert!(carol.line.is_closed());
    assert_hears(&bob, 100);
    core.screen()
        .lines(0, "Thread-3 lit trop lentement, connexion coupée.");
}

#[test]
fn who_takes_something_in_time_is_kept_however_slow_it_is() {
    let (core, [ana, bob, carol]) = three(&little_room());
    carol.takes(0);
    ana.sends(lines(50).as_bytes());
    let mut rounds = 0;
    while carol.line.heard().len() < 51 {
        core.pass(NEARLY);
        carol.takes(10);
        rounds += 1;
        assert!(rounds < 200, "{:?}", carol.line.heard().last());
    }
    assert!(rounds > 50, "it was slow");
    assert!(!carol.line.is_closed());
    assert_hears(&bob, 50);
}

#[test]
fn a_speaker_who_leaves_while_it_waits_is_waited_for_by_nobody() {
    let (core, [ana, bob, carol]) = three(&little_room());
    carol.takes(0);
    ana.sends(lines(100).as_bytes());
    bob.sends(b"moi aussi\nfin\n");
    core.pass(NEARLY);
    core.pass(A_LITTLE);
    let heard = ana.line.heard();
    assert_eq!(
        heard.last().map(String::as_str),
        Some("Thread-2> moi aussi")
    );
    core.screen().lines(0, "Client Thread-2 déconnecté.");
}

#[test]
fn nobody_hears_what_would_command_a_terminal() {
    for (framing, sent, shown) in [
        (
            Framing::Lines,
            "\x1b[2Jx\rThread-1> non\n",
            "␛[2Jx␍Thread-1> non",
        ),
        (
            Framing::Chunks,
            "salut\nThread-1> non",
            "salut␊Thread-1> non",
        ),
        (
            Framing::Chunks,
            "\u{202e}a\u{9b}b\u{2028}",
            "<U+202E>a<U+009B>b<U+2028>",
        ),
    ] {
        let (core, [_ana, bob, carol]) = three(&Settings {
            framing,
            ..Settings::default()
        });
        bob.sends(sent.as_bytes());
        let line = format!("Thread-2> {shown}");
        assert!(carol.line.heard().concat().ends_with(&line), "{line}");
        let screen = core.screen().lines(5, &line);
        assert_eq!(screen.len(), 5, "{screen:?}");
    }
}

#[test]
fn a_client_that_sends_no_lines_is_told_so_once() {
    let (core, [ana, bob, _carol]) = three(&Settings::default());
    ana.sends(b"bonjour");
    core.pass(Duration::from_secs(1));
    assert_eq!(ana.line.heard().len(), 1);
    core.pass(Duration::from_secs(2));
    let heard = ana.line.heard();
    assert!(heard[1].contains("attend des lignes"), "{heard:?}");
    core.notices()
        .lines(1, "Thread-1 sends text without the end of a line");
    ana.sends(b" encore");
    core.pass(Duration::from_secs(3));
    assert_eq!(ana.line.heard().len(), 2);
    ana.sends(b"\n");
    assert_eq!(bob.line.heard()[1], "Thread-1> bonjour encore");
}

#[test]
fn the_server_ends_when_its_patience_does_whatever_clients_do() {
    let (core, [ana, bob, carol]) = three(&little_room());
    carol.takes(0);
    ana.sends(lines(100).as_bytes());
    core.close();
    assert_eq!(bob.line.heard().last().map(String::as_str), Some("fin"));
    for _ in 0..4 {
        core.pass(Duration::from_secs(1));
        // It takes a little, again and again.
        carol.takes(1);
        assert!(!core.is_over());
    }
    core.pass(Duration::from_secs(1));
    assert!(core.is_over());
}

#[test]
fn who_leaves_and_goes_on_sending_is_cut_when_patience_is_over() {
    let (core, [ana, _bob, _carol]) = three(&Settings::default());
    ana.takes(1000);
    ana.says("fin");
    core.pass(NEARLY);
    ana.says("encore");
    assert!(
        core.screen()
            .lines(5, "")
            .iter()
            .all(|line| !line.contains("encore"))
    );
    core.pass(A_LITTLE);
    assert!(ana.line.is_closed());
}

#[test]
fn the_screen_shows_of_what_is_said_what_was_heard() {
    let (core, [mut ana, bob, mut carol]) = three(&little_room());
    // Bob waits for ana, who takes nothing; she waits for carol, who takes something in time.
    Remote::stall(&mut ana);
    Remote::stall(&mut carol);
    bob.sends(lines(100).as_bytes());
    ana.sends(lines(10_000).as_bytes());
    core.pass(NEARLY);
    carol.takes(50);
    core.pass(A_LITTLE);
    assert!(ana.line.is_closed() && !carol.line.is_closed());
    carol.takes(usize::MAX);
    let is_said: fn(&String) -> bool = |line| line.contains("> ");
    let mut heard = carol.line.heard();
    heard.retain(is_said);
    let mut shown = core.screen().lines(heard.len(), &heard[heard.len() - 1]);
    shown.retain(is_said);
    let other = shown
        .iter()
        .zip(&heard)
        .find(|(shown, heard)| shown != heard);
    assert_eq!((other, shown.len()), (None, heard.len()));
    let of_ana = heard.iter().filter(|line| line.starts_with("Thread-1> "));
    assert!(
        (1..10_000).contains(&of_ana.count()),
        "she is cut in the middle of it"
    );
}
