//! A check: one named property of a contract, written once and run by every back end.

use crate::explore::model::scenario::Scenario;
use crate::text;
use proptest::strategy::{SBoxedStrategy, Strategy};
use std::fmt::{self, Debug, Display};
use std::str::FromStr;
use std::sync::Arc;

/// What a scenario is run with: how many threads, how many operations each, and so on.
///
/// Its text form stands in schedule tokens: it must parse back, and hold none of `: @` or spaces.
pub trait Parameters:
    Debug + Display + FromStr<Err: Display> + Clone + Send + Sync + 'static
{
}

impl<T> Parameters for T where
    T: Debug + Display + FromStr<Err: Display> + Clone + Send + Sync + 'static
{
}

/// A workload: parameters, and the scenario that they make.
#[derive(Clone)]
pub struct Workload {
    /// The parameters, in their text form: what tokens, programs and command lines name it by.
    pub label: String,
    /// The parameters, as they are told to people: "two adders, one increment each".
    pub in_words: String,
    build: Build,
}

type Build = Arc<dyn Fn() -> Scenario + Send + Sync>;

impl Workload {
    /// A workload that runs what `build` makes, and has no words but its label.
    pub fn new(
        label: impl Into<String>,
        build: impl Fn() -> Scenario + Send + Sync + 'static,
    ) -> Self {
        let label = label.into();
        Workload {
            in_words: labelled(&label),
            label,
            build: Arc::new(build),
        }
    }

    /// The workload, told in these words.
    pub fn told(self, in_words: impl Into<String>) -> Self {
        Workload {
            in_words: in_words.into(),
            ..self
        }
    }

    /// The workload whose scenarios are these, changed.
    pub(crate) fn changed(
        &self,
        change: impl Fn(Scenario) -> Scenario + Send + Sync + 'static,
    ) -> Self {
        let build = Arc::clone(&self.build);
        Workload {
            build: Arc::new(move || change(build())),
            ..self.clone()
        }
    }

    /// Makes the scenario; called once for every execution, inside it.
    pub fn scenario(&self) -> Scenario {
        (self.build)()
    }

    /// What makes the scenario.
    pub(crate) fn build(&self) -> Build {
        Arc::clone(&self.build)
    }
}

impl Debug for Workload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Workload({})", self.label)
    }
}

/// What is said of a workload that nobody has words for.
fn labelled(label: &impl Display) -> String {
    text!("workload {label}", label)
}

type ParseWorkload = Arc<dyn Fn(&str) -> Result<Workload, String> + Send + Sync>;

/// Labels of the workloads that are larger by one step than the one with this label.
type Grow = Arc<dyn Fn(&str) -> Vec<String> + Send + Sync>;

/// One named property of a contract.
#[derive(Clone)]
pub struct Check {
    /// The property as a name: `no_update_is_lost`.
    pub name: &'static str,
    /// The property as a sentence for learners.
    pub promise: &'static str,
    /// Workloads for generated schedules.
    pub generated: SBoxedStrategy<Workload>,
    /// The workloads that are explored exhaustively, smallest first.
    pub exhaustive: Vec<Workload>,
    /// The workloads that loom explores.
    pub loom: Vec<Workload>,
    /// Large workloads, from small to large; see [`with_long_runs`](Self::with_long_runs).
    pub long: Vec<Workload>,
    parse: ParseWorkload,
    grow: Option<Grow>,
}

impl Check {
    /// A check of `promise` on the scenarios that `scenario` makes of the given parameters.
    ///
    /// `exhaustive` and `loom` list parameters from small to large: failures are shown with
    /// the first that fails. People read the parameters' text form; [`told`](Self::told) has words.
    pub fn new<P: Parameters>(
        name: &'static str,
        promise: &'static str,
        generated: impl Strategy<Value = P> + Send + Sync + 'static,
        exhaustive: impl IntoIterator<Item = P>,
        loom: impl IntoIterator<Item = P>,
        scenario: impl Fn(&P) -> Scenario + Send + Sync + 'static,
    ) -> Self {
        Self::told(
            name, promise, labelled, generated, exhaustive, loom, scenario,
        )
    }

    /// The same, of parameters that people read in words: here the check knows what its numbers are
    /// numbers of.
    ///
    /// ```
    /// # extern crate engine as kata;
    /// use kata::explore::{Check, Scenario};
    /// use proptest::strategy::Just;
    ///
    /// let check = Check::told(
    ///     "all_come_home",
    ///     "Whoever sets out comes home.",
    ///     |ships: &u8| match ships {
    ///         1 => "one ship".to_owned(),
    ///         _ => format!("{ships} ships"),
    ///     },
    ///     Just(20),
    ///     [1, 20],
    ///     [],
    ///     |_| Scenario::new(),
    /// );
    /// assert_eq!(check.exhaustive[0].label, "1");
    /// assert_eq!(check.exhaustive[0].in_words, "one ship");
    /// assert_eq!(check.workload("20").unwrap().in_words, "20 ships");
    /// ```
    pub fn told<P: Parameters>(
        name: &'static str,
        promise: &'static str,
        in_words: impl Fn(&P) -> String + Send + Sync + 'static,
        generated: impl Strategy<Value = P> + Send + Sync + 'static,
        exhaustive: impl IntoIterator<Item = P>,
        loom: impl IntoIterator<Item = P>,
        scenario: impl Fn(&P) -> Scenario + Send + Sync + 'static,
    ) -> Self {
        Self::with(
            name,
            promise,
            Arc::new(in_words),
            generated.sboxed(),
            exhaustive.into_iter().collect(),
            loom.into_iter().collect(),
            Arc::new(scenario),
        )
    }

    /// Apart from [`told`](Self::told), and of as few types as can be: it is compiled once for each
    /// kind of parameters, and not for each of the many solutions that a check is made for.
    fn with<P: Parameters>(
        name: &'static str,
        promise: &'static str,
        in_words: Arc<dyn Fn(&P) -> String + Send + Sync>,
        generated: SBoxedStrategy<P>,
        exhaustive: Vec<P>,
        loom: Vec<P>,
        scenario: Arc<dyn Fn(&P) -> Scenario + Send + Sync>,
    ) -> Self {
        let workload = move |parameters: P| {
            let (scenario, in_words) = (Arc::clone(&scenario), in_words(&parameters));
            Workload::new(parameters.to_string(), move || scenario(&parameters)).told(in_words)
        };
        Check {
            name,
            promise,
            exhaustive: exhaustive.into_iter().map(&workload).collect(),
            loom: loom.into_iter().map(&workload).collect(),
            long: Vec::new(),
            generated: generated.prop_map(workload.clone()).sboxed(),
            parse: Arc::new(move |text| match text.parse::<P>() {
                Ok(parameters) => Ok(workload(parameters)),
                Err(error) => Err(error.to_string()),
            }),
            grow: None,
        }
    }

    /// The check, explored further than its list by the exhaustive back end, as long as its
    /// [budget](crate::explore::Options::budget) lasts. `larger` makes of parameters those that are
    /// larger by one step; it is asked again about what it has made. `P` is the type of the check's
    /// parameters.
    ///
    /// ```
    /// # extern crate engine as kata;
    /// use kata::explore::{BackEnd, Check, Options, Scenario, Verdict};
    /// use kata::sync::{BACK_ENDS, explore};
    /// use proptest::strategy::Just;
    /// # if BACK_ENDS.contains(&BackEnd::Loom) { return }
    ///
    /// let check = Check::new("one_thread", "It ends.", Just(1), [1_u8], [], |_| Scenario::new());
    /// let check = check.growing(|size: &u8| size.checked_add(1).into_iter().collect());
    /// let options = Options { budget: 10, ..Options::default() };
    /// let verdict = explore(&check, BackEnd::Exhaustive, &options);
    /// assert!(matches!(verdict, Verdict::Verified { sessions: 10, .. }), "{verdict:?}");
    /// ```
    pub fn growing<P: Parameters>(
        mut self,
        larger: impl Fn(&P) -> Vec<P> + Send + Sync + 'static,
    ) -> Self {
        self.grow = Some(Arc::new(move |label| {
            let parameters = label.parse::<P>().ok();
            let larger = parameters.map(|parameters| larger(&parameters));
            let labels = larger
                .into_iter()
                .flatten()
                .map(|larger| larger.to_string());
            labels.collect()
        }));
        self
    }

    /// The check, with these workloads besides, each of which is run once after the generated ones, in
    /// one order: hundreds of thousands of calls, numbers that do not fit a byte, tables that are full.
    /// If one fails, the numbers in its label are made smaller as long as it does.
    ///
    /// ```
    /// # extern crate engine as kata;
    /// use kata::explore::{BackEnd, Check, Options, Scenario};
    /// use kata::sync::{BACK_ENDS, explore};
    /// use proptest::strategy::Just;
    /// # if BACK_ENDS.contains(&BackEnd::Loom) { return }
    ///
    /// let check = Check::new("a_byte", "It fits.", Just(1), [1_u32], [], |&number: &u32| {
    ///     Scenario::new().thread("only", move || assert!(number < 256))
    /// });
    /// let check = check.with_long_runs(["100000"]);
    /// let verdict = explore(&check, BackEnd::Generated, &Options::default());
    /// assert_eq!(verdict.failure().unwrap().workload, "256");
    /// ```
    ///
    /// # Panics
    /// Panics if a label is none of this check's workloads.
    pub fn with_long_runs<const N: usize>(mut self, labels: [&str; N]) -> Self {
        let workload = |label: &str| {
            let workload = self.workload(label);
            workload.unwrap_or_else(|why| panic!("{label} is no workload of {}: {why}", self.name))
        };
        self.long = labels.into_iter().map(workload).collect();
        self
    }

    /// The labels of the workloads that are larger by one step than the one with this label.
    pub(crate) fn larger(&self, label: &str) -> Vec<String> {
        self.grow
            .as_ref()
            .map(|grow| grow(label))
            .unwrap_or_default()
    }

    /// A check with these workloads, from small to large, and none for loom. Tokens name them by their
    /// labels.
    pub(crate) fn of_workloads(
        name: &'static str,
        promise: &'static str,
        generated: SBoxedStrategy<Workload>,
        workloads: Vec<Workload>,
    ) -> Self {
        let all = workloads.clone();
        let parse = move |text: &str| {
            let named = all.iter().find(|workload| workload.label == text);
            named.cloned().ok_or_else(|| {
                let count = all.len();
                text!(
                    "there is no workload `{text}` on the check's list, which has {count}",
                    text,
                    count
                )
            })
        };
        Check {
            name,
            promise,
            generated,
            exhaustive: workloads,
            loom: Vec::new(),
            long: Vec::new(),
            parse: Arc::new(parse),
            grow: None,
        }
    }

    /// The workload that a token names.
    ///
    /// # Errors
    /// Says why the text is not a workload of this check.
    pub fn workload(&self, label: &str) -> Result<Workload, String> {
        (self.parse)(label)
    }
}

impl Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Check({})", self.name)
    }
}
