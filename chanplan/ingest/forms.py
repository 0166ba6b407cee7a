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
UNCOMPUTED = "#FORMULA!"

# ="0123": how exports make Excel show a number as the text that it is.
GUARDED, GUARD_ENDS = '^="(.*)"$', '"'

# Full-width forms and typographic signs → plain ones; all blanks that a sheet may hold → ' '.
WIDE = "０１２３４５６７８９．，－＋（）％￥＄／：−–\u3000\u00a0\t"
PLAIN = "0123456789.,-+()%¥$/:--   "

_CURRENCY = r"(¥|\$|€|£|rmb|cny|usd|人民币)?"
# Signs of the same money; an amount in another money than its column's is never added to it.
CURRENCIES = {
    "¥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "元": "CNY", "块": "CNY",
    "$": "USD", "usd": "USD", "€": "EUR", "£": "GBP",
}  # fmt: skip
_DIGITS = r"(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?(?:e[+-]?\d{1,2})?|\.\d+)"
# 1,234,567.89 and nothing else: so common that it has a way of its own.
THOUSANDS = r"^-?\d{1,3}(?:,\d{3})+(?:\.\d*)?$"
# Groups: 1 sign or bracket, 2 currency, 3 sign after it, 4 digits, 5 magnitude, 6 currency,
# 7 bracket, 8 sign.
# A decimal comma ("1052,75", "11,50万") does not fit and is never guessed at.
NUMBER = rf"^([-+(]?){_CURRENCY}([-+]?){_DIGITS}(千|万|百万|亿)?(元|块|rmb|cny|usd)?(\)?)(-?)$"
# A number with a decimal comma, read only where a whole column or a person says so.
COMMA = r"^[-+(]?(?:¥|\$|€|£)?[-+]?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?:€|%)?\)?-?$"
# 1.234 is a thousand for some and a little more than one for others.
DOT_GROUP = r"^[-+(]?[1-9]\d{0,2}\.\d{3}\)?-?$"
PERCENT = rf"^([-+]?){_DIGITS}%$"
# 8.5折 means that 85 % of the price is paid: a discount rate of 15 %.
PAID_TENTHS = r"^(\d(?:\.\d{1,2})?)折$"
MAGNITUDES = {"千": 10**3, "万": 10**4, "百万": 10**6, "亿": 10**8}

# Dates, after WIDE → PLAIN, blanks trimmed, lower case. Year groups have four digits or none.
_CLOCK = r"(?:[ t]+\d{1,2}[:时].*)?"
YEAR_FIRST = rf"^(\d{{4}})[-/.年] ?(\d{{1,2}})[-/.月] ?(\d{{1,2}})[日号]?{_CLOCK}$"
# 3/4/2024, 3/4/24 and 24/3/4: which part is which only the whole column or a person can tell.
ORDERED = rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{1,2}}){_CLOCK}$"
# order → the groups of ORDERED that hold year, month, day
ORDERS = {"mdy": (3, 1, 2), "dmy": (3, 2, 1), "ymd": (1, 2, 3)}
COMPACT = r"^(\d{4})(\d{2})(\d{2})(?:\d{6})?$"
MONTH_FIRST_YEAR = r"^(\d{4})[-/.年] ?(\d{1,2})(?:月份?)?$"
MONTH_COMPACT = r"^(\d{4})(\d{2})$"
MONTH_LAST_YEAR = r"^(\d{1,2})[-/](\d{4})$"
YEAR_ONLY = r"^(\d{4})年?$"
SERIAL = r"^(\d{5})(?:\.\d+)?$"
NAMED_DAYS = ("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y")
NAMED_MONTHS = ("%b-%y", "%b-%Y", "%b %Y", "%B %Y", "%B-%Y")

# Excel counts days from here; 30000–60000 are the years 1982–2064, other numbers are no dates.
SERIAL_ORIGIN = "1899-12-30"
SERIAL_FIRST, SERIAL_LAST = 30_000, 60_000
# A date outside is a misreading (year 24, year 4535), not business.
EARLIEST, LATEST = "1990-01-01", "2100-12-31"

YES = ("是", "有", "y", "yes", "true", "1", "√", "✓")
NO = ("否", "没有", "n", "no", "false", "0", "×", "x")
