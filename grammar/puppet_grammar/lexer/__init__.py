"""Text to tokens: one character for each token's kind, so that pyparsing can run over the kinds."""
