# %% [markdown]
# # Who says what about the Shahed-136?
#
# Claims beside each other: who says it, in which words, with which range of numbers, and who denies it. It needs the records of this
# repository (`transfers load`) and the extra `notebook`.

# %%
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import transfers

db = transfers.open()

# %% [markdown]
# ## By any of its names
#
# Russia calls it Geran-2. The registry knows, so a question in any of the names finds the same rows.

# %%
found = db.query(system="Shahed-136")
assert [one.id for one in found] == [one.id for one in db.query(system="Geran-2")] == [one.id for one in db.query(system="Герань-2")]
for one in found:
    print(one.supplier_name, "→", one.recipient_name, one.standing, one.quantity_low, one.quantity_high)

# %% [markdown]
# ## Claims and ranges
#
# "Hundreds" is not a number. The record keeps the word and reads it as a range, from 200 to 999; what has no bound stays open.

# %%
claims = db.frame("SELECT * FROM v_transfer_claims WHERE system = 'shahed-136' ORDER BY claim")
claims["source"] = claims["said_by_name"].fillna(claims["outlet"])
claims[["source", "stance", "phase", "quantity_text", "quantity_low", "quantity_high", "quote"]]

# %%
hundreds = claims.set_index("claim").loc["national-2023-09-20-grynkewich-c01"]
assert hundreds["quantity_text"] == "hundreds"
assert (hundreds["quantity_low"], hundreds["quantity_high"]) == (200, 999)
assert hundreds["quote"].startswith("Moscow has received hundreds")
assert str(claims["quantity_low"].dtype) == "Int64", "a number that may be missing, not a float"


# %% [markdown]
# A chart that does not hide the range: a bar from the lowest to the highest number, an arrow where an end is open, hollow where the
# claim denies the number.


# %%
def draw_ranges(rows: pd.DataFrame, title: str) -> plt.Axes:
    """The numbers of claims on one axis, a line for each claim; those without a number keep their line, empty."""
    _, axes = plt.subplots(figsize=(9, 0.5 * len(rows) + 1.2), layout="constrained")
    bounds = pd.concat([rows["quantity_low"], rows["quantity_high"]]).dropna()
    highest = int(bounds.max()) if len(bounds) else 1
    for line, row in enumerate(rows.itertuples()):
        if pd.isna(row.quantity_low) and pd.isna(row.quantity_high):
            continue
        low = 0 if pd.isna(row.quantity_low) else int(row.quantity_low)
        high = highest * 1.2 if pd.isna(row.quantity_high) else int(row.quantity_high)
        fill = "none" if row.stance == "denied" else "full"
        axes.plot([low, high], [line, line], marker="o", fillstyle=fill, linewidth=3, color="#2a6f97")
        if pd.isna(row.quantity_low):
            axes.plot([low], [line], marker="<", markersize=10, color="#2a6f97")
        if pd.isna(row.quantity_high):
            axes.plot([high], [line], marker=">", markersize=10, color="#2a6f97")
    axes.set_yticks(range(len(rows)), rows["source"] + " (" + rows["stance"] + ")")
    axes.set(title=title, xlabel="number as the source has it", xlim=(0, highest * 1.3), ylim=(len(rows) - 0.5, -0.5))
    return axes


axes = draw_ranges(claims, "Shahed-136: what the sources say")
assert [200, 999] in [list(line.get_xdata()) for line in axes.lines]

# %% [markdown]
# ## Denials: a made-up collection
#
# The first article of this repository reports, and nobody in it denies. The tests have a small collection in which sources deny,
# correct and copy each other. **Its papers, articles and weapons are made up**; it goes into a database of its own.

# %%
made_up_files = Path(transfers.__file__).parents[1] / "tests" / "hard_cases" / "collection"
folder = tempfile.TemporaryDirectory()
made_up_db = str(Path(folder.name) / "made-up.db")
words = [sys.executable, "-m", "transfers", "load", "--silent", "--collection", str(made_up_files), "--db", made_up_db]
subprocess.run(words, check=True, capture_output=True)
made_up = transfers.open(made_up_db)
both = made_up.frame("v_transfer_claims")
both["source"] = both["said_by_name"].fillna(both["outlet"])

# %% [markdown]
# A source that denies the event makes the transfer `contested`. Who says so and who denies it stand side by side, none is thrown away.

# %%
heron = both[both["transfer"] == "iran-russia-heron-3-supply"]
assert sorted(heron["stance"]) == ["asserted", "denied"]
assert made_up.query(system="heron-3", supplier="Iran")[0].standing == "contested"
heron[["source", "stance", "denies", "phase", "quote"]]

# %% [markdown]
# To deny a number or a purpose is not to deny the transfer: `denies` says what is denied, and the standing follows it.

# %%
rifles = both[both["transfer"] == "norland-sudmark-rifle-supply"].sort_values("quantity_low")
assert rifles[["stance", "quantity_low"]].to_numpy().tolist() == [["asserted", 200], ["denied", 2000]]
assert rifles["denies"].dropna().tolist() == ["quantity"]
told = made_up.query(system="rifle")[0]
assert (told.standing, told.disputes, told.quantity_low, told.quantity_high) == ("reported", 1, 200, 200)
axes = draw_ranges(rifles, "Rifles (made up): 200, and not 2,000")
assert [line.get_fillstyle() for line in axes.lines] == ["full", "none"]

# %% [markdown]
# "Up to 400" and "at least two" have an open end each, and stay so.

# %%
open_ends = both[both["quantity_low"].isna() ^ both["quantity_high"].isna()]
assert {"up to 400", "at least two"} <= set(open_ends["quantity_text"])
axes = draw_ranges(open_ends, "Open ends (made up)")
assert {line.get_marker() for line in axes.lines} == {"o", "<", ">"}
axes.set_xscale("symlog", linthresh=10)

# %%
made_up.close()
folder.cleanup()
db.close()
