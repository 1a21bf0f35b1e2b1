"""Checks the books of a Wizzle fund. Needs nothing but Python 3.

    python3 verify_fund_books.py fund-books.jsonl [fund-books-of-last-month.jsonl]

A node hands the file out at /fund/books.jsonl. Each line but the first is an entry of a posting
that touched the fund: plus goes into an account, minus out of it, and what the fund has stands as
minus. The first line claims what the entries come to: their number, the fund's balance, and for
each month and kind of account a sum.
"""

import datetime
import hashlib
import json
import sys


def seal(entry):
    """SHA-256 over the seal before this entry and everything that the entry says."""
    said = [
        entry["previous"],
        entry["entry"],
        entry["posting"],
        entry["at"],
        entry["subject"],
        entry["memo"],
        entry["account"],
        entry["amount"],
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def month(entry, offset):
    """The month of an entry where clocks are so many seconds ahead of UTC."""
    if entry.get("closed"):
        return entry["month"]
    local = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=entry["at"] + offset)
    return local.strftime("%Y-%m")


def entries_of(path):
    with open(path, encoding="utf-8") as file:
        head, *entries = [json.loads(line) for line in file]
    return head, entries


def problems(path, older=None):
    head, entries = entries_of(path)
    if head.get("format") != "wizzle-fund-books/2":
        return ["this is no file of a fund's books"]
    found, sums, months, balance, before = [], {}, {}, 0, None
    for entry in entries:
        number = entry["entry"]
        if before and number <= before["entry"]:
            found.append(f"entry {number} stands after entry {before['entry']}")
        if before and number == before["entry"] + 1 and entry["previous"] != before["hash"]:
            found.append(f"entry {number} does not follow from the one before it")
        if not entry.get("closed") and entry["hash"] != seal(entry):
            found.append(f"entry {number} is not what was sealed")
        sums[entry["group"]] = sums.get(entry["group"], 0) + entry["amount"]
        if entry["account"].split(":")[0] in ("fund", "earmark"):  # free, and set apart
            balance -= entry["amount"]
        kind = entry["account"].split(":")[0]
        of_month = months.setdefault(month(entry, head["utc_offset"]), {})
        of_month[kind] = of_month.get(kind, 0) + entry["amount"]
        before = entry
    if months != head["months"]:
        found.append("the sums of months are not those that the file claims")
    found += [f"the posting {group} does not sum to zero" for group, won in sums.items() if won]
    if balance != head["balance"]:
        found.append(f"the balance is {balance} won and not {head['balance']}")
    if len(entries) != head["entries"]:
        found.append(f"there are {len(entries)} entries and not {head['entries']}")
    if older:
        seals = {entry["entry"]: entry["hash"] for entry in entries}
        found += [
            f"entry {entry['entry']} was changed since the older file"
            for entry in entries_of(older)[1]
            if seals.get(entry["entry"]) != entry["hash"]
        ]
    return found


if __name__ == "__main__":
    wrong = problems(*sys.argv[1:3])
    print("\n".join(wrong) or "The books hold.")
    sys.exit(1 if wrong else 0)
