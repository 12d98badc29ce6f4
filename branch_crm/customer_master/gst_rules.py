"""The states and categories of India's goods and services tax, by the names that India Compliance gives them as well."""

INDIA = "IN"
UNREGISTERED = "Unregistered"
OVERSEAS = "Overseas"
CATEGORIES = (
	"Registered Regular",
	"Registered Composition",
	UNREGISTERED,
	"SEZ",
	OVERSEAS,
	"Deemed Export",
	"UIN Holders",
	"Tax Deductor",
	"Tax Collector",
	"Input Service Distributor",
)

STATES = {
	"01": "Jammu and Kashmir",
	"02": "Himachal Pradesh",
	"03": "Punjab",
	"04": "Chandigarh",
	"05": "Uttarakhand",
	"06": "Haryana",
	"07": "Delhi",
	"08": "Rajasthan",
	"09": "Uttar Pradesh",
	"10": "Bihar",
	"11": "Sikkim",
	"12": "Arunachal Pradesh",
	"13": "Nagaland",
	"14": "Manipur",
	"15": "Mizoram",
	"16": "Tripura",
	"17": "Meghalaya",
	"18": "Assam",
	"19": "West Bengal",
	"20": "Jharkhand",
	"21": "Odisha",
	"22": "Chhattisgarh",
	"23": "Madhya Pradesh",
	"24": "Gujarat",
	"26": "Dadra and Nagar Haveli and Daman and Diu",
	"27": "Maharashtra",
	"29": "Karnataka",
	"30": "Goa",
	"31": "Lakshadweep Islands",
	"32": "Kerala",
	"33": "Tamil Nadu",
	"34": "Puducherry",
	"35": "Andaman and Nicobar Islands",
	"36": "Telangana",
	"37": "Andhra Pradesh",
	"38": "Ladakh",
	"96": "Other Countries",
	"97": "Other Territory",
	"99": "Centre Jurisdiction",
}
OTHER_COUNTRIES = "96"
# how else states are written, or were
_ALSO_WRITTEN = {
	"andaman and nicobar": "35",
	"chattisgarh": "22",
	"dadra and nagar haveli": "26",
	"daman and diu": "26",
	"gujrat": "24",
	"lakshadweep": "31",
	"maharastra": "27",
	"new delhi": "07",
	"nct of delhi": "07",
	"orissa": "21",
	"pondicherry": "34",
	"tamilnadu": "33",
	"telengana": "36",
	"uttaranchal": "05",
	"uttrakhand": "05",
}
# by the letters of ISO 3166-2 and of number plates
_LETTERS = dict(
	pair.split("=")
	for pair in (
		"jk=01 hp=02 pb=03 ch=04 uk=05 ut=05 hr=06 dl=07 rj=08 up=09 br=10 sk=11 ar=12 nl=13 mn=14 mz=15 tr=16 ml=17 "
		"as=18 wb=19 jh=20 od=21 or=21 cg=22 ct=22 mp=23 gj=24 dd=26 dh=26 dn=26 mh=27 ka=29 ga=30 ld=31 kl=32 tn=33 "
		"py=34 an=35 tg=36 ts=36 ap=37 la=38"
	).split()
)
_CODES = {**{name.casefold(): code for code, name in STATES.items()}, **_ALSO_WRITTEN, **_LETTERS}
# states that were divided or merged, by the code that old registrations keep
FORMER_STATES = {"25": "26", "28": "37"}


def state_code_named(state: str | None) -> str | None:
	"""The code of a state by its name or letters, as people write it; None where it is unknown."""
	text = (state or "").casefold().replace(".", "")
	return _CODES.get(" ".join(text.replace("&", " and ").split())) or _CODES.get(
		text.replace("&", "").strip()
	)
