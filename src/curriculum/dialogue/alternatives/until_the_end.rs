//! What is heard up to the end, as an iterator; what is shown of it and answered is one line for each.

use kata::dialogue::{Console, Dialogue, FIN, WELCOME, Wire};
use std::iter;

/// What is checked.
pub type Solution = UntilTheEnd;

/// Has a party's texts as a sequence.
pub struct UntilTheEnd;

impl Dialogue for UntilTheEnd {
    fn serve(wire: &dyn Wire, console: &dyn Console) {
        let _ = wire.send(WELCOME);
        // Whichever way the sequence ends is the end of the dialogue.
        let _ = heard(wire)
            .inspect(|text| console.show(text))
            .take_while(|text| !is_the_end(text))
            .try_for_each(|_| answer(wire, console));
        let _ = wire.send(FIN);
        wire.close();
    }

    fn call(wire: &dyn Wire, console: &dyn Console) {
        let mut texts = heard(wire).take_while(|text| !is_the_end(text));
        let _ = texts.try_for_each(|text| {
            console.show(&text);
            answer(wire, console)
        });
        wire.close();
    }
}

/// What the other one says; after the wire is closed empty texts, which it cannot say.
fn heard(wire: &dyn Wire) -> impl Iterator<Item = String> + '_ {
    iter::repeat_with(|| wire.receive().unwrap_or_default())
}

fn is_the_end(text: &str) -> bool {
    text.is_empty() || text.eq_ignore_ascii_case(FIN)
}

/// Says the next line; `None` if there is none.
fn answer(wire: &dyn Wire, console: &dyn Console) -> Option<()> {
    let mut lines = iter::from_fn(|| console.ask());
    let line = lines.find(|line| !line.is_empty())?;
    // If nobody hears it, the end is what will be heard.
    let _ = wire.send(&line);
    Some(())
}
