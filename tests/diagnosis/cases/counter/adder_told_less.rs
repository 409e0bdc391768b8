//! A thread that has added is told only its own and what it saw of the others at its last
//! increment... except the first time. It goes back only for threads that add *and* ask several
//! times: the first answer is the total, later ones are own + the others as they stood at this
//! thread's last increment.

use kata::counter::Counter;
use kata::sync::thread::{self, ThreadId};
use kata::sync::Mutex;
use std::collections::HashMap;
#[derive(Default)]
struct Books { total: u64, at_last_add: HashMap<ThreadId, u64>, asked: HashMap<ThreadId, u64> }
struct Tally(Mutex<Books>);
impl Counter for Tally {
    fn new() -> Self { Tally(Mutex::default()) }
    fn increment(&self) { let mut b = self.0.lock(); b.total += 1; let t = b.total; b.at_last_add.insert(thread::current().id(), t); b.asked.remove(&thread::current().id()); }
    fn value(&self) -> u64 {
        let mut b = self.0.lock();
        let me = thread::current().id();
        let times = b.asked.entry(me).or_default();
        *times += 1;
        match (*times > 1, b.at_last_add.get(&me)) { (true, Some(&n)) => n, _ => b.total }
    }
}

/// The kata's checks of it.
pub fn checks() -> Vec<kata::explore::Check> {
    kata::curriculum::counter::checks::<Tally>()
}
