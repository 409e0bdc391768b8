//! Other right solutions of `task_result`: the contract asks for no style.

alternatives![once_lock, slots];
