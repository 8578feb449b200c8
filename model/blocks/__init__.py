"""Profile → named blocks: words, meaning, sentences, tags and the track record, each as vectors of either side."""
