"""How openpyxl streams a workbook: it trusts the range that each sheet says it uses. Prints the tallies of readers.mjs."""

import json
import sys

from openpyxl import load_workbook

sheets = {}
for sheet in load_workbook(sys.argv[1], read_only=True, data_only=True):
    seen = sheets[sheet.title] = {"cells": 0, "numbers": 0, "sum": 0}
    for value in (value for row in sheet.iter_rows(values_only=True) for value in row if value not in (None, "")):
        seen["cells"] += 1
        if isinstance(value, (int, float)):
            seen["numbers"] += 1
            seen["sum"] += value
        elif not isinstance(value, str):  # a date, whose number openpyxl does not give
            seen["numbers"] += 1
            seen["sum"] = float("nan")

# The sum of a sheet with dates is not compared.
for seen in sheets.values():
    if seen["sum"] != seen["sum"]:
        seen["sum"] = None
print(json.dumps({"openpyxl, streamed": sheets}))
