"""Charts: pure functions from a view to a title, SVG text and the table behind it.

A chart names no colour and no style: it uses the classes of `charts.css`, which take the colours of the page. Places
along it are percentages of its width and text keeps its size, so one drawing serves all widths from a least one on; a
chart that has to leave something out on a narrow screen is drawn twice, and the style sheet shows the one that fits.
"""
