"""How a workbook of rows set aside says whose rows they are, so that they find their way back."""

# The sheet that tells it, and the word before the batch's number in it.
SHEET = "chanplan"
MARK = "chanplan-set-aside"
# Columns before those of the file: reason, file, sheet, line.
OWN_COLUMNS = 4
