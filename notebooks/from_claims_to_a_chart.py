# %% [markdown]
# # From claims to a chart
#
# Flows, a network, and how not to add up claims. It needs the records of this repository (`transfers load`) and the extra `notebook`.

# %%
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import transfers

db = transfers.open()

# %% [markdown]
# ## Flows
#
# One row of `v_transfers` is one transfer, however many sources speak of it. Names and ids are both there: no join is needed. What can be
# counted at once is who is said to supply whom with *how many kinds of systems*, not with how many pieces.

# %%
moved = db.frame("v_transfers")
said = moved[moved["standing"].isin(["reported", "alleged", "contested"])]
flows = said.groupby(["supplier_name", "recipient_name"]).agg(
    systems=("system", "nunique"), claims=("claims", "sum"), articles=("articles", "max"),
).reset_index()
flows

# %%
by_pair = flows.set_index(["supplier_name", "recipient_name"])
assert by_pair.loc[("Iran", "Russia"), "systems"] >= 3
assert (flows["systems"] <= flows["claims"]).all()

# %%
figure, axes = plt.subplots(figsize=(7, 0.5 * len(flows) + 1.2), layout="constrained")
axes.barh(flows["supplier_name"] + " → " + flows["recipient_name"], flows["systems"].astype(int), color="#2a6f97")
axes.set(title="Who is said to supply whom", xlabel="systems named")
axes.xaxis.get_major_locator().set_params(integer=True)
assert [bar.get_width() for bar in axes.patches] == flows["systems"].tolist()


# %% [markdown]
# ## A network
#
# The same rows as arrows. The picture says who is *said* to supply whom; a dashed arrow is contested or only alleged.


# %%
def draw_network(rows: pd.DataFrame, title: str) -> plt.Axes:
    """Actors on a circle, an arrow for each pair; solid when at least one transfer between the two is reported."""
    pairs = rows.groupby(["supplier_name", "recipient_name"])["standing"].agg(set)
    names = sorted({name for pair in pairs.index for name in pair})
    turn = 2 * math.pi / len(names)
    places = {name: (math.cos(at * turn), math.sin(at * turn)) for at, name in enumerate(names)}
    _, axes = plt.subplots(figsize=(7, 6), layout="constrained")
    for (supplier, recipient), standings in pairs.items():
        style = {"arrowstyle": "-|>", "color": "#2a6f97", "linestyle": "-" if "reported" in standings else "--", "shrinkA": 30, "shrinkB": 30}
        axes.annotate("", xy=places[recipient], xytext=places[supplier], arrowprops=style)
    for name, (x, y) in places.items():
        axes.text(x, y, name, ha="center", va="center", wrap=True, bbox={"boxstyle": "round", "facecolor": "white"})
    axes.set(title=title, xlim=(-1.6, 1.6), ylim=(-1.3, 1.3))
    axes.set_axis_off()
    return axes


axes = draw_network(said, "The network of the first article")
arrows = [one for one in axes.texts if getattr(one, "arrow_patch", None)]
assert len(arrows) == len(flows)

# %% [markdown]
# ## How not to add up
#
# **First mistake: over the systems of one pair.** One article speaks of drones in general and of two models. The drones in general
# *are* those models, or some of them: these are three rows, and not three deliveries. Sum within one level, or do not sum.

# %%
drones = moved.query("supplier == 'iran' and recipient == 'russia' and category == 'uav'")
levels = db.frame("systems").set_index("id")["level"]
assert {"class", "model"} <= set(levels[drones["system"]])
drones[["system_name", "claims", "quantity_low", "quantity_high"]].assign(level=levels[drones["system"]].to_numpy())

# %% [markdown]
# **Second mistake: over claims.** A made-up collection of the tests shows what happens: **papers, boats and rifles are made up**, and they
# go into a database of their own.

# %%
made_up_files = Path(transfers.__file__).parents[1] / "tests" / "hard_cases" / "collection"
folder = tempfile.TemporaryDirectory()
made_up_db = str(Path(folder.name) / "made-up.db")
words = [sys.executable, "-m", "transfers", "load", "--silent", "--collection", str(made_up_files), "--db", made_up_db]
subprocess.run(words, check=True, capture_output=True)
made_up = transfers.open(made_up_db)
told = made_up.frame("v_transfers").set_index("id")
claims = made_up.frame("v_transfer_claims")
naive = claims.groupby("transfer")["quantity_high"].sum()

# %% [markdown]
# Three papers report twelve patrol boats. All three repeat one official: `claims` is 3, `origins` is 1, and the boats are twelve.

# %%
boats = told.loc["norland-sudmark-patrol-boat-supply"]
assert (boats["claims"], boats["origins"]) == (3, 1)
assert (boats["planned_low"], boats["planned_high"]) == (12, 12)
assert naive["norland-sudmark-patrol-boat-supply"] == 36

# %% [markdown]
# Two hundred rifles, and a correction that says "not 2,000". The sum of the two is nonsense; the view leaves out what is denied.

# %%
rifles = told.loc["norland-sudmark-rifle-supply"]
assert (rifles["quantity_low"], rifles["quantity_high"]) == (200, 200)
assert naive["norland-sudmark-rifle-supply"] == 2200

# %%
compared = pd.DataFrame({
    "added up (wrong)": naive[[boats.name, rifles.name]].astype(int),
    "range of the view": [int(boats["planned_high"]), int(rifles["quantity_high"])],
}).rename({boats.name: "patrol boats", rifles.name: "rifles"})
figure, axes = plt.subplots(figsize=(7, 2.8), layout="constrained")
compared.plot.barh(ax=axes, logx=True, color=["#c44536", "#2a6f97"], title="Made up: what adding up claims does")
assert sorted(bar.get_width() for bar in axes.patches) == [12, 36, 200, 2200]
compared

# %% [markdown]
# **Third mistake: ordered and delivered in one sum.** `planned_low` and `planned_high` are what is to come, `quantity_low` and
# `quantity_high` what has set out; a number per month is in neither.
#
# **Fourth mistake: to sum what is missing as nothing.** pandas leaves missing numbers out of a sum. A transfer without a number is not a
# transfer of none: say of how many rows the number is not known.

# %%
live = told[told["standing"] != "withdrawn"]
unknown = live[["quantity_low", "quantity_high", "planned_low", "planned_high"]].isna().all(axis=1)
assert 0 < unknown.sum() < len(live)
print(f"{unknown.sum()} of {len(live)} transfers have no number at all")

# %%
network = draw_network(live[live["standing"] != "denied_only"], "The made-up collection")
assert {text.arrow_patch.get_linestyle() for text in network.texts if getattr(text, "arrow_patch", None)} == {"-", "--"}

# %%
made_up.close()
folder.cleanup()
db.close()
