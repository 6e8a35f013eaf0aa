"""Register files in the shapes that SIPRI publishes. All deals in them are made up, and so are most of the countries."""

from __future__ import annotations

from pathlib import Path

PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made for the year range {years} ",
    "A '?' in a column indicates uncertain data.",
    "",
    "Source: made up for tests.",
    "Data generated: {day} 10:02:49 AM",
)
TRADE_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
DELIVERIES_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is estimate,"
    "Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,"
    "TIV delivery values,Local production"
)
COLUMNS_22_HEADER = (
    "tidn,buyercod,sellercod,odat,odai,onum,onai,ldat,term,desig2,wcat,desc,coprod,nrdel,nrdelai,delyears,buyer,seller,status,"
    "tivunit,tivorder,tivdel"
)
COPYRIGHT = "© Stockholm International Peace Research Institute, 2022. Made up for tests."


def deal(
    recipient: str = "Atlantis", supplier: str = "Borduria", order_year: str = "2019", order_flag: str = "", ordered: str = "12",
    ordered_flag: str = "", designation: str = "Thunder-3", description: str = "armed UAV", delivered: str = "5",
    delivered_flag: str = "", years: str = "2020; 2021", status: str = "New", comment: str = "", unit: str = "2.5",
    total: str = "30", of_delivered: str = "12.5",
) -> str:
    """One record of the trade register."""
    return ",".join((
        recipient, supplier, order_year, order_flag, ordered, ordered_flag, designation, description, delivered, delivered_flag,
        years, status, comment, unit, total, of_delivered,
    ))


def delivery(
    external_id: str = "40001", supplier: str = "Borduria", recipient: str = "Atlantis", designation: str = "Thunder-3",
    description: str = "armed UAV", category: str = "Aircraft", order_year: str = "2019", order_flag: str = "No", delivered: str = "3",
    delivered_flag: str = "No", year: str = "2020", year_flag: str = "No", status: str = "New", estimate: str = "2.5",
    unit: str = "2.5", value: str = "7.5", local: str = "No", separator: str = ",",
) -> str:
    """One record of the deliveries form, or of DealsAndTIVs."""
    return separator.join((
        external_id, supplier, recipient, designation, description, category, order_year, order_flag, delivered, delivered_flag,
        year, year_flag, status, estimate, unit, value, local,
    ))


def write(path: Path, lines: list[str], *, encoding: str = "cp1252", end: str = "\n") -> str:
    """Write lines; the path."""
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return str(path)


def trade_register(
    path: Path, records: list[str], *, day: str = "13 Mar 2025", years: str = "'Not specified' to 'Not specified'",
    header: str = TRADE_HEADER, encoding: str = "cp1252", end: str = "\n",
) -> str:
    """Write a trade register; the path."""
    preamble = [line.format(day=day, years=years) for line in PREAMBLE]
    return write(path, [*preamble, header, *records], encoding=encoding, end=end)


def deliveries(path: Path, records: list[str], *, day: str = "10 Feb 2025", years: str = "'2020' to '2021'", end: str = "\n") -> str:
    """Write a deliveries form; the path."""
    preamble = [line.format(day=day, years=years) for line in PREAMBLE]
    return write(path, [*preamble, DELIVERIES_HEADER, *records], end=end)


def deals_and_tivs(path: Path, records: list[str], *, encoding: str = "utf-8") -> str:
    """Write DealsAndTIVs; the path."""
    header = "Deal ID;Seller;Buyer;" + ";".join(DELIVERIES_HEADER.split(",")[3:])
    search = " Database search results for buyer 'All Countries' and seller  'Borduria' and the years from 2008 to 2015 - (created: 17-09-2022)"
    body = "".join(line + "\n" for line in ["SIPRI Transfers Database ", "", "", search, "", header, *records, ""])
    path.write_bytes(body.encode(encoding) + COPYRIGHT.encode())
    return str(path)


def columns_22(path: Path, records: list[str]) -> str:
    """Write the CSV of 22 columns; the path."""
    return write(path, [COLUMNS_22_HEADER, *records])


def rtf(path: Path, rows: list[list[str]], *, before: str = "Information generated: 12 March 2016\\par\n", after: str = "\\pard\\par\n}") -> str:
    """Write a table as RTF; the path."""
    text = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\n" + before
    text += "".join("\\trowd \\intbl " + "".join(f"{cell}\\cell " for cell in cells) + "\\row\n" for cells in rows)
    path.write_bytes((text + after).encode("ascii"))
    return str(path)
