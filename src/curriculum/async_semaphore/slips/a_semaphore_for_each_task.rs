//! "Each task makes its semaphore, with so many permits." And then each takes one of its own. To
//! keep tasks off each other they must all know the same one.

slip! {
    ASemaphoreForEachTask,
    caught_by: permits_are_counted,
    engine: OneThread,
    loom: OneThread,
}

use kata::async_semaphore::AsyncSemaphore;
use kata::sync::Mutex;
use std::num::NonZeroU16;
use std::sync::Arc;

/// Knows how many permits there are to be.
struct ASemaphoreForEachTask {
    permits: u16,
}

/// One of the permits.
struct Permit(Arc<Mutex<u16>>);

impl Drop for Permit {
    fn drop(&mut self) {
        *self.0.lock() += 1;
    }
}

impl AsyncSemaphore for ASemaphoreForEachTask {
    type Permit<'a> = Permit;

    fn new(permits: NonZeroU16) -> Self {
        ASemaphoreForEachTask {
            permits: permits.get(),
        }
    }

    async fn acquire(&self) -> Permit {
        let free = Arc::new(Mutex::new(self.permits));
        *free.lock() -= 1;
        Permit(free)
    }
}
