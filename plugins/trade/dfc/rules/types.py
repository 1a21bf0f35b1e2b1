"""Kinds of goods: our words and the product types of the Data Food Consortium nearest to them.

Its list has about 250 types and few Korean goods; what it lacks goes to the broader type. Longer
words come first: 고춧가루 is no pepper, and 배추 no pear.
"""

from __future__ import annotations

_BY_WORD = {
    "dfc-pt:vegetable": "고구마 콩나물 숙주 시금치 깻잎 쑥갓 미나리 부추 고사리 나물 연근 우엉",
    "dfc-pt:processed-vegetable": "김치 장아찌 절임 두부 된장 고추장 간장 청국장 고춧가루",
    "dfc-pt:savory-groceries": "참기름 들기름 소금 국수 식초",
    "dfc-pt:sweet-groceries": "꿀 조청 한과 과자 잼",
    "dfc-pt:dried_goods": "건나물 곶감 건고추 쌀 현미 찹쌀 보리 잡곡 콩 팥 김 미역 다시마",
    "dfc-pt:cabbage": "배추 양배추 얼갈이 cabbage",
    "dfc-pt:radish": "무 총각무 열무 radish",
    "dfc-pt:garlic": "마늘 garlic",
    "dfc-pt:onion": "양파 onion",
    "dfc-pt:leek": "대파 쪽파 leek",
    "dfc-pt:carrot": "당근 carrot",
    "dfc-pt:potato": "감자 potato",
    "dfc-pt:cucumber": "오이 cucumber",
    "dfc-pt:courgette": "애호박 courgette",
    "dfc-pt:squash": "단호박 늙은호박 호박 squash",
    "dfc-pt:eggplant": "가지 eggplant",
    "dfc-pt:pepper": "고추 파프리카 피망 pepper",
    "dfc-pt:tomato": "방울토마토 토마토 tomato",
    "dfc-pt:salad": "상추 쌈채소 샐러드 로메인 salad",
    "dfc-pt:mushroom": "버섯 표고 느타리 mushroom",
    "dfc-pt:melon": "수박 참외 멜론 melon",
    "dfc-pt:apples": "사과 apple",
    "dfc-pt:pear": "배 pear",
    "dfc-pt:grape": "포도 샤인머스캣 grape",
    "dfc-pt:strawberry": "딸기 strawberry",
    "dfc-pt:peach": "복숭아 peach",
    "dfc-pt:plum": "자두 매실 plum",
    "dfc-pt:mandarin": "귤 감귤 한라봉 mandarin",
    "dfc-pt:kiwi": "키위 참다래 kiwi",
    "dfc-pt:nut": "밤 호두 잣 땅콩 nut",
    "dfc-pt:fruit": "감 대추 살구 fruit",
    "dfc-pt:egg": "달걀 계란 유정란 egg",
    "dfc-pt:milk": "우유 milk",
    "dfc-pt:beef": "쇠고기 소고기 한우 beef",
    "dfc-pt:pork": "돼지고기 삼겹살 목살 pork",
    "dfc-pt:poultry": "닭고기 닭 오리 poultry",
    "dfc-pt:bread": "빵 식빵 bread",
}  # fmt: skip
_BY_CATEGORY = {
    "채소": "dfc-pt:vegetable",
    "과일": "dfc-pt:fruit",
    "축산": "dfc-pt:meat-product",
    "수산": "dfc-pt:fishery-product",
    "유제품": "dfc-pt:dairy-product",
    "빵": "dfc-pt:bakery",
    "음료": "dfc-pt:drink",
    "냉동": "dfc-pt:frozen",
    "반찬": "dfc-pt:ready-meal",
    "곡물": "dfc-pt:dried_goods",
    "화훼": "dfc-pt:flower",
    "생활": "dfc-pt:inedible",
}
OTHER = "dfc-pt:local-grocery-store"

_WORDS = sorted(
    ((word, kind) for kind, words in _BY_WORD.items() for word in words.split()),
    key=lambda pair: -len(pair[0]),
)
_SHORT = {word: kind for word, kind in _WORDS if len(word) == 1}


def type_of(name: str, category: str) -> str:
    """Return the type of a good by the words of its name, else by its category.

    >>> type_of("무농약 배추", "채소")
    'dfc-pt:cabbage'
    """
    lower = name.lower()
    for word, kind in _WORDS:
        if len(word) > 1 and word in lower:
            return kind
    for word in lower.split():
        if word in _SHORT:
            return _SHORT[word]
    for beginning, kind in _BY_CATEGORY.items():
        if beginning in category:
            return kind
    return OTHER
