"""Example content: neighbours of 강북구 who write, comment, follow and have a circle."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from .....core import follows, members, pictures
from .....core.answers import ExampleStep
from .....core.models import Person, Space
from .....core.node import Node
from ...circles import actions as circles
from ...circles.models import Circle
from ...comments import actions as comments
from ...posts import actions as posts
from ...posts.models import Post
from ...posts.rules import Wording

PAGES = {
    "resident@gangbuk.example": (
        "haneul", "김하늘", "수유동 옥상 텃밭지기예요. 감자, 상추, 가끔 고양이 이야기를 써요.",
    ),
    "sol@gangbuk.example": ("sol_park", "박솔", "인수동 골목을 걷고 사진을 찍어요."),
    "activist@gangbuk.example": (
        "minkyeong", "오민경", "목요일마다 마을부엌에서 이웃을 기다리는 먹거리 활동가예요.",
    ),
}  # fmt: skip

CIRCLE = ("옥상 텃밭 친구들", "수유동 옥상에서 기르고 나누는 다섯 집")
IN_CIRCLE = ("sol@gangbuk.example", "dawoon@gangbuk.example", "bori@gangbuk.example")


@dataclass(frozen=True, slots=True)
class Told:
    """A post of the example: by whom, how many hours ago, for whom, and what was answered."""

    email: str
    hours: int
    audience: str
    text: str
    place: str = ""
    about: str = ""
    picture: bool = False
    answers: tuple[tuple[str, str], ...] = ()


POSTS = (
    Told("minkyeong", 75, "everyone",
         "이번 목요일 마을부엌에서 순무김치를 함께 담가요. 앞치마만 들고 오세요. 칼질이 서툴러도"
         " 괜찮아요, 저도 그랬어요.\n\n#순무 #마을부엌", "수유 마을부엌", "강화도 환경농업농민회",
         answers=(("sol", "아이 둘 데리고 가도 될까요?"),
                  ("minkyeong", "그럼요. 작은 도마도 준비해 둘게요."))),
    Told("resident", 52, "everyone",
         "옥상에 심은 감자를 캤어요. 다섯 포기에서 한 바구니나 나왔네요. 작은 건 조려 먹고 큰 건"
         " 옆집이랑 나눴어요. #감자 #옥상텃밭", "수유동 옥상 텃밭",
         answers=(("dawoon", "내년엔 저도 심을래요!"),)),
    Told("sol", 28, "everyone",
         "인수 골목책방 앞 감나무에 감이 주렁주렁 열렸어요. 주인아저씨가 까치밥은 남겨 두자고"
         " 하셨대요. #골목산책 #감나무", "인수동", "", picture=True,
         answers=(("resident", "해마다 이맘때가 제일 예뻐요."),)),
    Told("dawoon", 20, "members",
         "혹시 안 쓰는 김장 매트 빌려주실 분 계신가요? 토요일 하루만 쓰고 깨끗이 닦아 돌려드릴게요."
         " #빌려요", "수유2동",
         answers=(("bori", "저희 집에 있어요. 금요일 저녁에 가져다드릴게요."),)),
    Told("resident", 9, "circle",
         "내일 아침 일곱 시에 옥상 물탱크를 닦아요. 두 분만 손 보태 주세요. 끝나고 국수 끓일게요."),
    Told("bori", 4, "members",
         "건강한밥상 들기름으로 나물을 무쳤더니 아이가 두 그릇을 먹었어요. 생산자님 고맙습니다."
         " #들기름", "", "완주로컬푸드건강한밥상"),
)  # fmt: skip


@dataclass
class _Clock:
    at: datetime

    def now(self) -> datetime:
        return self.at


def load(node: Node, session: Session) -> None:
    """Let the neighbours of the example write; once only, and only if they are there."""
    people = {told.email: _person(session, told.email) for told in POSTS}
    if any(person is None for person in people.values()) or _loaded(session):
        return
    ids = {email: person.id for email, person in people.items() if person is not None}
    for email, (handle, name, words) in PAGES.items():
        person = members.find_person(session, email)
        if person is not None:
            circles.open_page(
                node, session, person.id, handle=handle, name=name, words=words, language="ko"
            )
    circle = _circle(node, session, ids["resident"])
    for number, told in enumerate(POSTS):
        _write(node, session, told, ids, circle.id, f"example-{number}")
    _follow(node, session, ids)


def _person(session: Session, key: str) -> Person | None:
    return members.find_person(session, _ADDRESS.get(key, f"{key}@gangbuk.example"))


_ADDRESS = {"minkyeong": "activist@gangbuk.example"}


def _loaded(session: Session) -> bool:
    return session.scalar(select(Post.id).where(Post.key == "example-0").limit(1)) is not None


def _circle(node: Node, session: Session, owner_id: int) -> Circle:
    circle = circles.make(node, session, owner_id, name=CIRCLE[0], words=CIRCLE[1])
    for email in IN_CIRCLE:
        circles.invite(node, session, circle.id, owner_id, email)
        person = members.find_person(session, email)
        if person is not None and email != IN_CIRCLE[-1]:
            circles.accept(node, session, circle.id, person.id)
    return circle


def _write(
    node: Node, session: Session, told: Told, ids: dict[str, int], circle_id: int, key: str
) -> None:
    clock = _Clock(node.clock.now() - timedelta(hours=told.hours))
    then = replace(node, ports=replace(node.ports, clock=clock))
    space = session.scalar(select(Space.id).where(Space.name == told.about)) if told.about else None
    wording = Wording(
        told.text, told.audience, circle_id if told.audience == "circle" else None, told.place,
        (f"space:{space}",) if space else (),
    )  # fmt: skip
    author = ids[told.email]
    post = posts.begin(then, session, author, wording, key=key)
    if told.picture:
        caption = "잎이 다 진 감나무 가지에 주황빛 감이 여러 알 달려 있다"
        posts.add_picture(then, session, post.id, author, pictures.prepare(_persimmons()), caption)
    posts.publish(then, session, post.id, author)
    for number, (who, text) in enumerate(told.answers):
        clock.at += timedelta(minutes=40)
        comments.comment(then, session, post.id, ids[who], text, key=f"{key}-{number}")


def _follow(node: Node, session: Session, ids: dict[str, int]) -> None:
    subjects = ["tag:감자", "tag:골목산책", f"person:{ids['sol']}", f"person:{ids['minkyeong']}"]
    spaces = select(Space.id).where(Space.kind.in_(("hub", "producer"))).order_by(Space.id).limit(5)
    subjects += [f"space:{number}" for number in session.scalars(spaces)]
    for subject in subjects:
        follows.follow(session, ids["resident"], subject, at=node.clock.now())


def _persimmons() -> bytes:
    """Return a drawing of a branch with persimmons: the example brings no photographs."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (960, 640), "#cfe3ee")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 520, 960, 640), fill="#b9c9a0")
    pen.line((0, 90, 330, 170, 640, 120, 960, 210), fill="#6d4c35", width=26)
    for x, y, drop in ((160, 130, 90), (330, 170, 150), (500, 145, 70), (640, 120, 190),
                       (800, 165, 110)):  # fmt: skip
        pen.line((x, y, x, y + drop), fill="#6d4c35", width=8)
        pen.ellipse((x - 62, y + drop - 8, x + 62, y + drop + 100), fill="#e8792b")
        pen.ellipse((x - 38, y + drop + 8, x - 6, y + drop + 40), fill="#f3a15f")
        pen.polygon(
            [
                (x - 34, y + drop - 4),
                (x, y + drop + 14),
                (x + 34, y + drop - 4),
                (x, y + drop - 18),
            ],
            fill="#5d7a3a",
        )
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


EXAMPLES = (ExampleStep(80, "what neighbours write", load),)
