//! Wrong solutions of `skeleton`, as learners write them: one file each.

slips![two_steps];
