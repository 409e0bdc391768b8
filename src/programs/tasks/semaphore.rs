//! The program `semaphore`: seven tasks work for a tenth of a second each, three at a time.

use super::screen::{self, Screen};
use crate::curriculum::async_semaphore::AsyncSemaphore;
use crate::curriculum::async_semaphore::solution::Solution;
use crate::programs::kit::speed::Speed;
use crate::sync::Mutex;
use crate::sync::task;
use crate::sync::time::Duration;
use std::io::{self, Write};
use std::num::NonZeroU16;
use std::sync::Arc;

const TASKS: u32 = 7;

/// How many may work at the same time.
const PERMITS: NonZeroU16 = NonZeroU16::new(3).expect("it is not zero");

const PAUSE: Duration = Duration::from_millis(100);

/// Lets all tasks work; each says when it begins and when it has ended, with how many work then. The last
/// line tells how many have worked at the same time, at most.
///
/// # Errors
/// Those of `out`; that of a system which has no room for the thread that polls.
pub fn run(speed: Speed, out: &mut impl Write) -> io::Result<()> {
    run_with(TASKS, PERMITS, speed, out)
}

/// The same with so many tasks and permits.
pub(super) fn run_with(
    tasks: u32,
    permits: NonZeroU16,
    speed: Speed,
    out: &mut impl Write,
) -> io::Result<()> {
    screen::run(out, move |screen| async move {
        let shop = Arc::new(Workshop {
            permits: Solution::new(permits),
            at_work: Mutex::default(),
            screen,
        });
        let work = |name| task::spawn(Arc::clone(&shop).work(name, speed));
        let tasks: Vec<_> = (1..=tasks).map(work).collect();
        for task in tasks {
            task.await.expect("it neither panics nor is aborted");
        }
        let most = shop.at_work.lock().most;
        shop.screen.print(format!("au plus {most} à la fois"));
    })
}

/// Where the tasks work.
struct Workshop {
    permits: Solution,
    at_work: Mutex<AtWork>,
    screen: Screen,
}

/// How many are at work.
#[derive(Default)]
struct AtWork {
    now: u32,
    most: u32,
}

impl Workshop {
    async fn work(self: Arc<Self>, name: u32, speed: Speed) {
        let _permit = self.permits.acquire().await;
        self.tell(name, "commence", |at_work| at_work.now += 1);
        task::sleep(speed.of(PAUSE)).await;
        self.tell(name, "a fini", |at_work| at_work.now -= 1);
    }

    fn tell(&self, name: u32, what: &str, change: impl FnOnce(&mut AtWork)) {
        let mut at_work = self.at_work.lock();
        change(&mut at_work);
        at_work.most = at_work.most.max(at_work.now);
        let now = at_work.now;
        self.screen
            .print(format!("tâche {name} {what} ({now} au travail)"));
    }
}
