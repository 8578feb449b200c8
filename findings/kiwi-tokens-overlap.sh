#!/usr/bin/env bash
# One would guess: a morpheme analyser cuts a sentence into pieces that follow each other, so that `start` and `len`
# of its tokens mark each letter once and `form` is what stands there.
# What happens: where an ending has melted into a syllable, Kiwi gives several tokens the same syllable, and their
# forms stand nowhere in the text: 했 is both 하 and 었, 그랬 is 그렇 whose last syllable is also 었. Marking or
# replacing by token writes 했 twice; the longest span of a word has to be taken from the tokens' union.
# Seen with kiwipiepy 0.24.0 (model 0.24.0) on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="성장했다 -> 성장|했|했|다 forms 성장|하|었|다
그랬던 -> 그랬|랬|던 forms 그렇|었|던
letters 4, in tokens 5"
finding kiwipiepy==0.24.0 kiwipiepy_model==0.24.0 <<'PROGRAM'
from kiwipiepy import Kiwi

kiwi = Kiwi()
for text in ("성장했다", "그랬던"):
    tokens = kiwi.tokenize(text)
    pieces = "|".join(text[token.start : token.start + token.len] for token in tokens)
    print(text, "->", pieces, "forms", "|".join(token.form for token in tokens))
print("letters 4, in tokens", sum(token.len for token in kiwi.tokenize("성장했다")))
PROGRAM
