"""The demo company in the terminal, decided by the rules alone: no Frappe, no database.

Each room adds its scene; `AS=<user>` in the environment asks as somebody else.
"""

import os
import sys
from datetime import date

from branch_crm.demo import records
from branch_crm.demo.scenes import branch_access, branch_documents, credit, netting, trade_prices

SCENES = (
	branch_access.who_sees_which_customers,
	branch_documents.who_sees_which_invoices,
	trade_prices.who_pays_what,
	netting.who_settles_what,
	credit.who_may_buy_more,
)


def main() -> None:
	login = os.environ.get("AS", "")
	users = [user for user in records.USERS if login in ("", user.login, user.email)]
	if not users:
		known = ", ".join(user.login for user in records.USERS)
		sys.exit(f"There is no demo user {login}. Ask as one of: {known}.")
	for scene in SCENES:
		for line in scene(users, date.today(), in_detail=bool(login)):
			print(line)
	print("\nScreenshots: docs/images. The last full run on a real ERPNext: docs/proof.md")


if __name__ == "__main__":
	main()
