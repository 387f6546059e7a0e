"""Two apples and three oranges: two products meet in a sum."""

from engine.gallery.entry import Entry

ENTRY = Entry(
    slug="apples-and-oranges",
    section="5.1.1",
    title={"en": "Apples and oranges", "zh": "苹果和橘子", "ja": "りんごとみかん"},
    description={
        "en": (
            "Two apples and three oranges with tax. The add node hands the gradient on to both sides; "
            "each mul node swaps its two values."
        ),
        "zh": "买2个苹果和3个橘子，再加消费税。加法节点把导数原样传给两边，乘法节点则“翻转”两个值。",
        "ja": (
            "りんご2個とみかん3個に消費税。加算ノードは微分をそのまま両側へ、乗算ノードは2つの値を入れ替えて伝えます。"
        ),
    },
    labels={
        "apple": {"en": "apple price", "zh": "苹果单价", "ja": "りんごの値段"},
        "apple_num": {"en": "apples", "zh": "苹果个数", "ja": "りんごの個数"},
        "orange": {"en": "orange price", "zh": "橘子单价", "ja": "みかんの値段"},
        "orange_num": {"en": "oranges", "zh": "橘子个数", "ja": "みかんの個数"},
        "tax": {"en": "tax", "zh": "消费税", "ja": "消費税"},
        "apple_price": {"en": "price of the apples", "zh": "苹果的总价", "ja": "りんごの合計"},
        "orange_price": {"en": "price of the oranges", "zh": "橘子的总价", "ja": "みかんの合計"},
        "all_price": {"en": "price before tax", "zh": "税前总价", "ja": "税抜きの合計"},
        "price": {"en": "payment", "zh": "支付金额", "ja": "支払金額"},
    },
    formula="""\
apple = 100
apple_num = 2
orange = 150
orange_num = 3
tax = 1.1
apple_price = apple * apple_num
orange_price = orange * orange_num
all_price = apple_price + orange_price
price = all_price * tax
""",
)
