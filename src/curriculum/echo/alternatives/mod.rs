//! Other right solutions of `echo`: the contract asks for no style.

alternatives![handles, closers, two_threads,];
