"""How good a matcher is: judged by pairs that it did not know, beside every baseline, from both sides."""
