"""The bars of the recapitulation: largest on top, amounts in miliar at their ends, and nothing else to read."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart

from export.sheets.styles import FONT

MAX_BARS = 40
"""Bars of one chart; what is smaller is in the table."""
BAR_PIXELS = 27
FRAME_PIXELS = 74
"""Height of a bar with its gap, and of title and margins."""
MILIAR = '[$-421]#,##0.0,,," M"'
"""Amounts in thousand millions, as Indonesians abbreviate them."""
JUTA = '[$-421]#,##0,," jt"'
"""Amounts in millions, for charts without any larger one."""
ONE_MILIAR = 1_000_000_000
INK = "#404040"
BAR_COLOURS = {"agency": "#2F5D8A", "urusan": "#3B8686", "fund": "#B5793B"}
"""One quiet colour a chart, so that the three are told apart at a glance."""


def bar_chart(
    book: Workbook, title: str, cells: tuple[str, int, int, int, int], colour: str, *, largest: float
) -> Chart:
    """Return a chart of sorted amounts.

    ``cells`` are sheet, first and last row, column of the names and column of the amounts; ``largest`` is the largest
    amount in rupiah, which decides the unit of the labels.
    """
    sheet, first, last, names, amounts = cells
    shown = min(last, first + MAX_BARS - 1)
    chart: Chart = book.add_chart({"type": "bar"})
    label: dict[str, Any] = {
        "value": True,
        "num_format": MILIAR if largest >= ONE_MILIAR else JUTA,
        "font": {"name": FONT, "size": 9, "color": INK},
    }
    chart.add_series(
        {
            "name": title,
            "categories": [sheet, first, names, shown, names],
            "values": [sheet, first, amounts, shown, amounts],
            "fill": {"color": colour},
            "gap": 38,
            "data_labels": label,
        }
    )
    chart.set_title(
        {
            "name": title,
            "overlay": False,
            "layout": {"x": 0.012, "y": 0.02},
            "name_font": {"name": FONT, "size": 12, "bold": True, "color": INK},
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis(
        {
            "reverse": True,
            "interval_unit": 1,  # every bar keeps its name
            "num_font": {"name": FONT, "size": 9, "color": INK},
            "line": {"color": "#BFBFBF"},
            "major_tick_mark": "none",
        }
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_plotarea({"border": {"none": True}})
    return chart


def chart_height(bars: int) -> int:
    """Return the height in pixels of a chart with so many bars."""
    return FRAME_PIXELS + BAR_PIXELS * min(max(bars, 1), MAX_BARS)
