"""Words of the report for a day: its tables, their columns, and what each of them counts."""

from __future__ import annotations

from service.wording.pairs import Pairs

TABLES: Pairs = {
    "results": ("선정과 탈락", "Selected and rejected"),
    "repeated": ("기업별 반복 지원", "Repeated support"),
    "exclusions": ("제외와 그 요건", "Exclusions"),
    "money": ("지역 구분별 사업비", "Money by tier"),
    "contracts": ("협업기업별 계약", "Contracts by partner"),
    "definition": ("정의", "Definition"),
}
COLUMNS: Pairs = {
    "by": ("구분", "By"),
    "value": ("값", "Value"),
    "applied": ("신청", "Applied"),
    "selected": ("선정", "Selected"),
    "reserve": ("예비 선정", "Reserve"),
    "shortlisted": ("서류 통과", "Shortlisted"),
    "rejected": ("탈락", "Rejected"),
    "left": ("포기·철회", "Left"),
    "undecided": ("결정 전", "Undecided"),
    "application": ("신청 ID", "Application ID"),
    "startup": ("기업 ID", "Startup ID"),
    "name": ("기업", "Startup"),
    "program": ("프로그램", "Program"),
    "count": ("지원 횟수", "Times supported"),
    "supports": ("지원받은 사업", "Supported by"),
    "requirement": ("제외 사유", "Excluded by"),
    "law": ("근거", "Basis"),
    "judged_by": ("판단", "Judged by"),
    "remark": ("내용", "Remark"),
    "listed": ("협약 제한 목록", "On a list that bars agreements"),
    "tier": ("지역 구분", "Tier"),
    "agreements": ("협약", "Agreements"),
    "grant": ("정부지원금(원)", "Grant (KRW)"),
    "cash": ("자기부담 현금(원)", "Own cash (KRW)"),
    "in_kind": ("자기부담 현물(원)", "Own part in kind (KRW)"),
    "partner": ("협업기업", "Partner"),
    "year": ("성과 연도", "Year of the result"),
    "contracts": ("계약", "Contracts"),
    "results": ("성과 기록", "Results recorded"),
    "table": ("표", "Table"),
    "meaning": ("무엇을 세는가", "What it counts"),
}
DIMENSIONS: Pairs = {
    "all": ("전체", "All"),
    "area": ("권역", "Area"),
    "region": ("시도", "Region"),
    "gender": ("대표자 성별", "Representative's sex"),
    "age": ("업력", "Age of the firm"),
    "stage": ("투자 단계", "Stage"),
    "partner": ("협업기업", "Partner"),
    "year": ("사업 연도", "Year of the program"),
}
AGES: Pairs = {
    "none": ("창업 전", "Not founded"),
    "1": ("1년 미만", "Under 1 year"),
    "3": ("1년 이상 3년 미만", "1 to under 3 years"),
    "5": ("3년 이상 5년 미만", "3 to under 5 years"),
    "7": ("5년 이상 7년 미만", "5 to under 7 years"),
    "10": ("7년 이상 10년 미만", "7 to under 10 years"),
    "more": ("10년 이상", "10 years and more"),
}
WORDS: Pairs = {
    "unknown": ("미확인", "Unknown"),
    "all": ("모두", "All"),
    "decision": ("결정", "Decision"),
    "overridden": ("예외를 기록함", "overridden by a person"),
}
ABOUT: Pairs = {
    "day": ("기준일", "Day"),
    "programs": ("대상 프로그램", "Programs"),
    "revision": ("자료의 개정 번호", "Revision of the records"),
    "rules": ("요건 규칙 버전", "Version of the rules"),
    "results": (
        "기준일이 끝날 때까지 등록된 신청을 기업·프로그램의 마지막 결정에 따라 센다. 권역과 시도는 그날의 행정구역,"
        " 업력은 개업(설립)일부터 접수일(없으면 기준일)까지의 만 나이이며,"
        " 성별은 신청서에 적은 것이다. 적지 않은 것은 미확인으로 센다.",
        "Applications registered by the end of the day, by the last decision on the firm and the program. Areas and"
        " regions are those of the day; age is in full years since the founding"
        " day at the day of receipt, else at the day; sex is as the application states it. What isn't stated"
        " counts as unknown.",
    ),
    "repeated": (
        "신청한 기업 가운데 협약 뒤의 단계(협약, 수행, 완료, 중단, 실패)에 이른 지원사업이 둘 이상인 기업이다. 기업의"
        " 참여 이력에 있는 사업을 모두 센다.",
        "Firms with an application that came to an agreement or further at two or more programs by their histories.",
    ),
    "exclusions": (
        "그날 자료나 담당자의 확인으로 요건을 충족하지 못한 것, 탈락 결정과 그 사유, 협약 제한 목록에 있는 것을 신청"
        "마다 모두 적는다.",
        "Each requirement that an application did not meet on that day, by data or by a person's word; each rejection"
        " with its reason; each list that bars an agreement.",
    ),
    "money": (
        "그날 협약이 서 있거나 그 뒤 단계에 있는 신청의 금액이다. 협약을 바꾸었으면 마지막 금액을 쓴다.",
        "Amounts of applications with an agreement on that day, as it was last changed.",
    ),
    "contracts": (
        "그날까지 기록한 연간 성과 가운데 협업기업과 계약하였다고 적은 것을 센다.",
        "Results of years recorded by that day that say that a contract with the partner came of it.",
    ),
}
"""What each table counts, in one sentence that stands on the sheet."""
