"""Credentials that are missing, wrong or not enough."""

from __future__ import annotations

from service.errors.words import Explanations, both

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
    "key_unconfirmed": both(
        (
            "포털이 이 키를 가진 사람의 역할을 {days}일 동안 확인하지 않았습니다.",
            "포털이 역할을 정하므로, 개인의 키는 그 사람이 포털로 로그인할 때마다 확인됩니다.",
            "포털로 한 번 로그인하면 키를 다시 쓸 수 있습니다.",
        ),
        (
            "The portal has not confirmed the role of this key's holder for {days} days.",
            "Since the portal decides roles, a person's key is confirmed whenever that person signs in there.",
            "Sign in from the portal once, and the key opens again.",
        ),
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
    "session_ended": both(
        (
            "로그인이 끝났습니다.",
            "오래 쓰지 않았거나 로그인할 수 있는 시간이 지났거나 로그아웃하였습니다.",
            "/sign-in에서 다시 로그인하십시오.",
        ),
        (
            "You are signed out.",
            "The session was idle too long, reached its longest time, or was ended.",
            "Sign in again at /sign-in.",
        ),
    ),
    "csrf": both(
        (
            "이 화면에서 보낸 요청인지 확인할 수 없습니다.",
            "다른 사이트에서 보냈거나 화면의 확인 값(csrf_token)이 없거나 오래되었습니다.",
            "화면을 새로 고친 뒤 다시 하십시오.",
        ),
        (
            "It can't be shown that this came from our own page.",
            "Another site sent it, or the page's csrf_token is missing or out of date.",
            "Reload the page and try again.",
        ),
    ),
    "link_used": both(
        (
            "쓸 수 없는 로그인 주소입니다.",
            "이미 쓰였거나 유효 시간이 지났습니다.",
            "관리자에게 새 로그인 주소를 요청하십시오.",
        ),
        (
            "This sign-in link opens nothing.",
            "It was used, or its time is over.",
            "Ask an administrator for a new one.",
        ),
    ),
    "sign_in_stale": both(
        (
            "로그인을 마치지 못했습니다.",
            "이 브라우저에서 시작한 로그인이 아니거나, 이미 마쳤거나, 시간이 지났습니다.",
            "/sign-in에서 다시 시작하십시오.",
        ),
        (
            "The sign-in could not be finished.",
            "This browser did not begin it, or it was finished already, or it took too long.",
            "Begin again at /sign-in.",
        ),
    ),
    "portal_refused": both(
        (
            "포털의 로그인 결과를 확인할 수 없습니다.",
            "포털이 로그인을 거절하였거나, 받은 증명의 서명·대상·시각·일회값이 맞지 않습니다.",
            "/sign-in에서 다시 시작하고, 계속되면 request_id를 운영 담당자에게 알려 주십시오.",
        ),
        (
            "The portal's answer proves nothing.",
            "The portal refused, or its token's signature, audience, time or nonce is wrong.",
            "Begin again at /sign-in; if it goes on, tell the operator the request_id.",
        ),
    ),
    "portal_unavailable": both(
        ("지금은 포털에 연결할 수 없습니다.", "포털이 응답하지 않습니다.", "잠시 뒤 다시 로그인하십시오."),
        ("The portal can't be reached now.", "It does not answer.", "Try to sign in again in a while."),
    ),
    "no_portal": both(
        (
            "포털 로그인이 설정되지 않았습니다.",
            "이 서비스에는 포털의 주소(IEUM_OIDC_ISSUER)가 정해지지 않았습니다.",
            "관리자에게 일회용 로그인 주소를 요청하십시오.",
        ),
        (
            "Sign-in by the portal is not set up.",
            "The service was not told the portal's address (IEUM_OIDC_ISSUER).",
            "Ask an administrator for a one-time link.",
        ),
    ),
    "not_admitted": both(
        (
            "이용 등록이 되어 있지 않습니다.",
            "포털 계정 '{name}'에 이 서비스의 역할이 없습니다.",
            "관리자에게 사용자 등록을 요청하십시오.",
        ),
        (
            "You are not admitted.",
            "The portal account '{name}' has no role in this service.",
            "Ask an administrator to admit you.",
        ),
    ),
    "too_many_requests": both(
        (
            "요청이 너무 많습니다.",
            "1분 동안 허용된 횟수를 넘었습니다.",
            "{seconds}초 뒤 다시 시도하십시오. 더 많이 써야 하면 운영 담당자에게 문의하십시오.",
        ),
        (
            "Too many requests.",
            "More came within a minute than are allowed.",
            "Try again in {seconds} seconds. If you need more, ask the operator.",
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
