"""The manager's year in Chromium, in Korean and by clicks: from a list of applicants to a report of a day gone by."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from model.artifact import artifact
from model.domain import Outcome, OutcomeKind, Program, Role
from model.snapshot import folder as snapshots
from service.actions.catalogue.import_profiles import ImportProfiles
from service.console.operation import overview
from service.console.rounds import start
from service.console.wire import pages
from service.files.importers.files import Brought
from service.identity import SHELL, UserRole
from service.settings import Settings, now
from service.storage.matching.registry import Registry
from service.wired import KEY, Wired
from tests.console.browser.conftest import SCREEN
from tests.service import given
from tests.service.applications.test_applicants import number, sheet
from tests.service.rounds.test_round_sheets import filled_in

HEADINGS = (
    *("접수번호", "기업명", "사업자등록번호", "대표자 성별", "사업장 소재지", "개업연월일"),
    *("무엇을 하나", "접수일시"),
)
"""An institution's own form: one heading is known to nobody before a person maps it."""

APPLICANTS, SEATS, RESERVE = 60, 3, 1
FOLLOWING_SECONDS = 60
"""Within which a model that was put in use answers here too, where nothing else runs than this process."""


class Clock:
    """The present moment, which the test moves on day by day."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead


@dataclass
class Desk:
    """The service with its clock, and a page on which a manager works."""

    app: Flask
    clock: Clock
    page: Page
    home: Path

    @property
    def wired(self) -> Wired:
        made: Wired = self.app.extensions[KEY]
        return made

    def go(self, path: str) -> None:
        answer = self.page.goto(f"/console/ko/{path}")
        assert answer is not None
        assert answer.ok, path

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()
        refused = self.page.locator("#mistakes")
        assert refused.count() == 0, refused.inner_text()

    def tick(self, name: str) -> None:
        """Tick a box by its label, which lies over it."""
        self.page.locator("label", has_text=re.compile(f"^{name}$")).first.click()

    def later(self, days: int) -> None:
        """Let days go by; a session has ended by then, so the manager signs in anew."""
        self.clock.ahead += timedelta(days)
        sign_in(self)


def sign_in(desk: Desk) -> None:
    user = next(user for user in desk.wired.users.all() if user.name == "김담당")
    secret = desk.wired.sign_in.invite(user.id, SHELL)
    desk.page.goto(f"/sign-in/link?token={secret}")
    desk.page.locator("main button").first.click()
    desk.page.wait_for_url("**/console/**")


def program() -> Program:
    today = now().date()
    return Program(
        "year-of-tests",
        "한 해 시험 프로그램",
        partner="시험협업(가상)",
        family="year-of-tests",
        year=today.year,
        summary="센서와 배터리, 로봇을 함께 만든다.",
        role=Role.OPEN_CALL,
        seats=SEATS,
        notice_on=today - timedelta(20),
        opens_on=today - timedelta(20),
        closes_on=today + timedelta(20),
        max_age_years=7,
        manual_checks=("tax_arrears", "clawback_unpaid"),
    )


@pytest.fixture
def desk(
    chromium: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The service in this process, so that its days can go by; everything else is as a manager has it."""
    clock = Clock()
    for module in (overview, start, pages):
        monkeypatch.setattr(module, "now", clock)
    artifacts = tmp_path / "artifacts"
    shutil.copytree(given.shared_artifact(tmp_path_factory), artifacts)
    registry = Registry(artifacts)
    with given.running(tmp_path, registry, Settings(home=tmp_path, credential_limit=0, attempt_limit=0), clock) as app:
        wired: Wired = app.extensions[KEY]
        ImportProfiles(wired.catalogue)(Brought(programs=(program(),)), SHELL)
        wired.users.change(given.person(app, UserRole.ADMIN).id, {"name": "김담당"}, SHELL)
        wired.users.change(given.person(app, UserRole.MANAGER).id, {"name": "이검토"}, SHELL)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        made = chromium.new_context(
            base_url=f"http://127.0.0.1:{server.port}", viewport=SCREEN, reduced_motion="reduce", locale="ko-KR"
        )
        made.set_default_timeout(8_000)
        wired.matching.prepared()  # no page waits for the model to be read
        desk = Desk(app, clock, made.new_page(), tmp_path)
        sign_in(desk)
        yield desk
        made.close()
        server.shutdown()
        thread.join()


def test_a_year_from_a_list_of_applicants_to_a_report_of_a_day_gone_by(desk: Desk) -> None:
    import_applicants(desk)
    share_out(desk)
    complete_a_request(desk)
    confirm_in_bulk(desk)
    chosen = run_and_score(desk)
    firms = select(desk, chosen)
    for place in range(SEATS):
        step(desk, firms[place], "협약체결 확약", reason="확약서 접수")
        step(desk, firms[place], "협약", reason="협약 체결", grant_krw="80,000,000", tier="일반지역")
    step(desk, firms[0], "중단", reason="대표자 변경", stopped_by="기업")
    move_up(desk, firms[0], firms[SEATS])
    step(desk, firms[SEATS], "협약", reason="예비 승계")
    today = desk.wired.reports.today.isoformat()
    shown = report(desk, today)
    desk.later(300)
    for firm in firms[1:]:
        step(desk, firm, "완료", reason="최종점검 통과")
    for year in (1, 2):
        desk.later(365)
        step(desk, firms[1], "연간 성과", reason="성과 조사", year=str(now().year + year), contract="예")
        step(desk, firms[2], "연간 성과", reason="성과 조사", year=str(now().year + year), contract="아니요")

    assert report(desk, today) == shown
    version = retrain(desk, firms)
    activate(desk, version)

    assert answering(desk, firms[1], version) == version
    assert report(desk, today) == shown


def import_applicants(desk: Desk) -> None:
    """Bring sixty applicants with a heading that nobody knows, map it for the institution, and take them."""
    today = desk.clock().date()
    rows = [
        (at, f"시험기업 {at}", number(800 + at), ("여", "남")[at % 2], "부산광역시 해운대구", "2023-03-02",
         f"센서로 배터리를 살피는 {at}번째 로봇", f"{today - timedelta(3)} 10:00")
        for at in range(1, APPLICANTS + 1)
    ]  # fmt: skip
    desk.go("imports")
    raw = sheet(*rows, headings=HEADINGS)
    desk.page.set_input_files("#file", {"name": "신청목록.csv", "mimeType": "text/csv", "buffer": raw})
    desk.page.select_option("#kind", "applications")
    desk.page.select_option("#program", program().id)
    desk.press("미리 보기")
    row = desk.page.locator("tr", has=desk.page.get_by_role("cell", name="무엇을 하나", exact=True))
    row.locator("select").select_option("item")
    desk.page.fill("#institution", "부산창조경제혁신센터")
    desk.page.fill("#form", "신청자 명단")
    desk.press("대응표를 저장하고 다시 읽기")
    desk.press("가져오기")
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("가져오기 완료")


def share_out(desk: Desk) -> None:
    """Share all applications out among two reviewers."""
    desk.go(f"programs/{program().id}/progress")
    for name in ("김담당", "이검토"):
        desk.tick(name)
    desk.press("나누어 배정하기")

    expect(desk.page.get_by_role("row", name=re.compile("이검토"))).to_contain_text(str(APPLICANTS // 2))


def complete_a_request(desk: Desk) -> None:
    """Ask one firm for a paper, see it among what falls due, then find it handed in."""
    open_application(desk, "7")
    desk.page.fill("#text", "납세증명서의 유효기간이 지났습니다. 다시 내십시오.")
    desk.page.fill("#due_on", (desk.clock().date() + timedelta(5)).isoformat())
    desk.press("요청 기록하기")
    desk.go("due")
    expect(desk.page.locator("main")).to_contain_text("보완 기한")
    desk.page.get_by_role("link", name="시험기업 7", exact=True).click()
    desk.page.select_option("#requirement", "manual_check:tax_arrears")
    desk.page.fill("#paper", "납세증명서")
    desk.press("확인 기록하기")
    desk.go("due")
    expect(desk.page.get_by_role("link", name="시험기업 7", exact=True)).to_have_count(0)


def confirm_in_bulk(desk: Desk) -> None:
    """Confirm each requirement that is open, of all applications, with one paper from the institute."""
    desk.go(f"programs/{program().id}/progress")
    open_ones = [
        row.get_by_role("rowheader").inner_text()
        for row in desk.page.locator("table").first.locator("tbody tr").all()
        if row.locator("td").nth(1).inner_text() != "0"
    ]
    assert "담당자 확인 사항: 국세·지방세 체납" in open_ones
    for name in open_ones:
        desk.go(f"applications?program={program().id}")
        desk.tick("조건에 맞는 신청 모두")
        desk.page.locator("#requirement").select_option(label=name)
        desk.page.fill("#paper", "기관 조회 명단")
        desk.press("확인 기록하기")
    desk.go(f"programs/{program().id}/progress")

    expect(desk.page.locator("main .lead")).to_contain_text(f"{APPLICANTS}건의 요건을 모두 확인")


def run_and_score(desk: Desk) -> str:
    """Run the round over applications, bring the panel's scores, and give the address of their result."""
    desk.go("rounds/new")
    desk.page.fill("#name", "한 해 회차")
    desk.page.locator("label", has_text="한 해 시험 프로그램").first.click()
    desk.tick("신청한 기업만, 요건검토 결과로")
    desk.press("회차 실행")
    desk.page.locator("#reason").fill("평가위원회 배부")
    with desk.page.expect_download() as download:
        desk.page.get_by_role("button", name="내려받기", exact=True).click()
    raw = download.value.path().read_bytes()
    round_path = re.search(r"rounds/r-[0-9a-f]+", desk.page.url)
    assert round_path
    desk.go(f"{round_path[0]}/scores")
    scores = {"name": "평가.xlsx", "buffer": filled_in(raw, lambda line, at: 90 - line - at), "mimeType": "x/y"}
    desk.page.set_input_files("#file", scores)
    desk.press("점수 미리 보기")
    desk.press("이 점수 저장")
    return desk.page.url


def select(desk: Desk, address: str) -> list[str]:
    """Decide on the first by the panel's order: as many as there are seats, then one reserve; their applications."""
    desk.page.get_by_role("link", name="이 결과대로 결정하기").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("한꺼번에 결정")
    names = desk.page.locator("th .krds-form-check label").all_inner_texts()
    desk.page.fill("#reason", "선정위원회 의결")
    desk.press("결정 저장")
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("결정")
    return [open_application(desk, name.split()[1]) for name in names[: SEATS + RESERVE]]


def move_up(desk: Desk, stopped: str, reserve: str) -> None:
    """Let the firm in reserve take the place of the one that stopped, from its application to its decision."""
    desk.go(f"applications/{reserve}")
    expect(desk.page.locator(".facts").first).to_contain_text("예비")
    desk.page.locator(".facts").first.get_by_role("link", name=re.compile("예비")).click()
    desk.page.locator("#action").select_option("selected")
    desk.page.locator("#reason").fill(f"{stopped}의 중단에 따른 예비 승계")
    desk.press("결정 저장")
    step(desk, reserve, "협약체결 확약", reason="확약서 접수")


def open_application(desk: Desk, receipt: str) -> str:
    """Find an application by its item and open it; gives its id."""
    desk.go(f"applications?program={program().id}&q={receipt}번째")
    desk.page.get_by_role("rowheader").get_by_role("link", name=f"시험기업 {receipt}", exact=True).click()
    desk.page.wait_for_url("**/applications/a-*")
    return desk.page.url.split("/")[-1]


def step(desk: Desk, application: str, name: str, **fields: str) -> None:
    """Record a step on an application's page."""
    desk.go(f"applications/{application}")
    desk.page.locator("#next_step").select_option(label=name)
    for field, value in fields.items():
        place = desk.page.locator(f"#{field}")
        is_choice = place.evaluate("field => field.tagName") == "SELECT"
        place.select_option(label=value) if is_choice else place.fill(value)
    desk.press("단계 기록하기")
    expect(desk.page.locator(".verdict-line")).to_contain_text(name)


def report(desk: Desk, on: str) -> str:
    """What the page shows of a day."""
    desk.go("reports")
    desk.page.fill("#on", on)
    desk.press("보고서 만들기")
    return "\n".join(part.inner_text() for part in desk.page.locator("main table").all())


def retrain(desk: Desk, firms: list[str]) -> str:
    """Freeze what the year has left, fit on it and publish, as an operator does; gives the new version.

    So few outcomes pass no gate, hence the reason for publishing all the same.
    """
    home, bin_folder = str(desk.home), Path(sys.executable).parent
    frozen = desk.home / "snapshot"
    settings = {"IEUM_HOME": home, "IEUM_LANGUAGE": "ko", "PATH": str(bin_folder)}
    subprocess.run([bin_folder / "ieum", "snapshot", frozen], env=settings, check=True, capture_output=True)
    assert graded(desk, snapshots.read(frozen).outcomes, firms) == [
        OutcomeKind.STOPPED,
        OutcomeKind.CONTRACTED,
        OutcomeKind.COMPLETED,
    ]
    fit = ("fit", "--snapshot", frozen, "--out", desk.home / "artifacts", "--force", "한 해의 결과를 배움")
    done = subprocess.run([bin_folder / "ieum-train", *fit], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.split()[-1])
    matcher, manifest = artifact.read(folder)
    assert manifest.counts["startups"] == len(snapshots.read(frozen).startups)
    assert len(matcher.contributors) > SEATS
    return folder.name


def graded(desk: Desk, outcomes: tuple[Outcome, ...], firms: list[str]) -> list[OutcomeKind]:
    """What training reads of the firms, the last of each."""
    ids = [startup_of(desk, firm) for firm in firms[:SEATS]]
    return [max((o.on, o.outcome) for o in outcomes if o.startup_id == each and o.on)[1] for each in ids]


def startup_of(desk: Desk, application: str) -> str:
    """The id of the firm that handed an application in."""
    with desk.wired.catalogue.database.reading() as connection:
        return desk.wired.catalogue.applications.some(connection, [application])[application].record.startup_id


def activate(desk: Desk, version: str) -> None:
    """See the new version among those published, and let it answer."""
    desk.go("model")
    row = desk.page.get_by_role("row", name=re.compile(f"^{re.escape(version)} "))
    expect(row).to_contain_text("사용 가능")
    row.get_by_role("link", name=re.compile("이 모델로 바꾸기")).click()
    desk.page.get_by_label("사유").fill("한 해의 결과로 다시 학습함")
    desk.press("이 모델로 바꾸기")
    expect(desk.page.get_by_role("row", name=re.compile(f"^{re.escape(version)} "))).to_contain_text("현재 모델")


def answering(desk: Desk, application: str, version: str) -> str:
    """The version that the list of programs for an application's firm names: the given one, once it follows."""
    address = f"startups/{startup_of(desk, application)}?ineligible=1"
    until = time.monotonic() + FOLLOWING_SECONDS
    while True:
        desk.go(address)
        assert desk.page.locator(".match").count() > 0
        shown = desk.page.locator(".ground-facts dd").first.inner_text()
        if shown == version or time.monotonic() > until:
            return shown
        desk.page.wait_for_timeout(250)
