"""Who may do what: one line for each route, one row for each scope; `python -m tests.spec.authorisation` for the page.

A star says that whoever is bound to programs reaches only those, by the address; a plus: by the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "authorisation.md"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

WHO = ("nobody", "viewer", "manager", "own", "other", "operator", "admin")
"""`own` and `other` are a manager who is bound to programs, asking about one of them or about another."""

SCOPES = """
scope    nobody  viewer  manager  own  other  operator  admin
open     yes     yes     yes      yes  yes    yes       yes
read     401     yes     yes      yes  yes    yes       yes
read*    401     yes     yes      yes  403    yes       yes
match    401     yes     yes      yes  yes    yes       yes
match*   401     yes     yes      yes  403    yes       yes
write    401     403     403      403  403    yes       yes
import   401     403     403      403  403    yes       yes
export   401     403     yes      yes  yes    yes       yes
export*  401     403     yes      yes  403    yes       yes
decide   401     403     yes      yes  yes    403       yes
decide+  401     403     yes      yes  403    403       yes
decide*  401     403     yes      yes  403    403       yes
rounds   401     403     yes      yes  yes    403       yes
rounds*  401     403     yes      yes  403    403       yes
model    401     403     403      403  403    yes       yes
audit    401     403     403      403  403    403       yes
admin    401     403     403      403  403    403       yes
"""

ROUTES = """
open     GET     /
open     GET     /livez
open     GET     /readyz
open     GET     /sign-in
open     GET     /sign-in/callback
open     GET     /sign-in/link
open     POST    /sign-in/link
open     GET     /sign-in/portal
open     POST    /sign-out
open     GET     /api/v1/openapi.json
open     GET     /api/v1/docs
open     GET     /api/v1/docs/style.css
open     GET     /api/v1/errors
open     GET     /api/v1/errors/{code}
read     GET     /api/v1/startups
read     GET     /api/v1/startups/{startup_id}
write    PUT     /api/v1/startups/{startup_id}
write    PATCH   /api/v1/startups/{startup_id}
write    DELETE  /api/v1/startups/{startup_id}
match    GET     /api/v1/startups/{startup_id}/matches
match    GET     /api/v1/startups/{startup_id}/contrast
match    GET     /api/v1/startups/{startup_id}/participants
match    GET     /api/v1/startups/{startup_id}/eligibility
match    GET     /api/v1/startups/{startup_id}/unlocks
read     GET     /api/v1/programs
read     GET     /api/v1/programs/{program_id}
write    PUT     /api/v1/programs/{program_id}
write    PATCH   /api/v1/programs/{program_id}
write    DELETE  /api/v1/programs/{program_id}
match*   GET     /api/v1/programs/{program_id}/candidates
read*    GET     /api/v1/programs/{program_id}/exclusions
read     GET     /api/v1/catalogue/coverage
match    POST    /api/v1/matches
match    POST    /api/v1/matches/batch
match    POST    /api/v1/eligibility
match    GET     /api/v1/runs/{run_id}
match    POST    /api/v1/runs/{run_id}/replay
match    POST    /api/v1/runs/{run_id}/recomputation
decide   GET     /api/v1/applications
decide   GET     /api/v1/applications/{application_id}
decide   POST    /api/v1/applications/entries
decide*  GET     /api/v1/programs/{program_id}/progress
write    POST    /api/v1/startups/{startup_id}/merges
write    POST    /api/v1/merges/{merge_id}/undo
decide   GET     /api/v1/listings
import   POST    /api/v1/listings
decide   GET     /api/v1/listings/{listing_id}
decide   POST    /api/v1/listings/{listing_id}/answers
decide   GET     /api/v1/reports
decide   GET     /api/v1/reports.xlsx
decide   GET     /api/v1/due
decide   GET     /api/v1/due.ics
rounds   GET     /api/v1/rounds/{round_id}/papers
rounds   GET     /api/v1/rounds/{round_id}/papers.xlsx
decide+  POST    /api/v1/decisions
decide  POST    /api/v1/decisions/together
decide   GET     /api/v1/decisions
decide   GET     /api/v1/decisions/{decision_id}
read     GET     /api/v1/model
read     GET     /api/v1/model/versions
model    GET     /api/v1/model/drift
model    GET     /api/v1/model/fits
model    POST    /api/v1/model/fits
model    POST    /api/v1/model/fits/{fit_id}/cancel
model    POST    /api/v1/model/activate
model    POST    /api/v1/model/rollback
import   GET     /api/v1/heading-maps
import   POST    /api/v1/heading-maps
import   GET     /api/v1/heading-maps/{map_id}
import   DELETE  /api/v1/heading-maps/{map_id}
import   POST    /api/v1/imports
import   GET     /api/v1/imports/{import_id}
import   POST    /api/v1/imports/{import_id}/commit
import   POST    /api/v1/imports/{import_id}/headings
import   GET     /api/v1/imports/{import_id}/report
import   GET     /api/v1/imports/{import_id}/report.xlsx
export   GET     /api/v1/exports/startups.{form}
export   GET     /api/v1/exports/programs.{form}
decide   GET     /api/v1/exports/decisions.{form}
export   GET     /api/v1/exports/startups/{startup_id}/matches.{form}
export*  GET     /api/v1/exports/programs/{program_id}/candidates.{form}
audit    GET     /api/v1/access-log
admin    GET     /api/v1/keys
admin    POST    /api/v1/keys
admin    GET     /api/v1/keys/{key_id}
admin    POST    /api/v1/keys/{key_id}/revoke
admin    GET     /api/v1/users
admin    POST    /api/v1/users
admin    GET     /api/v1/users/{user_id}
admin    PATCH   /api/v1/users/{user_id}
admin    POST    /api/v1/users/{user_id}/links
rounds   POST    /api/v1/rounds
rounds   GET     /api/v1/rounds
rounds   GET     /api/v1/rounds/{round_id}
rounds   POST    /api/v1/rounds/{round_id}/what-if
rounds   GET     /api/v1/rounds/{round_id}/lists
rounds   POST    /api/v1/rounds/{round_id}/scores
rounds   GET     /api/v1/rounds/{round_id}/scores
rounds   GET     /api/v1/rounds/{round_id}/scores/{scoring_id}
rounds   GET     /api/v1/rounds/exposure
rounds   POST    /api/v1/rounds/interests
rounds   GET     /api/v1/rounds/{round_id}/export.xlsx
decide   POST    /api/v1/objections
decide   GET     /api/v1/objections
decide   GET     /api/v1/objections/{objection_id}
decide   POST    /api/v1/objections/{objection_id}/answer
decide   GET     /api/v1/objections/{objection_id}/review
open     GET     /console
open     GET     /console/
open     GET     /console/static/{digest}/{path}
open     GET     /console/{language}/{rest}
open     GET     /console/{language}/display/{mode}
read     GET     /console/{language}/startups
match    GET     /console/{language}/startups/{startup_id}
match    GET     /console/{language}/startups/{startup_id}/eligibility
match*   GET     /console/{language}/startups/{startup_id}/programs/{program_id}
read     GET     /console/{language}/
match    GET     /console/{language}/comparison
export   POST    /console/{language}/comparison
export   POST    /console/{language}/startups
export   POST    /console/{language}/startups/{startup_id}
export   POST    /console/{language}/startups/{startup_id}/eligibility
export   POST    /console/{language}/programs
export*  POST    /console/{language}/programs/{program_id}
export*  POST    /console/{language}/programs/{program_id}/exclusions
decide*  POST    /console/{language}/programs/{program_id}/shortlist
decide   POST    /console/{language}/decisions
decide   GET     /console/{language}/decisions/together
decide   POST    /console/{language}/decisions/together
decide   POST    /console/{language}/decisions/together/undo
read     GET     /console/{language}/coverage
open     GET     /console/{language}/help
open     GET     /console/{language}/criteria
read     GET     /console/{language}/criteria/papers
read     GET     /console/{language}/model
model    POST    /console/{language}/model/fits
model    POST    /console/{language}/model/fits/{fit_id}/cancel
model    POST    /console/{language}/model/rollback
model    GET     /console/{language}/model/versions/{version}
model    POST    /console/{language}/model/versions/{version}
match    GET     /console/{language}/profile
match    POST    /console/{language}/profile
read     GET     /console/{language}/programs
match*   GET     /console/{language}/programs/{program_id}
read*    GET     /console/{language}/programs/{program_id}/exclusions
decide*  GET     /console/{language}/programs/{program_id}/shortlist
model    GET     /console/{language}/drift
decide   GET     /console/{language}/applications
decide   POST    /console/{language}/applications
decide   POST    /console/{language}/entries
decide   GET     /console/{language}/applications/{application_id}
decide   POST    /console/{language}/applications/{application_id}
decide*  GET     /console/{language}/programs/{program_id}/progress
decide*  POST    /console/{language}/programs/{program_id}/progress
decide   GET     /console/{language}/reports
decide   POST    /console/{language}/reports
decide   GET     /console/{language}/listings
import   POST    /console/{language}/listings
decide   GET     /console/{language}/listings/{listing_id}
decide   POST    /console/{language}/listings/{listing_id}
decide   GET     /console/{language}/due
write    GET     /console/{language}/edit/calls
write    GET     /console/{language}/edit/{kind}
write    POST    /console/{language}/edit/{kind}
write    GET     /console/{language}/edit/{kind}/{identifier}
write    POST    /console/{language}/edit/{kind}/{identifier}
write    GET     /console/{language}/startups/{startup_id}/merges
write    POST    /console/{language}/startups/{startup_id}/merges
write    POST    /console/{language}/startups/{startup_id}/merges/{merge_id}
rounds   GET     /console/{language}/rounds/{round_id}/papers
rounds   POST    /console/{language}/rounds/{round_id}/papers
decide   GET     /console/{language}/decisions
import   GET     /console/{language}/imports
import   POST    /console/{language}/imports
import   GET     /console/{language}/imports/{import_id}
import   GET     /console/{language}/imports/{import_id}/report.xlsx
import   POST    /console/{language}/imports/{import_id}
import   POST    /console/{language}/imports/{import_id}/headings
rounds   GET     /console/{language}/rounds
rounds   POST    /console/{language}/rounds
rounds   GET     /console/{language}/rounds/new
rounds   POST    /console/{language}/rounds/new
rounds   GET     /console/{language}/rounds/exposure
rounds   GET     /console/{language}/rounds/{round_id}
rounds   POST    /console/{language}/rounds/{round_id}
rounds*  GET     /console/{language}/rounds/{round_id}/programs/{program_id}
rounds   GET     /console/{language}/rounds/{round_id}/what-if
rounds   POST    /console/{language}/rounds/{round_id}/what-if
rounds   GET     /console/{language}/rounds/{round_id}/lists
rounds   POST    /console/{language}/rounds/{round_id}/lists
rounds   GET     /console/{language}/rounds/{round_id}/exposure
rounds   GET     /console/{language}/rounds/{round_id}/scores
rounds   POST    /console/{language}/rounds/{round_id}/scores
rounds   GET     /console/{language}/rounds/{round_id}/scores/{scoring_id}
open     GET     /console/{language}/sign-in
read     GET     /console/{language}/session
decide   GET     /console/{language}/objections
decide   POST    /console/{language}/objections
decide   GET     /console/{language}/objections/new
decide   POST    /console/{language}/objections/new
decide   GET     /console/{language}/objections/{objection_id}
decide   POST    /console/{language}/objections/{objection_id}
admin    GET     /console/{language}/users
admin    POST    /console/{language}/users
admin    GET     /console/{language}/users/new
admin    POST    /console/{language}/users/new
admin    GET     /console/{language}/users/{user_id}
admin    POST    /console/{language}/users/{user_id}
admin    POST    /console/{language}/users/{user_id}/links
admin    GET     /console/{language}/keys
admin    POST    /console/{language}/keys
admin    GET     /console/{language}/keys/new
admin    POST    /console/{language}/keys/new
admin    GET     /console/{language}/keys/{key_id}
admin    POST    /console/{language}/keys/{key_id}
audit    GET     /console/{language}/audit
audit    POST    /console/{language}/audit
audit    GET     /console/{language}/audit/verification
audit    GET     /console/{language}/access-log
audit    POST    /console/{language}/access-log
audit    GET     /console/{language}/retention
decide*  POST    /console/{language}/startups/{startup_id}/programs/{program_id}
open     GET     /metrics
"""

INTRODUCTION = """# 권한 Authorisation

이 문서는 `tests/spec/authorisation.py`에서 만들며, 모든 칸은 실제 요청으로 검사합니다.
주소를 더하면 그 표에 한 줄을 더합니다. 적히지 않은 메서드는 누구에게나 405나 404,
정책이 없는 주소는 누구에게나 403입니다.
This page is made from `tests/spec/authorisation.py`; every cell is tested by a real request. A new route needs a line
there. A method that is not listed is 405 or 404 for everybody, a route without a policy 403.

`own`과 `other`는 담당 프로그램이 지정된 담당자가 자신의 프로그램과 다른 프로그램을 요청한 경우입니다.
`401`은 인증이 필요함, `403`은 권한이 없음입니다. API 키는 역할보다 적은 권한을 가질 수 있습니다.
`own` and `other`: a manager bound to programs asks about one of them, or about another. `401`: a credential is needed;
`403`: it does not suffice. A key may hold fewer scopes than its role.
"""


@dataclass(frozen=True)
class Line:
    """One route's line of the table."""

    scope: str
    method: str
    path: str

    def expected(self, who: str) -> str:
        """`yes`, `401` or `403`."""
        return ROWS[self.scope][who]


def _rows() -> dict[str, dict[str, str]]:
    _, *rows = [line.split() for line in SCOPES.strip().splitlines()]
    return {scope: dict(zip(WHO, cells, strict=True)) for scope, *cells in rows}


ROWS = _rows()
LINES = [Line(*line.split()) for line in ROUTES.strip().splitlines()]


def shown(rule: str) -> str:
    """A rule of the application as the table writes it.

    >>> shown("/programs/<string:program_id>")
    '/programs/{program_id}'
    """
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule)


def page() -> str:
    """Write the whole page."""
    head = "| 메서드 method | 주소 address | 권한 scope | " + " | ".join(WHO) + " |"
    rows = [_row(line) for line in LINES]
    return "\n".join([INTRODUCTION, head, "|" + "---|" * (3 + len(WHO)), *rows]) + "\n"


def _row(line: Line) -> str:
    cells = " | ".join(line.expected(who) for who in WHO)
    return f"| {line.method} | `{line.path}` | {line.scope.rstrip('*+')} | {cells} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
