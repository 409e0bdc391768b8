//! What is found in translations.

use super::*;

const ORIGINAL: &str = "\
---
title: The latch
summary: All wait until it opens.
builds on: counter, stock
hints:
  - text: >
      What do they
      wait for?
  - text: >
      A `Condvar`.
    for: LostWakeUp, no_pattern
---

All wait, at `kata::sync`.

## The problem

```rust
// To begin with.
let a = 1; // one
```

- One.
- Two, at marabos.nl/atomics.

Then:

    cargo kata check latch      checks your file
";

const TRANSLATION: &str = "\
---
title: Le loquet
summary: Tous attendent qu'il s'ouvre.
builds on: counter, stock
hints:
  - text: >
      Qu'attendent-ils ?
  - text: >
      Une `Condvar`.
    for: LostWakeUp, no_pattern
---

À `kata::sync`, tous attendent,
longtemps.

## Le problème

```rust
let a = 1; // un,
           // pas deux
```

- Un.
- Deux, sur (marabos.nl/atomics).

Puis :

    cargo kata check latch      vérifie
";

/// What is found if this stands in the place of that in the translation.
fn found(that: &str, this: &str) -> Vec<(String, String)> {
    let changed = TRANSLATION.replace(that, this);
    assert!(changed != TRANSLATION, "there is no {that}");
    let found = findings(ORIGINAL, &changed, "fr.md").into_iter();
    found.map(|missing| (missing.what, missing.mend)).collect()
}

#[test]
fn a_translation_has_words_of_its_own_and_nothing_else() {
    assert!(findings(ORIGINAL, TRANSLATION, "fr.md").is_empty());
}

#[test]
fn what_is_other_in_a_translation_is_found_with_what_mends_it() {
    const SAME: &str =
        "in fr.md, the same parts in the same order; of code, only comments are its own";
    for (that, this, what, mend) in [
        (
            "counter, stock",
            "counter",
            "builds on other katas than brief.md",
            "in front of fr.md: builds on: counter, stock",
        ),
        (
            "  - text: >\n      Qu'attendent-ils ?\n",
            "",
            "has another number of hints than brief.md: 1, not 2",
            "in front of fr.md: `hints:`, and for each `- text: >`",
        ),
        (
            "LostWakeUp, no_pattern",
            "LostWakeUp",
            "hint 2 is for other patterns than in brief.md",
            "in front of fr.md: for: LostWakeUp, no_pattern",
        ),
        (
            "attendent-ils ?\n",
            "attendent-ils ?\n    for: LostUpdate\n",
            "hint 1 is for other patterns than in brief.md",
            "in front of fr.md: no `for`",
        ),
        (
            "`Condvar`",
            "condition",
            "has nothing of `Condvar`, which brief.md has",
            "name it in fr.md too",
        ),
        (
            "## Le problème\n",
            "",
            "has the block ```rust, where brief.md has the heading `The problem`",
            SAME,
        ),
        (
            "## Le",
            "### Le",
            "has the heading `Le problème`, where brief.md has the heading `The problem`",
            SAME,
        ),
        (
            "attendent,\n",
            "attendent,\n\n",
            "has the paragraph `longtemps.`, where brief.md has the heading `The problem`",
            SAME,
        ),
        (
            "let a = 1",
            "let a = 2",
            "has the line `let a = 2;`, where brief.md has the line `let a = 1;`",
            SAME,
        ),
        (
            "           // pas deux\n",
            "b();\n",
            "has the line `b();`, where brief.md has the end of a block",
            SAME,
        ),
        (
            "check latch",
            "check",
            "has the line `cargo kata check`, where brief.md has the line `cargo kata check latch`",
            SAME,
        ),
        (
            "    cargo kata check latch      vérifie\n",
            "",
            "ends where brief.md has the code `cargo kata check latch      checks your file`",
            "write that in fr.md too",
        ),
        (
            "vérifie\n",
            "vérifie\n\nDe plus.\n",
            "has the paragraph `De plus.`, where brief.md has ended",
            "leave that out in fr.md, or write it in brief.md too",
        ),
        (
            "`kata::sync`",
            "kata::sync",
            "has nothing of `kata::sync`, which brief.md has",
            "name it in fr.md too",
        ),
        (
            "longtemps.",
            "`longtemps`.",
            "has `longtemps`, of which brief.md has nothing",
            "leave it out in fr.md, or name it in brief.md too",
        ),
        (
            "(marabos.nl/atomics)",
            "[là](https://marabos.nl)",
            "has nothing of `marabos.nl/atomics`, which brief.md has",
            "name it in fr.md too",
        ),
    ] {
        let found = found(that, this);
        let expected = (what.to_owned(), mend.to_owned());
        assert_eq!(found.first(), Some(&expected), "{this}: {found:?}");
    }
}
