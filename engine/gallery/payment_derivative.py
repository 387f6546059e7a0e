"""How much the payment rises with the price of an apple: 1, 1.1, 2.2 from right to left."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="payment-derivative",
    section="5.1.3",
    title={"en": "The derivative of the payment", "zh": "支付金额的导数", "ja": "支払金額の微分"},
    description={
        "en": (
            "If an apple costs one yen more, how much more is there to pay? Read the gradients from right to left: "
            "1, 1.1, 2.2."
        ),
        "zh": "苹果贵1日元，要多付多少？从右向左读导数：1、1.1、2.2。",
        "ja": "りんごが1円高くなると、支払いはいくら増える？微分を右から左へ読むと 1、1.1、2.2 です。",
    },
    labels={
        "apple": {"en": "apple price", "zh": "苹果单价", "ja": "りんごの値段"},
        "apple_price": {"en": "price of the apples", "zh": "苹果的总价", "ja": "りんごの合計"},
        "price": {"en": "payment", "zh": "支付金额", "ja": "支払金額"},
    },
    formula="""\
apple = 100
apple_price = 2 * apple
price = 1.1 * apple_price
""",
)
