"""Events: who did what to whom, when and how much, from analysed sentences. See `docs/frames.md`."""
