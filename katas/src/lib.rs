//! The learner's files are the test targets beside this one.
