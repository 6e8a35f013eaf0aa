"""The views that lay registers beside the claims, and those that analysts ask of both; `transfers.schema.views` makes them.

A register never passes for evidence: its figures stand in columns of their own beside what the claims say, and a view says
where the two differ, not who is right. A row of a register is joined to a transfer by the decision of a person and by nothing
else. No view adds up two registers, which mostly say the same of the same deals: every row names its register.

Source: docs/codebook.md, Views.
"""

from __future__ import annotations

from typing import Final

from transfers.schema.claim_views import listed, transfer_rows
from transfers.vocabulary import words as lists

FRAGMENTS: Final = {
    "sqlite": {"names": "group_concat(n.name, '; ')", "text_order": "", "decimal": "REAL"},
    "postgresql": {
        "names": "string_agg(n.name, '; ' ORDER BY n.name COLLATE \"C\")", "text_order": ' COLLATE "C"', "decimal": "numeric",
    },
}
_BY_YEAR: Final = f"IN ({listed(lists.REGISTER_FORMS_BY_YEAR)})"
_ON_THE_WAY: Final = f"IN ({listed(lists.PHASES_ON_THE_WAY)})"
_SAME_DEAL: Final = (
    "{one}.supplier = {other}.supplier AND {one}.recipient = {other}.recipient AND {one}.designation = {other}.designation "
    "AND {one}.order_year = {other}.order_year"
)


def _same_deal(one: str, other: str) -> str:
    """Two rows name the same supplier, recipient and weapon and the same year of order."""
    return _SAME_DEAL.format(one=one, other=other)


def _rounded(value: str, digits: int) -> str:
    """A number without the noise of adding up: the engines add in different orders."""
    return f"CAST(round(CAST({value} AS {{decimal}}), {digits}) AS DOUBLE PRECISION)"


def _registered(owner: str, value: str, dataset: str) -> str:
    """Whose name in a register this is, if somebody has decided that."""
    return f"(SELECT i.{owner}_id FROM identifiers i WHERE i.scheme = {dataset} AND i.value = {value})"


_ROW_COLUMNS: Final = (
    "designation", "description", "category", "order_year", "order_year_uncertain", "ordered", "ordered_uncertain", "delivered",
    "delivered_uncertain", "delivery_years", "delivery_first", "delivery_last", "delivery_years_uncertain", "condition",
    "comment", "is_cancelled", "is_licensed", "is_second_hand", "is_aid", "via", "platform", "local_names", "tiv_unit",
    "tiv_ordered", "tiv_delivered", "fingerprint",
)

_REGISTER_ROWS: Final = f"""
SELECT r.register_id AS register, g.dataset, g.form, g.release, r.row_number, r.external_id,
  s.actor_id AS supplier, r.supplier AS supplier_name, p.actor_id AS recipient, r.recipient AS recipient_name,
  y.system_id AS system, {", ".join(f"r.{column}" for column in _ROW_COLUMNS)}
FROM register_rows r
JOIN registers g ON g.id = r.register_id
LEFT JOIN identifiers s ON s.scheme = g.dataset AND s.value = r.supplier
LEFT JOIN identifiers p ON p.scheme = g.dataset AND p.value = r.recipient
LEFT JOIN identifiers y ON y.scheme = g.dataset AND y.value = r.designation
"""

# A decision holds for the rows that still say what they said when it was taken. When none of a register does, it holds for the
# only row of the same deal, unless somebody has rejected just that row; where several are of that deal, nobody can tell.
_JOINED: Final = f"""
  SELECT m.transfer_id AS transfer, r.register_id AS register, r.row_number,
    CASE WHEN count(*) FILTER (WHERE r.fingerprint = m.fingerprint) > 0 THEN 'accepted' ELSE 'accepted_figures_changed' END AS match
  FROM register_matches m
  JOIN register_rows r ON {_same_deal("r", "m")}
  JOIN registers g ON g.id = r.register_id AND g.dataset = m.dataset
  WHERE m.decision = 'accepted' AND (r.fingerprint = m.fingerprint OR (
    NOT EXISTS (SELECT 1 FROM register_rows o WHERE {_same_deal("o", "r")} AND o.register_id = r.register_id
      AND o.row_number <> r.row_number)
    AND NOT EXISTS (SELECT 1 FROM register_matches x WHERE x.dataset = m.dataset AND {_same_deal("x", "m")}
      AND x.fingerprint = r.fingerprint AND x.transfer_id = m.transfer_id AND x.decision = 'rejected')))
  GROUP BY m.transfer_id, r.register_id, r.row_number"""


def _compared(number: str, low: str, high: str, comparable: str) -> str:
    """How a number of a register stands to the range of the claims: one of `NUMBERS_COMPARED`."""
    return f"""CASE WHEN {number} IS NULL THEN 'register_open'
      WHEN {low} IS NULL AND {high} IS NULL THEN 'claims_open'
      WHEN NOT ({comparable}) THEN 'not_comparable'
      WHEN {number} > {high} THEN 'above_claims'
      WHEN {number} < {low} THEN 'below_claims'
      WHEN {low} IS NULL OR {high} IS NULL THEN 'within_open'
      ELSE 'within' END"""


# Row and transfer speak of the same items only when each goes with the other alone, and the row is not of one year of several.
_SAME_ITEMS: Final = "j.rows_of_transfer = 1 AND j.transfers_of_row = 1"
_EVENT_COMPARED: Final = f"""CASE WHEN r.delivered IS NULL THEN 'register_open'
      WHEN r.delivered > 0 AND t.standing = 'denied_only' THEN 'denied'
      WHEN r.delivered > 0 AND t.phase {_ON_THE_WAY} THEN 'both'
      WHEN r.delivered > 0 THEN 'register_only'
      WHEN t.phase {_ON_THE_WAY} THEN 'claims_only'
      ELSE 'neither' END"""
_FIRST: Final = "CAST(substr(t.first_date, 1, 4) AS INTEGER)"
_LAST: Final = "CAST(substr(t.last_date, 1, 4) AS INTEGER)"
_DATES_COMPARED: Final = f"""CASE WHEN r.delivery_first IS NULL THEN 'register_open'
      WHEN t.first_date IS NULL AND t.last_date IS NULL THEN 'claims_open'
      WHEN t.phase IS NULL OR NOT (t.phase {_ON_THE_WAY}) THEN 'not_comparable'
      WHEN r.delivery_last < {_FIRST} THEN 'before_claims'
      WHEN r.delivery_first > {_LAST} THEN 'after_claims'
      WHEN r.delivery_first < {_FIRST} AND r.delivery_last > {_LAST} THEN 'wider_than_claims'
      WHEN r.delivery_first < {_FIRST} THEN 'begins_before_claims'
      WHEN r.delivery_last > {_LAST} THEN 'goes_on_after_claims'
      WHEN t.first_date IS NULL OR t.last_date IS NULL THEN 'within_open'
      ELSE 'within' END"""

# What a register says beside a transfer, in the order of the columns.
SIDE: Final = (
    "register", "dataset", "form", "release", "row_number", "match", "register_supplier", "register_recipient", "designation",
    "description", "ordered", "ordered_uncertain", "delivered", "delivered_uncertain", "order_year", "order_year_uncertain",
    "delivery_years", "delivery_years_uncertain", "condition", "is_cancelled", "comment", "event_compared", "delivered_compared",
    "ordered_compared", "dates_compared",
)
_TRANSFER_COLUMNS: Final = (
    "supplier", "supplier_name", "recipient", "recipient_name", "system", "system_name", "category", "kind", "episode", "standing",
    "phase", "claims", "origins", "denials", "disputes", "quantity_low", "quantity_high", "planned_low", "planned_high",
    "first_date", "last_date", "articles",
)
# What differs is written one after the other; what no claim could know yet, because it came later, does not differ.
_DIFFERS_ON: Final = """nullif(substr(
    CASE WHEN b.event_compared IN ('register_only', 'claims_only', 'denied') THEN ', event' ELSE '' END
    || CASE WHEN b.delivered_compared IN ('above_claims', 'below_claims') THEN ', delivered' ELSE '' END
    || CASE WHEN b.ordered_compared IN ('above_claims', 'below_claims') THEN ', ordered' ELSE '' END
    || CASE WHEN b.dates_compared IN ('begins_before_claims', 'wider_than_claims', 'before_claims', 'after_claims')
      THEN ', dates' ELSE '' END, 3), '')"""

_TRANSFER_REGISTERS: Final = f"""
SELECT b.transfer, {", ".join(f"b.{column}" for column in (*_TRANSFER_COLUMNS, *SIDE))},
  {_DIFFERS_ON} AS differs_on
FROM (
  SELECT t.id AS transfer, {", ".join(f"t.{column}" for column in _TRANSFER_COLUMNS)},
    j.register, g.dataset, g.form, g.release, j.row_number, j.match, r.supplier AS register_supplier,
    r.recipient AS register_recipient, r.designation, r.description, r.ordered, r.ordered_uncertain, r.delivered,
    r.delivered_uncertain, r.order_year, r.order_year_uncertain, r.delivery_years, r.delivery_years_uncertain, r.condition,
    r.is_cancelled, r.comment,
    {_EVENT_COMPARED} AS event_compared,
    {_compared("r.delivered", "t.quantity_low", "t.quantity_high", f"{_SAME_ITEMS} AND NOT g.form {_BY_YEAR}")}
      AS delivered_compared,
    {_compared("r.ordered", "t.planned_low", "t.planned_high", _SAME_ITEMS)} AS ordered_compared,
    {_DATES_COMPARED} AS dates_compared
  FROM (
    SELECT k.transfer, k.register, k.row_number, k.match,
      count(*) OVER (PARTITION BY k.transfer, k.register) AS rows_of_transfer,
      count(*) OVER (PARTITION BY k.register, k.row_number) AS transfers_of_row
    FROM ({_JOINED}) k
  ) j
  JOIN ({transfer_rows("t.id IN (SELECT a.transfer_id FROM register_matches a WHERE a.decision = 'accepted')")}) t
    ON t.id = j.transfer
  JOIN register_rows r ON r.register_id = j.register AND r.row_number = j.row_number
  JOIN registers g ON g.id = j.register
) b
"""

# Each transfer stands in every year in which it can lie; where one end is open, in the year of the other.
_SUPPLIES_BY_YEAR: Final = f"""
WITH RECURSIVE v AS (SELECT * FROM v_transfers),
lies(id, year, last_year) AS (
  SELECT v.id, coalesce(CAST(substr(v.first_date, 1, 4) AS INTEGER), CAST(substr(v.last_date, 1, 4) AS INTEGER)),
    coalesce(CAST(substr(v.last_date, 1, 4) AS INTEGER), CAST(substr(v.first_date, 1, 4) AS INTEGER)) FROM v
  UNION ALL SELECT l.id, l.year + 1, l.last_year FROM lies l WHERE l.year < l.last_year)
SELECT v.supplier, v.supplier_name, v.recipient, v.recipient_name, l.year, count(*) AS transfers,
  count(*) FILTER (WHERE substr(v.first_date, 1, 4) = substr(v.last_date, 1, 4)) AS in_this_year,
  count(*) FILTER (WHERE v.first_date IS NULL OR v.last_date IS NULL) AS open_ended,
  {", ".join(f"count(*) FILTER (WHERE v.standing = '{standing}') AS {standing}" for standing in lists.STANDINGS)}
FROM lies l JOIN v ON v.id = l.id
GROUP BY v.supplier, v.supplier_name, v.recipient, v.recipient_name, l.year
"""

_REGISTER_BY_YEAR: Final = f"""
SELECT s.register, s.dataset, s.form, s.release,
  {_registered("actor", "s.supplier", "s.dataset")} AS supplier, s.supplier AS supplier_name,
  {_registered("actor", "s.recipient", "s.dataset")} AS recipient, s.recipient AS recipient_name,
  s.year, s.deals, s.uncertain, s.delivered, {_rounded("s.tiv", 4)} AS tiv_delivered
FROM (
  SELECT y.register_id AS register, g.dataset, g.form, g.release, r.supplier, r.recipient, y.year,
    CASE WHEN g.form {_BY_YEAR} THEN count(DISTINCT r.external_id) ELSE count(*) END AS deals,
    count(*) FILTER (WHERE r.delivered_uncertain = 1 OR r.delivery_years_uncertain = 1) AS uncertain,
    CASE WHEN g.form {_BY_YEAR} THEN CAST(sum(r.delivered) AS BIGINT) END AS delivered,
    CASE WHEN g.form {_BY_YEAR} THEN sum(r.tiv_delivered) END AS tiv
  FROM registers g
  JOIN register_rows r ON r.register_id = g.id
  JOIN register_years y ON y.register_id = r.register_id AND y.row_number = r.row_number
  GROUP BY y.register_id, g.dataset, g.form, g.release, r.supplier, r.recipient, y.year
) s
"""

# Herfindahl-Hirschman index: the sum of the squares of the shares, here of 1, so that it lies between 0 and 1.
_REGISTER_SUPPLIERS: Final = f"""
SELECT w.register, w.dataset, w.form, w.release,
  {_registered("actor", "w.recipient", "w.dataset")} AS recipient, w.recipient AS recipient_name,
  {_registered("actor", "w.supplier", "w.dataset")} AS supplier, w.supplier AS supplier_name,
  w.deals, w.tiv, {_rounded("w.tiv / nullif(w.total, 0)", 6)} AS share, w.supplier_rank,
  {_rounded("w.squares / nullif(w.total * w.total, 0)", 6)} AS hhi
FROM (
  SELECT s.register, s.dataset, s.form, s.release, s.recipient, s.supplier, s.deals, s.tiv,
    sum(s.tiv) OVER (PARTITION BY s.register, s.recipient) AS total,
    sum(s.tiv * s.tiv) OVER (PARTITION BY s.register, s.recipient) AS squares,
    rank() OVER (PARTITION BY s.register, s.recipient ORDER BY coalesce(s.tiv, -1) DESC) AS supplier_rank
  FROM (
    SELECT g.id AS register, g.dataset, g.form, g.release, r.recipient, r.supplier,
      CASE WHEN g.form {_BY_YEAR} THEN count(DISTINCT r.external_id) ELSE count(*) END AS deals,
      {_rounded("sum(r.tiv_delivered)", 4)} AS tiv
    FROM registers g JOIN register_rows r ON r.register_id = g.id
    GROUP BY g.id, g.dataset, g.form, g.release, r.recipient, r.supplier
  ) s
) w
"""

# Where a row is one year of a deal, the row of its first year speaks for the deal.
_ORDER_TO_DELIVERY: Final = f"""
SELECT v.register, v.dataset, v.form, v.release, v.row_number, v.external_id, v.supplier, v.supplier_name, v.recipient,
  v.recipient_name, v.system, v.designation, v.order_year, v.order_year_uncertain, v.delivery_first AS first_delivery,
  v.delivery_years_uncertain, v.delivery_first - v.order_year AS lag_years
FROM v_register_rows v
WHERE v.order_year IS NOT NULL AND v.delivery_first IS NOT NULL AND NOT (v.form {_BY_YEAR} AND EXISTS (
  SELECT 1 FROM register_rows o WHERE o.external_id = v.external_id AND o.register_id = v.register
    AND (o.delivery_first < v.delivery_first OR (o.delivery_first = v.delivery_first AND o.row_number < v.row_number))))
"""

_ANNOUNCED_COLUMNS: Final = (
    "side", "transfer", "register", "row_number", "supplier", "supplier_name", "recipient", "recipient_name", "system",
    "system_name", "announced_low", "announced_high", "delivered_low", "delivered_high", "uncertain", "is_cancelled",
)
_ANNOUNCED_DELIVERED: Final = f"""
SELECT {", ".join(f"b.{column}" for column in _ANNOUNCED_COLUMNS)},
  CASE WHEN b.delivered_high < b.announced_low THEN 'fewer'
    WHEN b.delivered_low > b.announced_high THEN 'more'
    WHEN coalesce(b.announced_low, b.announced_high) IS NULL OR coalesce(b.delivered_low, b.delivered_high) IS NULL THEN 'open'
    WHEN b.announced_low = b.announced_high AND b.delivered_low = b.delivered_high AND b.announced_low = b.delivered_low
      THEN 'as_announced'
    ELSE 'overlapping' END AS compared
FROM (
  SELECT 'claims' AS side, t.id AS transfer, CAST(NULL AS TEXT) AS register, CAST(NULL AS BIGINT) AS row_number, t.supplier,
    t.supplier_name, t.recipient, t.recipient_name, t.system, t.system_name, t.planned_low AS announced_low,
    t.planned_high AS announced_high, t.quantity_low AS delivered_low, t.quantity_high AS delivered_high,
    CAST(NULL AS INTEGER) AS uncertain, CAST(NULL AS INTEGER) AS is_cancelled
  FROM v_transfers t
  WHERE coalesce(t.planned_low, t.planned_high, t.quantity_low, t.quantity_high) IS NOT NULL
  UNION ALL
  SELECT 'register', NULL, v.register, v.row_number, v.supplier, v.supplier_name, v.recipient, v.recipient_name, v.system,
    v.designation, v.ordered, v.ordered, v.delivered, v.delivered,
    CASE WHEN v.ordered_uncertain = 1 OR v.delivered_uncertain = 1 THEN 1 ELSE 0 END, v.is_cancelled
  FROM v_register_rows v
  WHERE NOT (v.form {_BY_YEAR}) AND coalesce(v.ordered, v.delivered) IS NOT NULL
) b
"""


def _names_of(who: str, condition: str) -> str:
    """The names of those who say so in the claims ``c`` that fit: who is cited, else via whom, else agency, else outlet."""
    return f"""(SELECT {{names}} FROM (SELECT p.name FROM v_current_claims c JOIN articles a ON a.id = c.article_id
    JOIN actors p ON p.id = coalesce(c.said_by_id, c.via_id, a.agency_id, a.outlet_id)
    WHERE c.transfer_id = v.id AND {condition} GROUP BY p.name ORDER BY p.name{{text_order}}) n) AS {who}"""


def _denials_of(what: str) -> str:
    return f"(SELECT count(*) FROM v_current_claims c WHERE c.transfer_id = v.id AND c.denies = '{what}') AS denied_{what}"


_DISPUTED: Final = f"""
SELECT v.id AS transfer, v.supplier, v.supplier_name, v.recipient, v.recipient_name, v.system, v.system_name, v.category, v.kind,
  v.episode, v.standing, v.phase, v.claims, v.origins, v.denials, v.disputes, v.denials_elsewhere,
  {", ".join(_denials_of(what) for what in lists.DENIALS)},
  {_names_of("said_by_names", "c.stance <> 'denied'")},
  {_names_of("denied_by_names", "c.stance = 'denied'")}
FROM v_transfers v
WHERE v.denials > 0 OR v.disputes > 0 OR v.denials_elsewhere > 0
"""

_SINGLE_SOURCE: Final = f"""
SELECT v.id AS transfer, v.supplier, v.supplier_name, v.recipient, v.recipient_name, v.system, v.system_name, v.category, v.kind,
  v.episode, v.standing, v.phase, v.claims, v.denials, v.articles,
  {_names_of("origin_name", "c.stance <> 'denied'")},
  v.quantity_low, v.quantity_high, v.planned_low, v.planned_high, v.first_date, v.last_date
FROM v_transfers v
WHERE v.origins = 1
"""

VIEWS: Final = {
    "v_register_rows": _REGISTER_ROWS,
    "v_transfer_registers": _TRANSFER_REGISTERS,
    "v_supplies_by_year": _SUPPLIES_BY_YEAR,
    "v_register_by_year": _REGISTER_BY_YEAR,
    "v_register_suppliers": _REGISTER_SUPPLIERS,
    "v_order_to_delivery": _ORDER_TO_DELIVERY,
    "v_announced_delivered": _ANNOUNCED_DELIVERED,
    "v_disputed": _DISPUTED,
    "v_single_source": _SINGLE_SOURCE,
}
