//! | | |
//! |---|---|
//! | `queue` | a specification, and histories at random |
//! | `brute_force` | the search for an order, compared with trying all of them |
//! | `all_orders` | all histories of a class, compared with judging each of them |
//! | `objects`, `broken` | what is verified, and what is refused and why |
//! | `grammar` | all sessions of some calls, and what they find |
//! | `recorded` | what is recorded where, and what is shown again |
//! | `under_loom` | what loom says of calls |

mod all_orders;
#[cfg(not(loom))]
mod broken;
mod brute_force;
mod grammar;
mod objects;
mod queue;
mod recorded;
#[cfg(loom)]
mod under_loom;
