#!/usr/bin/env bash
# One would guess: what a tokeniser cannot read becomes one <unk> a syllable, so that counting them counts what is lost.
# What happens: neighbours are joined: three unknown syllables are one <unk>, and with a known one between them two. A
# word of ten unreadable syllables counts like one of a single syllable, and texts of the same pieces differ in what
# they lost.
# Seen with sentencepiece 0.2.3 (a model trained here on a few words) on 2026-11-30.
source "$(dirname "$0")/_run.sh"
EXPECTED="딥러닝 1 of 3
로봇 1 of 2
딥가러 2 of 2
딥러닝로봇칩앱펩 1 of 8"
finding sentencepiece==0.2.3 <<'PROGRAM'
import io

import sentencepiece

known = ["가나다라", "가라", "나다", "다라 가나", "마바사", "바사 마가"] * 20
trained = io.BytesIO()
sentencepiece.SentencePieceTrainer.train(
    sentence_iterator=iter(known), model_writer=trained, vocab_size=20, hard_vocab_limit=False, minloglevel=2
)
reader = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
for text in ("딥러닝", "로봇", "딥가러", "딥러닝로봇칩앱펩"):
    unknown = sum(syllable not in "가나다라마바사" for syllable in text)
    print(text, reader.encode(text).count(reader.unk_id()), "of", unknown)
PROGRAM
