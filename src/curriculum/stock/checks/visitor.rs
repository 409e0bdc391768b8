//! The clients of the checks.

use crate::curriculum::seen::{Operations, called, called_back};
use crate::curriculum::stock::contract::{Client, Delivery, Stock};
use crate::text;

/// What a client was answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Delivery(Delivery),
    Refusal,
}

/// A client that keeps an eye on how it is served.
pub(super) struct Visitor {
    wanted: Option<u32>,
    before_order: Option<Box<dyn FnOnce() + Send>>,
    before_answer: Option<Box<dyn FnOnce(Answer) + Send>>,
    was_asked: bool,
    answer: Option<Answer>,
    /// How many operations its actions have performed.
    operations: usize,
}

impl Visitor {
    /// A client that orders at once so many bottles, or says nothing.
    pub(super) fn new(wanted: Option<u32>) -> Self {
        Visitor {
            wanted,
            before_order: None,
            before_answer: None,
            was_asked: false,
            answer: None,
            operations: 0,
        }
    }

    /// Does this before it orders.
    pub(super) fn before_order(mut self, action: impl FnOnce() + Send + 'static) -> Self {
        self.before_order = Some(Box::new(action));
        self
    }

    /// Does this before it has its answer.
    pub(super) fn before_answer(mut self, action: impl FnOnce(Answer) + Send + 'static) -> Self {
        self.before_answer = Some(Box::new(action));
        self
    }

    /// Lets the stock serve this client, and returns the answer.
    ///
    /// What the explorer does not see it cannot check: so who is delivered something has to have done
    /// something that can be explored. A refusal may be wrong, and says so better by itself.
    pub(super) fn visit(mut self, stock: &dyn Stock) -> Answer {
        let before = Operations::now();
        called("serve", || stock.serve(&mut self));
        let Some(answer) = self.answer else {
            panic!(
                "{}",
                text!("`serve` has returned, and the client has no answer")
            )
        };
        if matches!(answer, Answer::Delivery(_)) {
            before.must_be_followed_by_more_than(self.operations, "serve");
        }
        answer
    }

    /// What a client does is not the stock's.
    fn act(&mut self, action: impl FnOnce()) {
        let before = Operations::now();
        called_back(action);
        self.operations += before.since();
    }

    fn answer(&mut self, answer: Answer) {
        assert!(
            self.was_asked,
            "{}",
            text!("the client is answered without being asked for its order")
        );
        assert!(
            self.answer.is_none(),
            "{}",
            text!(
                "the client gets a second answer: {answer}",
                answer = format!("{answer:?}")
            )
        );
        if let Some(action) = self.before_answer.take() {
            self.act(|| action(answer));
        }
        self.answer = Some(answer);
    }
}

impl Client for Visitor {
    fn order(&mut self) -> Option<u32> {
        assert!(
            !self.was_asked,
            "{}",
            text!("the client is asked twice for its order")
        );
        self.was_asked = true;
        if let Some(action) = self.before_order.take() {
            self.act(action);
        }
        self.wanted
    }

    fn deliver(&mut self, delivery: Delivery) {
        self.answer(Answer::Delivery(delivery));
    }

    fn refuse(&mut self) {
        self.answer(Answer::Refusal);
    }
}
