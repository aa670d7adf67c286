"""The record as an SVG: speed on a logarithmic axis, recall and precision beside it."""
import math
from html import escape

from . import table

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 960, 130, 310, 16, 8, 50
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .paper { fill: #ffffff } .title { font-weight: 600; font-size: 15px }
  .quiet { fill: #59636e; font-size: 12px } .grid { stroke: #d1d9e0 }
  .own { fill: #0b7a75 } .peer { fill: #8c959f }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .paper { fill: #0d1117 } .quiet { fill: #9198a1 }
    .grid { stroke: #3d444d } .own { fill: #2fbfb7 } .peer { fill: #6e7681 }
  }"""


def chosen(record):
    """One panel a set: its largest size with at least three measured peers, at J >= .7, 1 thread."""
    panels = {}
    for (name, size, task, threshold, threads), rows in table.groups(record):
        if task != "clusters" or threshold != 0.7 or threads != 1:
            continue
        peers = [r for r in rows if r["runs"] and not r["engine"].startswith("sidik")]
        if len(peers) >= 3:
            panels[name] = (size, rows)
    return panels


def text(x, y, content, kind="", anchor="start"):
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{style} text-anchor="{anchor}">{escape(content)}</text>'


def beside(row):
    """Recall and precision as said beside a bar."""
    parts = row.get("quality", {})
    part = parts.get("pairs") or parts.get("clusters") or parts.get("flags")
    if not part or part["recall"] is None:
        return ""
    kind = " (flags only)" if "flags" in parts else ""
    copies = parts.get("planted", {}).get("recall")
    more = f", copies {copies:.2f}" if copies is not None else ""
    return f"recall {part['recall']:.2f}, precision {part[table.precision(row)] or 0:.2f}{more}{kind}"


def panel(name, size, rows, record, top, low, high):
    held = next(s for s in record["sets"] if (s["name"], s["size"]) == (name, size))
    speed = {row["engine"]: held["text_bytes"] / 1e6 / table.median(row, "cpu")
             for row in rows if row["runs"]}
    shown = sorted((row for row in rows if row["runs"]), key=lambda row: -speed[row["engine"]])
    bottom = top + TOP + len(shown) * (BAR + GAP)
    scale = (WIDTH - LEFT - RIGHT) / (high - low)
    out = [text(12, top + 18, f"{name}: {held['documents']:,} documents, "
                              f"{held['text_bytes'] / 1e6:,.0f} MB", "title")]
    for power in range(low, high + 1):
        x = LEFT + (power - low) * scale
        out.append(f'<path class="grid" d="M{x:.0f} {top + TOP - 10}V{bottom}"/>')
        out.append(text(x, top + TOP - 14, f"{10 ** power:g}", "quiet", "middle"))
    for i, row in enumerate(shown):
        y = top + TOP + i * (BAR + GAP)
        length = max(2, (math.log10(speed[row["engine"]]) - low) * scale)
        kind = "own" if row["engine"].startswith("sidik") else "peer"
        out.append(text(LEFT - 8, y + 13, row["engine"], "", "end"))
        out.append(f'<rect class="{kind}" x="{LEFT}" y="{y}" width="{length:.1f}" height="{BAR}" rx="2"/>')
        out.append(text(LEFT + length + 6, y + 13, table.number(speed[row["engine"]])))
        out.append(text(WIDTH - 12, y + 13, beside(row), "quiet", "end"))
    absent = sorted(row["engine"] for row in rows if "left_out" in row)
    if absent:
        out.append(text(LEFT, bottom + 12, "left out: " + ", ".join(absent), "quiet"))
        bottom += 18
    return out, bottom + 14


def svg(record):
    panels = chosen(record)
    speeds = []
    for name, (size, rows) in panels.items():
        held = next(s for s in record["sets"] if (s["name"], s["size"]) == (name, size))
        speeds += [held["text_bytes"] / 1e6 / table.median(row, "cpu") for row in rows if row["runs"]]
    low = math.floor(math.log10(min(speeds))) if speeds else 0
    high = math.ceil(math.log10(max(speeds)) + 0.15) if speeds else 1
    body = [text(12, 24, "Megabytes of raw text by CPU second, from JSON Lines to clusters, J >= 0.7, "
                         "one thread", "title"),
            text(12, 42, f"logarithmic axis; recall and precision against exact Jaccard of word-5-grams; "
                         f"{record['date']}, {record['machine']['processor']}", "quiet"),
            text(12, 58, "copies: pairs of copies made by edits of 27 kinds that came together; disguised "
                         "copies and excerpts count against precision", "quiet")]
    top = 70
    for name, (size, rows) in panels.items():
        lines, top = panel(name, size, rows, record, top, low, high)
        body += lines
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" width="{WIDTH}" '
        f'height="{top}" role="img" aria-label="Speed of Sidik and other engines, with recall">',
        f"<style>{STYLE}\n</style>",
        f'<rect class="paper" width="{WIDTH}" height="{top}"/>', *body, "</svg>", ""])
