//! A bank account with a lock around every access, and a check of the balance that is wrong.
//!
//! One thread deposits, one withdraws, and one looks at the balance if both have been there. It
//! compares with a sum in which the deposit has the wrong sign: a fault in the logic that shows
//! only if the check comes last. From SCTBench's CS set (`account_bad`).

use super::sync::{Mutex, Scenario};
use std::sync::Arc;

const START: i32 = 1;
const DEPOSIT: i32 = 2;
const WITHDRAWAL: i32 = 4;

struct Account {
    balance: i32,
    deposited: bool,
    withdrawn: bool,
}

/// The program.
pub fn scenario() -> Scenario {
    let account = Arc::new(Mutex::new(Account {
        balance: START,
        deposited: false,
        withdrawn: false,
    }));
    let [checked, paid_in, paid_out] = [(); 3].map(|()| Arc::clone(&account));
    Scenario::new()
        .thread("check", move || {
            let account = checked.lock();
            if account.deposited && account.withdrawn {
                assert_eq!(account.balance, START - DEPOSIT - WITHDRAWAL);
            }
        })
        .thread("deposit", move || {
            let mut account = paid_in.lock();
            account.balance += DEPOSIT;
            account.deposited = true;
        })
        .thread("withdraw", move || {
            let mut account = paid_out.lock();
            account.balance -= WITHDRAWAL;
            account.withdrawn = true;
        })
}
