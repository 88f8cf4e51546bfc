"""The public edition: the same edition without what is 非公開, and the proof that nothing leaks."""
