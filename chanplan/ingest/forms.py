"""How people write numbers and dates, once: the same patterns serve Python and the SQL.

Recognition looks at a sample in Python, cleaning reads every row in SQL; both take their
patterns from here (the syntax is common to `re` and RE2), so they cannot disagree.
"""

# Cells that say "no value" in a column of numbers or dates, tidied and in lower case.
NO_VALUE = ("", "-", "--", "—", "——", "/", "null", "none", "n/a", "na", "#n/a", "\\n", "无", "空")

# The same as one pattern over the raw cell, which is ten times faster than tidying it first.
_BLANK = r"[ \t\x{3000}\x{A0}]*"
_NONE = rf"{_BLANK}(?i:-{{0,2}}|—{{1,2}}|/|null|none|n/a|na|#n/a|\\n|无|空){_BLANK}"
NO_VALUE_RE2 = rf'{_NONE}|{_BLANK}="{_NONE}"{_BLANK}'

# The same in a column of names, where "无" and "NA" may be names.
NO_NAME_RE2 = r"(?i:-{0,2}|—{1,2}|null|n/a|\\n)"
# What Excel shows in place of a value; the last one is ours, for a formula nobody worked out.
ERROR_RE2 = r"#(?:REF!|DIV/0!|NAME\?|NULL!|NUM!|VALUE!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|FORMULA!)"
# A code that was longer than the digits Excel keeps.
LOST_RE2 = r"\s*\d(?:\.\d+)?E\+\d{2}\s*"
# The same where the number has become one that ends in .0, and what may be rounded of those.
KEPT_AS_NUMBER, ROUNDED_RE2 = r"^(\d{1,15})\.0$", r"\s*\d{16,}\.0\s*"
# Signs before a code that keep Excel from making a number of it.
TEXT_SIGNS = ("'", "`", '"', "’", "‘", "＇")
# Blanks that exports leave behind a cell: a tab keeps a number from becoming one in Excel.
BEHIND = " \t"
# "As above", where a name should stand.
DITTO = ("同上", "同前", "ditto", "Ditto", "DITTO", "do.", '"', "”", "“", "〃", "″", "''", '-"-')
# What programs put in place of a letter that they could not decode.
UNREADABLE_SIGN = "\ufffd"
UNCOMPUTED = "#FORMULA!"

# ="0123" and '0123: how exports make Excel show a number as the text that it is.
GUARDED, GUARD_ENDS = r"""^(?:="(.*)"|'+([-+.0-9].*))$""", '"'

# Full-width forms and typographic signs → plain ones; all blanks that a sheet may hold → ' '.
# Digits of Arabic and of Persian are digits like any other, with their own point and comma.
WIDE = "０１２３４５６７８９．，－＋（）％￥＄／：−–’＇\u3000\u00a0\t\u202f\u2007\u2009"
PLAIN = "0123456789.,-+()%¥$/:--''      "
WIDE += "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬٪\u061c\u200f"
PLAIN += "01234567890123456789.,%  "

_MONEY = (
    r"[¥$€£₹₩฿₫₽]|rmb|cny|usd|eur|gbp|hkd|jpy|twd|inr|rs\.?|sgd|aud|cad|chf|krw|thb|vnd|rub|myr"
    r"|idr|人民币|美元|欧元|英镑|港币|港元|日元"
)
_CURRENCY = rf"(us\$|hk\$|nt\$|cn¥|jp¥|{_MONEY})?"
_CURRENCY_AFTER = rf"({_MONEY}|元整|元|圆|块|円)?"
# Signs of the same money; an amount in another money than its column's is never added to it.
CURRENCIES = {
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "元": "CNY", "块": "CNY",
    "cn¥": "CNY", "元整": "CNY", "圆": "CNY",
    "$": "USD", "us$": "USD", "usd": "USD", "美元": "USD",
    "€": "EUR", "eur": "EUR", "欧元": "EUR", "£": "GBP", "gbp": "GBP", "英镑": "GBP",
    "hk$": "HKD", "hkd": "HKD", "港币": "HKD", "港元": "HKD", "nt$": "TWD", "twd": "TWD",
    "jp¥": "JPY", "jpy": "JPY", "日元": "JPY", "円": "JPY", "₹": "INR", "inr": "INR", "rs": "INR",
    "rs.": "INR", "₩": "KRW", "krw": "KRW", "฿": "THB", "thb": "THB", "₫": "VND", "vnd": "VND",
    "₽": "RUB", "rub": "RUB", "sgd": "SGD", "aud": "AUD", "cad": "CAD", "chf": "CHF",
    "myr": "MYR", "idr": "IDR",
}  # fmt: skip
# What columns and headings call these besides, and a few more.
CURRENCY_NAMES = {
    "人民币元": "CNY", "元人民币": "CNY", "yuan": "CNY", "美金": "USD", "us dollar": "USD",
    "us dollars": "USD", "euro": "EUR", "港纸": "HKD", "台币": "TWD", "新台币": "TWD",
    "日圆": "JPY", "新加坡元": "SGD", "韩元": "KRW", "澳元": "AUD", "加元": "CAD",
    "泰铢": "THB", "越南盾": "VND", "卢布": "RUB", "马币": "MYR", "mop": "MOP", "澳门元": "MOP",
    "卢比": "INR", "rupees": "INR",
}  # fmt: skip
# Groups of three by comma or apostrophe, Indian groups of two, or none.
_GROUPED = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:'\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"
_DIGITS = rf"((?:{_GROUPED})(?:\.\d*)?|\d+(?:\.\d*)?(?:e[+-]?\d{{1,2}})?|\.\d+)"
# 1,234,567.89 and nothing else: so common that it has a way of its own.
THOUSANDS = r"^-?\d{1,3}(?:,\d{3})+(?:\.\d*)?$"
# Groups: 1 sign or bracket, 2 currency, 3 sign or bracket after it, 4 digits, 5 magnitude,
# 6 currency, 7 bracket, 8 sign.
# A decimal comma ("1052,75", "11,50万") does not fit and is never guessed at.
NUMBER = rf"^([-+(]?){_CURRENCY}([-+(]?){_DIGITS}(千|万|百万|千万|亿)?{_CURRENCY_AFTER}(\)?)(-?)$"
# A quantity with its unit in the cell: 12箱, 3.5 kg. Groups: 1 number, 2 unit.
COUNTED = r"^([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?) *([一-龥a-z][^\d\s]{0,7})$"
# A number with a decimal comma, read only where a whole column or a person says so.
COMMA = r"^[-+(]?(?:¥|\$|€|£|₹|₽)?[-+]?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?:€|%)?\)?-?$"
# 1.234 is a thousand for some and a little more than one for others.
DOT_GROUP = r"^[-+(]?[1-9]\d{0,2}\.\d{3}\)?-?$"
PERCENT = rf"^([-+]?){_DIGITS}%$"
# 8.5折 means that 85 % of the price is paid: a discount rate of 15 %.
PAID_TENTHS = r"^(\d(?:\.\d{1,2})?)折$"
MAGNITUDES = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
# Amounts may be told as 2.5K and 1.2M, too; of pieces these would be metres, or kinds of packs.
SIZES = {**MAGNITUDES, "k": 10**3, "m": 10**6, "mn": 10**6, "mm": 10**6, "bn": 10**9}
SIZED = NUMBER.replace("千万|亿", "千万|亿|k|m|mn|mm|bn")

# Dates, after WIDE → PLAIN, blanks trimmed, lower case. Year groups have four digits or none.
_WEEKDAY = (
    r"(?: *[(,]? *(?:(?:星期|周|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\)?)?"
)
_DAYTIME = r"(?:上午|下午|中午|早上|晚上|凌晨)"
_CLOCK = rf"{_WEEKDAY}(?:(?:[ t]+|[ t]*{_DAYTIME} *)\d{{1,2}}[:时点].*)?"
# Mon 03/02/2025, 周一 2025-03-03
_DAY_AHEAD = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? +|(?:星期|周|礼拜)[一二三四五六日天][ ,]*)?"
)
YEAR_FIRST = (
    rf"^{_DAY_AHEAD}(\d{{4}}) ?[-/.年] ?(\d{{1,2}}) ?[-/.月] ?(\d{{1,2}}) ?[日号]?{_CLOCK}$"
)
# 24年3月5日: only the words tell which part is the year.
SHORT_YEAR = rf"^{_DAY_AHEAD}(\d\d)年(\d{{1,2}})月(\d{{1,2}})[日号]?{_CLOCK}$"
# 3/4/2024, 3/4/24 and 24/3/4: which part is which only the whole column or a person can tell.
ORDERED = rf"^{_DAY_AHEAD}(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{1,2}}){_CLOCK}$"
# order → the groups of ORDERED that hold year, month, day
ORDERS = {"mdy": (3, 1, 2), "dmy": (3, 2, 1), "ymd": (1, 2, 3)}
# 20240305.0 and 202403.0: a program has kept a day, or a month, as a number.
COMPACT = r"^(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6}|[ t]+\d{1,2}:.*|\.0)?$"
MONTH_FIRST_YEAR = r"^(\d{4}) ?[-/.年] ?(\d{1,2})(?:月份?)?$"
MONTH_SHORT_YEAR = r"^(\d\d)年(\d{1,2})月份?$"
MONTH_COMPACT = r"^(\d{4})(\d{2})(?:\.0)?$"
MONTH_LAST_YEAR = r"^(\d{1,2})[-/.](\d{4})$"
# Days without their year; which of two numbers is the month a column or a person tells.
DAY_IN_WORDS = r"^(\d{1,2})月(\d{1,2})[日号]?$"
DAY_IN_SIGNS = r"^(\d{1,2})[-/.](\d{1,2})$"
DAY_BEFORE_MONTH = (
    r"^(\d{1,2})[- ]?((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?$"
)
DAY_AFTER_MONTH = r"^((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.? (\d{1,2})$"
YEAR_ONLY = r"^(\d{4})年?$"
SERIAL = r"^(\d{5})(?:\.\d+)?$"
# What may stand around a named day and is none of it: its weekday, the time.
BEFORE_NAMED = r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +"
AFTER_NAMED = r",? +\d{1,2}:.*$"
# 2nd March
ORDINAL = r"(\d)(?:st|nd|rd|th)([ ,])"
# Months in Chinese numerals, the longer ones first; read where such a sign stands before 月.
CHINESE_MONTH = r"[一二三四五六七八九十]月"
CHINESE_MONTHS = (
    ("十二月", "12月"), ("十一月", "11月"), ("十月", "10月"), ("一月", "1月"), ("二月", "2月"),
    ("三月", "3月"), ("四月", "4月"), ("五月", "5月"), ("六月", "6月"), ("七月", "7月"),
    ("八月", "8月"), ("九月", "9月"),
)  # fmt: skip
NAMED_DAYS = (
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%b-%d-%y",
    "%b-%d-%Y",
)
NAMED_MONTHS = ("%b-%y", "%b-%Y", "%b %Y", "%B %Y", "%B-%Y")

# Excel counts days from here; 30000–60000 are the years 1982–2064, other numbers are no dates.
SERIAL_ORIGIN = "1899-12-30"
SERIAL_FIRST, SERIAL_LAST = 30_000, 60_000
# A date outside is a misreading (year 24, year 4535), not business.
EARLIEST, LATEST = "1990-01-01", "2100-12-31"

YES = ("是", "有", "y", "yes", "true", "1", "√", "✓")
NO = ("否", "没有", "n", "no", "false", "0", "×", "x")
