"""The statutory data of the demo customers: invented numbers that are valid by form and check character. Some customers
have none yet, and some have a PAN of another legal form."""

from stdnum import luhn

from branch_crm.customer_master.india_rules import DIGITS_AND_LETTERS
from branch_crm.demo import records

STATES = {
	"Delhi": ("07", "Delhi"),
	"Jaipur": ("08", "Rajasthan"),
	"Lucknow": ("09", "Uttar Pradesh"),
	"Chandigarh": ("04", "Chandigarh"),
	"Mumbai": ("27", "Maharashtra"),
	"Pune": ("27", "Maharashtra"),
	"Ahmedabad": ("24", "Gujarat"),
	"Indore": ("23", "Madhya Pradesh"),
	"Chennai": ("33", "Tamil Nadu"),
	"Bengaluru": ("29", "Karnataka"),
	"Hyderabad": ("36", "Telangana"),
	"Kochi": ("32", "Kerala"),
}


def state_of(customer: records.DemoCustomer) -> str:
	return STATES[_home(customer)][1]


def numbers_of(customer: records.DemoCustomer) -> dict[str, str]:
	"""By fieldname: of every second one a company's, of every eighth a PAN of a person."""
	number = records.CUSTOMERS.index(customer)
	if number % 2 == 0:
		begin = f"{STATES[_home(customer)][0]}ZZZCB{number:04}Z1Z"
		return {
			"gstin": begin + luhn.calc_check_digit(begin, DIGITS_AND_LETTERS),
			"cin": f"U51909MH2011PTC{number:06}",
		}
	return {"pan": f"ZZZPB{number:04}Z"} if number % 8 == 1 else {}


def _home(customer: records.DemoCustomer) -> str:
	return customer.assignments[0].branch
