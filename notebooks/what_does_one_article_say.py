# %% [markdown]
# # What does one article say?
#
# Every row of the database is bound to words. This notebook takes one article apart: which words back which rows, what is
# stated and what a coder concluded, and when it all happened. It needs the records of this repository (`transfers load`) and
# the extra `notebook`.

# %%
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.dates import DateFormatter, WeekdayLocator

import transfers

ARTICLE = "national-2023-09-20-grynkewich"
db = transfers.open()

# %% [markdown]
# ## The evidence
#
# One row of `v_evidence` is one quote that backs one field of one row. `whole` is the quote of the row itself.

# %%
evidence = db.frame("v_evidence").query("article == @ARTICLE").sort_values(["start_char", "owner", "field"])
evidence[["start_char", "kind", "owner", "field", "basis", "quote"]].head(10)

# %% [markdown]
# The quotes are the article's own words: cut the text at the offsets, and they are there. (`layer` says which text is meant: that of
# the article, or of the whole file with what stands around it.)

# %%
text = db.frame("articles").set_index("id").loc[ARTICLE, "text"]
in_text = evidence[evidence["layer"] == "text"]
cut = [text[start:end] for start, end in zip(in_text["start_char"], in_text["end_char"], strict=True)]
assert len(cut) > 50
assert cut == in_text["quote"].tolist()

# %% [markdown]
# ## Stated or concluded
#
# What is `stated` is in the words. What is `inferred` is not, and says why somebody read it so.

# %%
bases = evidence.groupby(["kind", "basis"]).size().unstack(fill_value=0)
bases

# %%
inferred = evidence[evidence["basis"] == "inferred"]
assert inferred["why"].notna().all()
assert evidence.loc[evidence["field"] == "whole", "basis"].eq("stated").all(), "a row always has words of its own"
inferred.loc[inferred["kind"] == "claim", ["owner", "field", "quote", "why"]].head(5)

# %%
figure, axes = plt.subplots(figsize=(7, 2.8), layout="constrained")
bases.plot.barh(stacked=True, ax=axes, color={"stated": "#2a6f97", "inferred": "#e9a03b"})
axes.set(title="Quotes behind the rows of one article", xlabel="quotes", ylabel="")
assert sum(bar.get_width() for bar in axes.patches) == len(evidence)

# %% [markdown]
# ## The timeline
#
# Meetings and statements have days. Of the transfers the article only says that they had happened when it was written: they are
# open at the left. An open end is `NaT`, never a guess.

# %%
meetings = db.frame(
    f"SELECT DISTINCT id, title, date_earliest, date_latest FROM v_meetings WHERE id IN "
    f"(SELECT meeting_id FROM v_current_claims WHERE article_id = '{ARTICLE}') ORDER BY date_earliest, id"
)
claims = db.frame("v_transfer_claims").query("article == @ARTICLE")
ids = claims["transfer"].unique()
moved = db.frame("v_transfers").query("id in @ids")
labels = moved["supplier_name"] + " → " + moved["recipient_name"] + ": " + moved["system_name"]
spans = pd.concat([
    pd.DataFrame({"label": labels, "first": moved["first_date"], "last": moved["last_date"]}),
    pd.DataFrame({"label": meetings["title"], "first": meetings["date_earliest"], "last": meetings["date_latest"]}),
], ignore_index=True)
spans

# %%
day = pd.Timestamp("2023-09-20")
visit = meetings.set_index("id").loc["2023-09-tehran-shoigu-visit"]
assert (visit["date_earliest"], visit["date_latest"]) == (day, day)
shahed = moved.set_index("id").loc["iran-russia-shahed-136-supply"]
assert shahed["first_date"] is pd.NaT
assert shahed["last_date"] >= day

# %%
figure, axes = plt.subplots(figsize=(9, 0.4 * len(spans) + 1), layout="constrained")
left, right = day - pd.Timedelta(days=30), spans["last"].max() + pd.Timedelta(days=5)
for row, span in enumerate(spans.itertuples()):
    first, last = max(left, span.first) if pd.notna(span.first) else left, span.last if pd.notna(span.last) else right
    axes.plot([first, last], [row, row], linewidth=3, color="#2a6f97", marker="o" if first == last else None)
    if pd.isna(span.first):
        axes.plot([left], [row], marker="<", color="#2a6f97")
axes.set_yticks(range(len(spans)), spans["label"])
axes.invert_yaxis()
axes.set(title="What the article dates, and how", xlim=(left - pd.Timedelta(days=1), right))
axes.xaxis.set_major_locator(WeekdayLocator())
axes.xaxis.set_major_formatter(DateFormatter("%d %b %Y"))
assert [tick.get_text() for tick in axes.get_yticklabels()] == spans["label"].tolist()
assert sum(line.get_marker() == "<" for line in axes.lines) == spans["first"].isna().sum() > 0

# %%
db.close()
