"""Past runs: what an answer rested on, and the answer encode again."""

from __future__ import annotations

import hashlib

from flask import Response

from service.actions.records.replay_run import proved
from service.api.matching.answers import encode
from service.api.matching.match_schema import MatchesSchema
from service.api.matching.matches import stored_reply
from service.api.records import runs_schema as runs
from service.api.records.runs_schema import RecomputationSchema, RunSchema
from service.api.wire import plain
from service.api.wire.arguments import Resource
from service.api.wire.language import language
from service.auth.access import actor
from service.auth.policy import policy
from service.auth.work import Work
from service.wired import wired

resource = Resource("runs", __name__, description="추천 기록 · Runs")


@resource.route("/runs/<string:run_id>")
@resource.response(200, RunSchema)
@policy("match")
def one(run_id: str) -> Response:
    """Show what an answer rested on."""
    return plain.sent(runs.values(wired().replay.find(run_id, actor())))


@resource.route("/runs/<string:run_id>/replay", methods=["POST"])
@resource.response(200, MatchesSchema)
@policy("match", work=Work.REPLAY)
def replay(run_id: str) -> Response:
    """Show an answer as it was first sent, to the byte; one whose bytes were not kept is encode again."""
    past, wanted = wired().replay.find(run_id, actor()), language()
    answer = past.answers.get(wanted)
    if answer is None or answer.body is None:
        return shown(proved(past, wanted, encode(wired().matching, wired().replay(past), wanted)), wanted)
    return shown(answer.body, wanted)


@resource.route("/runs/<string:run_id>/recomputation", methods=["POST"])
@resource.response(200, RecomputationSchema)
@policy("match", work=Work.REPLAY)
def recomputation(run_id: str) -> Response:
    """Make an answer again with today's program, and tell whether it is what was first sent."""
    past = wired().replay.find(run_id, actor())
    done = wired().replay.recompute(past, language(), lambda run, wanted: encode(wired().matching, run, wanted))
    return plain.sent(runs.recomputed(past, done, language()))


def shown(body: bytes, chosen: str) -> Response:
    """A past answer under a tag that names its bytes: another version of this program may have written them."""
    return stored_reply(body, chosen, hashlib.sha256(body).hexdigest()[:32])
