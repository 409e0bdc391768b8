//! A list with a place for each host, which its thread fills with the lock held.

use kata::scan::{Finding, Probe, Scan};
use kata::sync::{Mutex, thread};

/// What is checked.
pub type Solution = APlaceForEach;

/// The scope waits for the threads.
#[derive(Debug)]
pub struct APlaceForEach;

impl Scan for APlaceForEach {
    fn scan(hosts: Vec<String>, probe: Probe) -> Vec<Finding> {
        let places: Mutex<Vec<Option<Finding>>> = Mutex::new(vec![None; hosts.len()]);
        thread::scope(|scope| {
            for (place, host) in hosts.into_iter().enumerate() {
                let (places, probe) = (&places, &probe);
                scope.spawn(move || {
                    let state = probe(&host);
                    places.lock()[place] = Some(Finding { host, state });
                });
            }
        });
        let places = places.into_inner();
        places.into_iter().flatten().collect()
    }
}
