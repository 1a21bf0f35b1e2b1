"""Which drawing stands for a product that nobody has photographed yet."""

from __future__ import annotations

import re
from functools import lru_cache

NEUTRAL = "basket"
"""The drawing of everything that no word of ours is found in."""

_WORDS = {
    "cabbage": "배추 양배추 양상추 시래기 우거지",
    "leaves": "상추 시금치 깻잎 들깻잎 미나리 청경채 열무 나물 부추 쑥 갓 근대 아욱 케일 냉이 달래 "
    "곤드레 취 눈개승마 다래순 고사리 새싹 쌈 허브 브로콜리 채소 고추잎 모싯잎 쑥갓 곰취 치커리",
    "radish": "무 무말랭이 순무 총각무 알타리무 콜라비 비트 무청",
    "carrot": "당근",
    "potato": "감자 토란 감자채전",
    "sweet-potato": "고구마",
    "green-onion": "파 대파 쪽파 실파 부추전",
    "onion": "양파",
    "garlic": "마늘 깐마늘 마늘쫑",
    "pepper": "고추 고춧가루 파프리카 피망",
    "squash": "호박 호박고지 단호박 늙은호박",
    "cucumber": "오이 애호박 가지말랭이",
    "root": "생강 우엉 더덕 도라지 인삼 수삼 홍삼 연근 맥문동 홍삼절편",
    "mushroom": "버섯 표고 느타리 양송이 새송이 목이",
    "sprout": "콩나물 숙주 숙주나물",
    "tomato": "토마토 방울토마토",
    "apple": "사과 사과말랭이 과일",
    "pear": "배",
    "persimmon": "감 곶감 대봉 감말랭이",
    "strawberry": "딸기 산딸기",
    "grape": "포도 샤인머스켓 거봉 머루 블루베리 오디 복분자 아로니아",
    "melon": "수박 멜론 참외",
    "peach": "복숭아 자두 살구 매실 앵두",
    "citrus": "귤 감귤 유자 한라봉 레몬 천혜향",
    "chestnut": "밤 알밤 깐밤 군밤 호두 잣 은행 도토리",
    "jujube": "대추 구기자 오미자 산수유",
    "rice": "쌀 현미 찹쌀 흑미 햅쌀 보리 밥 누룽지 삼광 백미 잡곡 곡식",
    "wheat": "밀 가루 밀가루 메밀 수수 기장 조 귀리 통밀 미숫가루",
    "beans": "콩 팥 서리태 땅콩 들깨 참깨 깨 녹두 완두 강낭콩 메주콩",
    "corn": "옥수수",
    "egg": "달걀 계란 유정란 청란 란 메추리알",
    "tofu": "두부 순두부 비지 콩비지 묵 도토리묵",
    "fish": "생선 멸치 박대 고등어 갈치 굴비 조기 명태 북어 오징어 황태 국물멸치 해산물 건어물",
    "shell": "조개 바지락 굴 생굴 재첩 꽃게 게 새우 전복 홍합 가리비 재첩국",
    "seaweed": "김 미역 다시마 파래 톳 매생이",
    "meat": "한우 고기 돼지 삼겹살 닭 오리 소시지 햄 불고기 축산물",
    "milk": "우유 두유 요구르트 치즈 버터",
    "jang": "장 고추장 된장 간장 청국장 쌈장 막장 메주 장아찌 젓 새우젓 조청",
    "kimchi": "김치 백김치 동치미 깍두기 순무김치 총각김치",
    "honey": "꿀 잼 청 매실청 유자청 병조림 딸기잼",
    "bottle": "기름 참기름 들기름 생들기름 식초 감식초 즙 액 액젓 멸치액젓 주스 음료 막걸리 술 "
    "식혜 홍삼액",
    "tea": "차 녹차 커피 세작 산국 보리차 약쑥 유자차",
    "bread": "빵 찐빵 식빵 핫도그 쿠키 과자 케이크 만쥬 호떡",
    "rice-cake": "떡 가래떡 송편 인절미 떡볶이떡 절편떡 모시송편",
    "dumpling": "만두 가공식품",
    "noodles": "국수 칼국수 칼국수면 면 라면 냉면 파스타 간편식",
    NEUTRAL: "꾸러미 선물세트 장난감 나무",
}
"""The words, as they end names of goods, by the drawing in ``goods.svg``."""

_DRAWINGS = {word: drawing for drawing, words in _WORDS.items() for word in words.split()}
_BREAKS = re.compile(r"[(·/,]")
_LONGEST = max(map(len, _DRAWINGS))


@lru_cache(maxsize=4000)
def drawing_of(name: str) -> str:
    """Return the drawing for a product by its name, ``NEUTRAL`` if no word is known.

    What a Korean name says last is what the thing is: of the last word in which one of ours is
    found, that which ends last, and of several there the longest. 복숭아잼 is a jam, 감자 no 감.
    """
    for word in reversed(_BREAKS.sub(" ", name).split()):
        for end in range(len(word), 0, -1):
            for begin in range(max(0, end - _LONGEST), end):
                found = _DRAWINGS.get(word[begin:end])
                if found and (end - begin > 1 or end == len(word.rstrip(")"))):
                    return found
    return NEUTRAL
