"""What a backfill goes through, batch by batch: the dry run only counts what the run writes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from frappe import _
from frappe.model.document import Document

from branch_crm.branch_access import backfill_file_rules, backfill_queries, registry
from branch_crm.branch_access.backfill_fact_queries import Reader
from branch_crm.branch_access.backfill_file_rules import FileLine, LineFault
from branch_crm.branch_access.backfill_rules import Answers, Facts, Given, Key, Rule

BATCH = 200
# what stays without, beside the rules
WITHOUT = ""

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Batch:
	"""Documents of one DocType with what each gets: by row for those that have rows, else under ""."""

	doctype: str
	names: list[str]
	given: dict[str, dict[str, Given]]
	answers: Answers
	facts: dict[Key, Facts]
	rest: int

	@property
	def last(self) -> str:
		return self.names[-1]


@dataclass
class Work:
	"""Everything that a run covers. Reads only; whoever goes through it may write and commit between batches.

	`answered` are masters that a dry run has decided: in a run they are stored.
	"""

	run: Document
	size: int = BATCH
	answered: dict[Key, Given] = field(default_factory=dict)

	def __post_init__(self) -> None:
		covered = [row.document_type for row in self.run.document_types]
		self.company = self.run.company or None
		self.doctypes = [name for name in backfill_queries.backfilled() if not covered or name in covered]
		self.rules = [Rule(row.rule) for row in self.run.rules]
		self.places = backfill_queries.places()
		self.lines = backfill_queries.file_lines(self.run)
		self._said = backfill_file_rules.branch_by_document(self.lines)
		masters = set(registry.assigned_doctypes())
		self._masters = Reader(frozenset(self.doctypes), self.company)
		# masters come first: what they did not get then, they do not get on the way
		self._documents = Reader(frozenset(self.doctypes) - masters, self.company)

	def total(self) -> int:
		"""How many documents without a branch there are to look at."""
		return sum(backfill_queries.number_without(doctype, self.company) for doctype in self.doctypes)

	def batches(self, doctype: str | None = None, after: str = "") -> Iterator[Batch]:
		"""All batches, or those after the document `after` of `doctype`."""
		left = self.doctypes[self.doctypes.index(doctype) :] if doctype in self.doctypes else self.doctypes
		masters = registry.assigned_doctypes()
		of_documents: Mapping[Key, set[str]] = {}
		if Rule.PARTY in self.rules and left and left[0] in masters:
			of_documents = self._branches_of_documents()
		for current in left:
			reader = self._masters if current in masters else self._documents
			begin = after if current == doctype else ""
			yield from self._batches_of(current, begin, reader, self.rules, of_documents)

	def remember(self, batch: Batch) -> None:
		"""What a dry run decides on masters counts for their documents, as if it were stored."""
		if batch.doctype in registry.assigned_doctypes():
			self.answered |= {(batch.doctype, name): given[""] for name, given in batch.given.items()}

	def faults(self) -> Iterator[tuple[FileLine, LineFault]]:
		"""The lines of the CSV file that the run will not follow."""
		own = set(self.doctypes) - set(backfill_queries.ledgers())
		facts: dict[Key, Facts] = {}
		for start in range(0, len(self.lines), self.size):
			keys = [line.key for line in self.lines[start : start + self.size] if line.doctype in own]
			facts |= self._masters.facts(keys)
		return iter(backfill_file_rules.faults_in(self.lines, own, facts, self.places.tree))

	def _branches_of_documents(self) -> dict[Key, set[str]]:
		"""The branches that the documents of each master have, or get by the other rules."""
		found: dict[Key, set[str]] = defaultdict(set)
		for party, branch in backfill_queries.stored_party_branches():
			found[party].add(branch)
		rules = [rule for rule in self.rules if rule is not Rule.PARTY]
		for doctype in set(self.doctypes).intersection(backfill_queries.documents()):
			for batch in self._batches_of(doctype, "", self._documents, rules, {}):
				for name, given in batch.given.items():
					for party, branch in _parties_in(batch.facts[doctype, name], given):
						found[party].add(branch)
		return found

	def _batches_of(
		self,
		doctype: str,
		after: str,
		reader: Reader,
		rules: list[Rule],
		of_documents: Mapping[Key, set[str]],
	) -> Iterator[Batch]:
		while names := backfill_queries.names_without(doctype, self.company, after, self.size):
			facts = reader.with_sources([(doctype, name) for name in names])
			answers = Answers(rules, self.places, facts, self._said, of_documents, self.answered)
			given = {name: _given(answers, facts.get((doctype, name)), (doctype, name)) for name in names}
			wanted = sum(_number_wanted(facts.get((doctype, name))) for name in names)
			rest = wanted - sum(map(len, given.values()))
			yield Batch(
				doctype, names, {name: got for name, got in given.items() if got}, answers, facts, rest
			)
			after = names[-1]

	def ledger_rows_of(self, batch: Batch, rows: Iterable[Key]) -> dict[Key, Given]:
		"""What ledger rows of the batch's vouchers get."""
		facts = Reader(frozenset(backfill_queries.ledgers())).facts(rows)
		answers = Answers(self.rules, self.places, batch.facts | facts, self._said, {}, self.answered)
		found = {key: answers.of(key) for key in facts}
		return {key: given for key, given in found.items() if given}


def count(counts: Counts, doctype: str, rule: str, number: int) -> None:
	if number:
		own = counts.setdefault(doctype, {})
		own[rule] = own.get(rule, 0) + number


def in_words(line: FileLine, fault: LineFault) -> str:
	"""A sentence on a line of the CSV file that will not be followed."""
	sentences = {
		LineFault.INCOMPLETE: _("Document type, name and branch are needed."),
		LineFault.TWICE: _("{0} {1} stands in the file before; the first line counts."),
		LineFault.NOT_COVERED: _("This run does not cover document type {0}."),
		LineFault.NO_DOCUMENT: _("{0} {1} does not exist."),
		LineFault.OTHER_RUN: _("{0} {1} belongs to a company that this run does not cover."),
		LineFault.HAS_BRANCH: _("{0} {1} has a branch already and keeps it."),
		LineFault.NO_BRANCH: _("Branch {2} does not exist."),
		LineFault.CLOSED: _("Branch {2} is closed."),
		LineFault.OTHER_COMPANY: _("Branch {2} belongs to another company than {0} {1}."),
	}
	text = sentences[fault].format(_(line.doctype), line.name, line.branch)
	return _("Line {0}: {1}").format(line.number, text)


def _given(answers: Answers, facts: Facts | None, key: Key) -> dict[str, Given]:
	if facts is None:
		return {}
	if facts.rows:
		return answers.of_rows(key)
	given = answers.of(key)
	return {"": given} if given else {}


def _number_wanted(facts: Facts | None) -> int:
	if facts is None or not facts.rows:
		return 1
	return sum(not row.branches for row in facts.rows.values())


def _parties_in(facts: Facts, given: dict[str, Given]) -> Iterator[tuple[Key, str]]:
	for row, got in given.items():
		for party in (facts.rows[row] if row else facts).parties:
			yield party, got.branch
