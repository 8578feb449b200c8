#!/usr/bin/env bash
# One would guess: abcvoting's compute gives every committee that ties under a rule, or one, whichever rule is asked.
# What happens: without `resolute` PAV, Monroe and leximax-Phragmén give all that tie, sequential PAV, Phragmén's
# sequential rule and equal shares one of them, the one of the candidates listed first; nothing in the answer says which
# kind it is. With resolute=False they give four, too. In a fair round that is a tie which the order of a list decides.
# Seen with abcvoting 2.19.2 on 2026-12-01.
source "$(dirname "$0")/_run.sh"
EXPECTED="pav: 4 committees by default, 4 that tie
monroe: 4 committees by default, 4 that tie
leximaxphragmen: 4 committees by default, 4 that tie
seqpav: 1 committees by default, 4 that tie
seqphragmen: 1 committees by default, 4 that tie
equal-shares: 1 committees by default, 4 that tie"
finding abcvoting==2.19.2 numpy==2.4.6 <<'PROGRAM'
from abcvoting import abcrules
from abcvoting.preferences import Profile

profile = Profile(4)
profile.add_voters([{0, 1}, {0, 1}, {2, 3}, {2, 3}])
for rule in ("pav", "monroe", "leximaxphragmen", "seqpav", "seqphragmen", "equal-shares"):
    default = abcrules.compute(rule, profile, committeesize=2)
    every = abcrules.compute(rule, profile, committeesize=2, resolute=False)
    print(f"{rule}: {len(default)} committees by default, {len(every)} that tie")
PROGRAM
