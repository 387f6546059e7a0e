"""Two apples with tax, the number of apples and the tax as variables of their own."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="apples-variables-outside",
    section="5.1.1",
    title={
        "en": "Two apples, the variables outside",
        "zh": "两个苹果：变量标在外面",
        "ja": "りんご2個：変数を外に出す",
    },
    description={
        "en": (
            "The circles hold × alone; "
            "the number of apples and the tax come in from outside, so each of them has a gradient too."
        ),
        "zh": "圆圈里只有“×”，苹果的个数和消费税作为变量标在外面，因此它们也各有导数。",
        "ja": "○の中は「×」だけ。りんごの個数と消費税も外から入る変数なので、それぞれに微分があります。",
    },
    labels={
        "apple": {"en": "apple price", "zh": "苹果单价", "ja": "りんごの値段"},
        "apple_num": {"en": "apples", "zh": "苹果个数", "ja": "りんごの個数"},
        "tax": {"en": "tax", "zh": "消费税", "ja": "消費税"},
        "apple_price": {"en": "price of the apples", "zh": "苹果的总价", "ja": "りんごの合計"},
        "price": {"en": "payment", "zh": "支付金额", "ja": "支払金額"},
    },
    formula="""\
apple = 100
apple_num = 2
tax = 1.1
apple_price = apple * apple_num
price = apple_price * tax
""",
)
