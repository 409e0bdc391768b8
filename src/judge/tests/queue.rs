//! A queue as a specification, and histories of it at random.

use crate::judge::{CallId, History, Outcome, Specification};

/// A queue of numbers with room for so many, which can be closed.
pub(super) struct Queue(pub(super) usize);

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Call {
    Put(u8),
    Get,
    /// Any of those that are in.
    Any,
    Close,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Answer {
    Done,
    Refused,
    Item(u8),
    End,
}

pub(super) type State = (Vec<u8>, bool);

impl Specification for Queue {
    type State = State;
    type Call = Call;
    type Answer = Answer;

    fn initial(&self) -> State {
        State::default()
    }

    fn outcomes(&self, (items, is_closed): &State, call: &Call) -> Vec<Outcome<Answer, State>> {
        let without = |place: usize| {
            let mut left = items.clone();
            let item = left.remove(place);
            Outcome {
                answer: Answer::Item(item),
                state: (left, *is_closed),
            }
        };
        let stays = |answer| Outcome {
            answer,
            state: (items.clone(), *is_closed),
        };
        match call {
            Call::Put(_) if *is_closed => vec![stays(Answer::Refused)],
            Call::Put(_) if items.len() == self.0 => Vec::new(),
            Call::Put(item) => vec![Outcome {
                answer: Answer::Done,
                state: ([items.as_slice(), &[*item]].concat(), false),
            }],
            Call::Get | Call::Any if items.is_empty() && *is_closed => vec![stays(Answer::End)],
            Call::Get => (0..items.len().min(1)).map(without).collect(),
            Call::Any => (0..items.len()).map(without).collect(),
            Call::Close => vec![Outcome {
                answer: Answer::Done,
                state: (items.clone(), true),
            }],
        }
    }
}

/// Numbers that look like chance.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % bound
    }
}

/// What threads do with a queue that keeps its promise, except that one answer in eight is another
/// one, and one effect in sixteen comes after the return.
pub(super) fn random_history(random: &mut Random) -> (Queue, History<Call, Answer>) {
    let queue = Queue(1 + random.below(2));
    let mut history = History::new();
    let mut state = queue.initial();
    let mut open: Vec<(CallId, Call, Option<Answer>)> = Vec::new();
    for _ in 0..4 + random.below(12) {
        match random.below(3) {
            0 if open.len() < 4 => {
                let call = match random.below(7) {
                    0..3 => Call::Put(random.below(3) as u8),
                    3 => Call::Any,
                    4..6 => Call::Get,
                    _ => Call::Close,
                };
                open.push((history.begin(open.len(), call.clone()), call, None));
            }
            1 if !open.is_empty() => {
                let place = random.below(open.len());
                let (_, call, answer) = &mut open[place];
                let outcomes = queue.outcomes(&state, call);
                if answer.is_none() && !outcomes.is_empty() {
                    let outcome = outcomes[random.below(outcomes.len())].clone();
                    (*answer, state) = (Some(outcome.answer), outcome.state);
                }
            }
            _ => {
                let place = open.iter().position(|(_, _, answer)| answer.is_some());
                if let Some((id, _, Some(answer))) = place.map(|place| open.remove(place)) {
                    let wrong = [Answer::Done, Answer::Refused, Answer::End, Answer::Item(1)];
                    let is_wrong = random.below(8) == 0;
                    let answer = if is_wrong {
                        wrong[random.below(4)].clone()
                    } else {
                        answer
                    };
                    history.end(id, answer);
                }
            }
        }
    }
    if random.below(2) == 0 {
        history.rests();
    }
    (queue, history)
}
