"""Two apples with tax, the fixed numbers inside the picture: ×2, then ×1.1."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="two-apples",
    section="5.1.1",
    title={"en": "Two apples", "zh": "两个苹果", "ja": "りんご2個"},
    description={
        "en": "Two apples at 100 yen each, with 10% tax. The price flows through ×2 and ×1.1.",
        "zh": "每个100日元的苹果买2个，消费税10%。单价依次流过“×2”和“×1.1”。",
        "ja": "1個100円のりんごを2個、消費税は10%。値段が「×2」「×1.1」の順に流れます。",
    },
    labels={
        "apple": {"en": "apple price", "zh": "苹果单价", "ja": "りんごの値段"},
        "apple_price": {"en": "price of the apples", "zh": "苹果的总价", "ja": "りんごの合計"},
        "price": {"en": "payment", "zh": "支付金额", "ja": "支払金額"},
    },
    formula="""\
apple = 100
apple_price = apple * 2
price = apple_price * 1.1
""",
)
