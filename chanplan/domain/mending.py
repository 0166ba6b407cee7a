"""How a workbook of rows set aside says whose rows they are, so that they find their way back."""

# The sheet that tells it, and the word before the batch's number in it.
SHEET = "chanplan"
MARK = "chanplan-set-aside"
# Columns before those of the file: reason, file, sheet, line.
OWN_COLUMNS = 4
# Before a cell of a row that may have shifted: it cannot be read until a person has looked.
UNSEEN = "? "
# The apostrophe before a cell that a spreadsheet would take for a formula (reports/escaping),
# as a pattern: coming back, the cell is again what it was.
ESCAPED = r"^'[=+\-@\t\r\n＝＋－＠]"
