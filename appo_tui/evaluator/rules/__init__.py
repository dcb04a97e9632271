"""What each kind of expression means; appo_tui.evaluator.language imports all of it."""
