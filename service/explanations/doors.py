"""Credentials that are missing, wrong or not enough."""

from __future__ import annotations

from service.explanations.words import Explanations, both

EXPLANATIONS: Explanations = {
    "unauthenticated": both(
        (
            "인증이 필요합니다.",
            "이 주소는 API 키나 로그인 없이 쓸 수 없습니다.",
            "Authorization: Bearer 헤더에 API 키를 넣어 보내거나 로그인하십시오. 키는 관리자가 발급합니다.",
        ),
        (
            "Authentication is required.",
            "This address can't be used without an API key or a sign-in.",
            "Send an API key in the header Authorization: Bearer, or sign in. Administrators issue keys.",
        ),
    ),
    "key_unknown": both(
        (
            "API 키가 올바르지 않습니다.",
            "Authorization 헤더의 값이 발급된 키와 일치하지 않습니다.",
            "키를 빠짐없이 복사하였는지 확인하고, 잃어버렸으면 새로 발급받으십시오.",
        ),
        (
            "The API key is not valid.",
            "The Authorization header holds no key that was issued.",
            "Check that the key was copied whole; if it is lost, ask for a new one.",
        ),
    ),
    "key_expired": both(
        ("API 키의 유효기간이 지났습니다.", "{day}에 만료되었습니다.", "관리자에게 새 키를 요청하십시오."),
        ("The API key has expired.", "It expired on {day}.", "Ask an administrator for a new one."),
    ),
    "key_revoked": both(
        (
            "API 키가 폐기되었습니다.",
            "관리자가 이 키를 폐기하였거나 키를 가진 사용자의 이용을 중지하였습니다.",
            "관리자에게 문의하십시오.",
        ),
        (
            "The API key was revoked.",
            "An administrator revoked it, or disabled the user who holds it.",
            "Ask an administrator.",
        ),
    ),
    "forbidden": both(
        (
            "이 작업을 할 권한이 없습니다.",
            "이 작업에는 '{scope}' 권한이 필요합니다.",
            "권한이 있는 계정이나 API 키를 쓰거나 관리자에게 권한을 요청하십시오.",
        ),
        (
            "You may not do this.",
            "It takes the scope '{scope}'.",
            "Use an account or a key that has it, or ask an administrator.",
        ),
    ),
    "not_your_program": both(
        (
            "담당하지 않는 프로그램입니다.",
            "프로그램 '{id}'은(는) 이 계정에 지정된 프로그램이 아닙니다.",
            "담당 프로그램으로 요청하거나 관리자에게 담당 지정을 요청하십시오.",
        ),
        (
            "This program is not among yours.",
            "Your account is bound to programs, and '{id}' is none of them.",
            "Ask about one of your programs, or ask an administrator to add this one.",
        ),
    ),
    "beyond_own_rights": both(
        (
            "자신에게 없는 권한은 줄 수 없습니다.",
            "'{scopes}' 권한이 요청한 계정이나 키에 없습니다.",
            "줄 권한을 줄이거나 그 권한이 있는 관리자에게 요청하십시오.",
        ),
        (
            "Nobody can give away more than they have.",
            "You do not hold: {scopes}.",
            "Give less, or ask an administrator who holds it.",
        ),
    ),
    "key_not_found": both(
        (
            "API 키 '{id}'을(를) 찾을 수 없습니다.",
            "발급된 키 가운데 이 id가 없습니다.",
            "GET /api/v1/keys에서 확인하십시오.",
        ),
        ("Key '{id}' is not known.", "No key with this id was issued.", "Look it up at GET /api/v1/keys."),
    ),
    "user_not_found": both(
        (
            "사용자 '{id}'을(를) 찾을 수 없습니다.",
            "등록된 사용자 가운데 이 id가 없습니다.",
            "GET /api/v1/users에서 확인하십시오.",
        ),
        ("User '{id}' is not known.", "No user has this id.", "Look it up at GET /api/v1/users."),
    ),
    "user_disabled": both(
        ("이용이 중지된 사용자입니다.", "관리자가 사용자 '{id}'의 이용을 중지하였습니다.", "관리자에게 문의하십시오."),
        ("This user is disabled.", "An administrator has disabled user '{id}'.", "Ask an administrator."),
    ),
    "email_taken": both(
        (
            "이미 등록된 전자우편 주소입니다.",
            "같은 주소로 등록된 사용자가 있습니다.",
            "그 사용자를 고치거나 다른 주소를 쓰십시오.",
        ),
        ("This e-mail address is taken.", "Another user has it.", "Change that user, or use another address."),
    ),
    "key_needs_role": both(
        (
            "키의 역할을 정할 수 없습니다.",
            "시스템용 키에는 role이, 사람의 키에는 user_id가 있어야 하며 둘을 함께 쓸 수 없습니다.",
            "role과 user_id 가운데 하나만 정하십시오. 사람의 키는 그 사람의 역할과 담당 프로그램을 따릅니다.",
        ),
        (
            "The key's role is not clear.",
            "A system's key takes role, a person's key takes user_id, never both.",
            "Give one of role and user_id. A person's key follows that person's role and programs.",
        ),
    ),
}
