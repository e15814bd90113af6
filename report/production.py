"""The spine: an order becomes files. It calls the verbs in their order and does nothing else.

Article -> localised text -> markup -> content tree -> proof -> finished file, one way. Mail and archive are finished
from one proof where their content is the same. Knows: the doors of all rooms. Must never know how any stage works.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from report import files, gate, house, orders
from report.article import Article, completed, read
from report.content import Node
from report.editions import Edition
from report.errors import Declined, LayoutFault, OrderFault, PictureFault, Stop, TargetFault
from report.findings import N_, Finding
from report.layout import Layout
from report.order import Job, Product, Verdict
from report.printer import Printer
from report.proof import ImageData, Proof
from report.records import record, replace
from report.standards import Ordered, judge, misnested

if TYPE_CHECKING:
    from report.article.dates import Moment
    from report.localise import Language

T = TypeVar("T")
__all__ = ["Job", "Product", "Verdict", "check", "preview", "produce", "produce_all", "side_by_side"]


def produce(job: Job) -> Verdict:
    """Make everything that `job` orders; raise Stop (with all faults) where article, layout or order are wrong."""
    verdict = Verdict(list(_products(job)))
    if job.report:
        from report.checkreport import reported

        verdict = Verdict(reported(job, verdict.products))
    if verdict.exit_code == TargetFault.exit_code and not any(product.written for product in verdict.products):
        faults = {(error.message, *error.values.values()): error for error in verdict.errors}
        raise TargetFault(*faults.values())
    return verdict


def produce_all(jobs: Sequence[Job], workers: int = 1) -> Iterator[Verdict | Stop]:
    """Make several orders, with `workers` processes; yields a verdict or a Stop for each, in the order given."""
    if workers <= 1 or len(jobs) <= 1:
        yield from map(_safely, jobs)
        return
    yield from side_by_side(_safely, jobs, workers)


def side_by_side(make: Callable[[Job], T], jobs: Sequence[Job], workers: int) -> Iterator[T]:
    """Yield what `make` gives for each job, in their order, from so many processes."""
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(workers, initializer=_undisturbed)
    try:
        yield from pool.map(make, jobs, chunksize=max(1, min(4, len(jobs) // (workers * 4))))
    finally:
        pool.shutdown(cancel_futures=True)


def _undisturbed() -> None:
    """Leave an interruption to the process that was called: what is begun is finished, nothing more is begun."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _safely(job: Job) -> Verdict | Stop:
    try:
        return produce(job)
    except Stop as stop:
        return stop


def check(job: Job) -> tuple[Finding, ...]:
    """Return what is wrong with the article alone: model and language, no pages."""
    return read(job.article).findings


@record(frozen=True)
class _Work:
    """One article in one layout and one house, ready to be set."""

    article: Article
    tongue: Language
    style: house.House
    printer: Printer
    layout: Layout

    def markup(self, traced: bool = False) -> str:
        """Return what the layout's template writes."""
        from report.compose import markup

        return markup(self.article, self.tongue, self.layout.folder, self.style, traced=traced)

    def web(self, text: str, edition: Edition) -> tuple[Node, Proof, bytes]:
        """Read the markup and make it a web page or plain text; faults are told as `proof` tells them."""
        from report.compose import content, relocated
        from report.typeset.traces import noted
        from report.unpaged import record as recorded
        from report.unpaged import woven

        name = f"{self.layout.name}/2-markup.xml"
        try:
            tree = content(text, name, edition.name)
            proof = recorded(tree, self.article)
            data = woven(tree, self.style, self.layout, self.article, edition, name)
        except LayoutFault as stop:
            raise relocated(stop, name, self.layout.folder, lambda: self.markup(traced=True)) from None
        except PictureFault as stop:
            raise PictureFault(*gate.placed(stop.faults, self.article)) from None
        if tree.get("excerpt") != "yes":
            proof.findings += gate.unshown(self.article, proof)
        proof.findings += noted(proof.pictures.values())
        return tree, proof, data

    def proof(self, text: str, edition: Edition, only: int | None = None) -> tuple[Node, Proof]:
        """Read the markup and set it; faults are told with the template's lines instead of the markup's."""
        from report.compose import content, relocated
        from report.typeset import typeset
        from report.typeset.traces import noted

        name = f"{self.layout.name}/2-markup.xml"
        try:
            press = self.printer if edition.ink == "press" else None
            tree = content(text, name, edition.name)
            proof = typeset(tree, self.style, self.layout, self.article.folder, only, edition, press)
        except LayoutFault as stop:
            raise relocated(stop, name, self.layout.folder, lambda: self.markup(traced=True)) from None
        except PictureFault as stop:
            raise PictureFault(*gate.placed(stop.faults, self.article)) from None
        proof.about.date = _date(self.article) or (gate.NO_DATE if press else "")
        if only is None and tree.get("excerpt") != "yes":  # a preview does not know what the other pages show
            proof.findings += gate.unshown(self.article, proof)
        proof.findings += [*misnested(proof.root), *noted(proof.pictures.values())]
        return tree, proof


def preview(job: Job, page: int) -> Proof:
    """Return the proof of the job's first layout and edition with only `page` (from 0) drawn, and no file finished.

    The lines are those of the finished file; `fields` tells where each field of the article stands.
    """
    layout, (edition, *_) = orders.parted(orders.layouts(job), orders.editions(job))[0]
    if layout.flows:
        raise OrderFault(Finding("order.preview", N_("What has no pages has no page to look at beforehand.")))
    work = next(_works(job, [layout]))
    return work.proof(work.markup(), edition, page)[1]


def _works(job: Job, layouts: Iterable[Layout] = ()) -> Iterator[_Work]:
    from report.localise import language

    style = house.load(job.house)
    article = completed(read(job.article), style.standing, f"{style.name}/house.yaml")
    names = [*article.names, *(speaker.name for speaker in article.speakers.values())]
    divided = [word.marked for word in article.hyphenation]
    tongue = language(article.language, style.style, divided, names)
    for one in layouts or orders.layouts(job):
        yield _Work(article, tongue, style, style.printer(job.printer), one)


def _products(job: Job) -> Iterator[Product]:
    wanted = orders.editions(job)
    standards = orders.standards(job, wanted, house.load(job.house).printer(job.printer))
    parted = orders.parted(orders.layouts(job), wanted)
    for work, (_, editions) in zip(_works(job, [layout for layout, _ in parted]), parted, strict=True):
        from report.compose import selection

        begun = time.perf_counter()
        try:
            text = work.markup()
        except Declined as refusal:
            yield from (_refused(job, work, edition, standards[edition.name], refusal, begun) for edition in editions)
            continue
        proofs: dict[tuple[object, ...], tuple[Node, Proof]] = {}
        for edition in editions:
            ordered = standards[edition.name]
            if unfit := orders.unprintable(edition, work.printer):
                yield _refused(job, work, edition, ordered, unfit, begun)
            elif not edition.paged:
                yield _flowing(job, work, edition, ordered, text, begun)
            elif edition.paper and work.layout.sheets:  # panels by themselves are of no use on paper
                yield from _sheets(job, work, edition, ordered, text, begun)
            else:
                key = (selection(text, edition.name), edition.ink, edition.margin)  # what pages are drawn by
                if key not in proofs:
                    proofs[key] = work.proof(text, edition)
                tree, proof = proofs[key]
                product = _finished(job, work, edition, ordered, proof, begun)
                if job.keep:
                    _keep(job, work, text, tree, proof, product)
                yield product
                if work.layout.stitched and (edition.margin or orders.imposed(edition, work.printer)):
                    yield from _sheets(job, work, edition, ordered, text, time.perf_counter())
            begun = time.perf_counter()


def _flowing(job: Job, work: _Work, edition: Edition, ordered: Ordered, text: str, begun: float) -> Product:
    """Make a file without pages and write it, unless an error stops it."""
    from report.unpaged import unread

    tree, proof, data = work.web(text, edition)
    findings = [*work.article.findings, *proof.findings, *gate.review(work.article, proof, edition)]
    findings += [unread()] if job.preflight or job.report else []
    findings += [*(gate.plates(work.style) if edition.form == "html" else []), *orders.idle(job, orders.layouts(job))]
    product = _unwritten(job, work, edition, ordered, 0, findings)
    product = _written(product, data) if not product.stopped else replace(product, written=False)
    if job.keep:
        _keep(job, work, text, tree, proof, product)
    outdated = not product.written and product.path.is_file()
    return replace(product, seconds=time.perf_counter() - begun, outdated=outdated)


def _sheets(job: Job, work: _Work, edition: Edition, ordered: Ordered, text: str, begun: float) -> Iterator[Product]:
    """Make the pages for sheets, the sheets, and their folding dummy."""
    from report import sheets

    wished = work.printer
    bleed, marks = (wished.bleed, wished.marks) if edition.ink == "press" else (0.0, ())
    bare = replace(edition, margin=0.0, bleed=True, imposed=True)
    tree, proof = work.proof(text, bare)
    plan = sheets.plan(work.layout, [page.master for page in proof.pages], bleed, wished.fold, wished.paper)
    proof.findings += plan.findings
    named = replace(bare, name=f"{edition.name}-sheets")
    impose = partial(sheets.impose, sides=plan.sides, bleed=bleed, margin=edition.margin, marks=marks)
    product = replace(_finished(job, work, named, ordered, proof, begun, impose), pages=len(plan.sides))
    if job.keep:
        _keep(job, work, text, tree, proof, product)
    yield product
    path = product.path.with_name(product.path.name.replace(f"-{named.name}", f"-{edition.name}-dummy"))
    folded = replace(product, edition=f"{edition.name}-dummy", path=path, standards=(), findings=(), read=False)
    if product.written:
        yield _written(folded, sheets.dummy(plan.sides))


def _keep(job: Job, work: _Work, text: str, tree: Node, proof: Proof, product: Product) -> None:
    from report.stages import keep

    keep(job.out, work.article, work.layout.name, text, tree, proof, product)


def _moment(moment: Moment, tongue: Language) -> str:
    """Return `10. Dezember 2024, 12:30 Uhr`."""
    parts = (tongue.date(moment.date), *((tongue.time(moment),) if moment.timed else ()))
    return tongue.plain(", ".join(parts))


def _date(article: Article) -> str:
    """Return the article's date, else SOURCE_DATE_EPOCH's, else nothing: never the clock."""
    epoch = orders.epoch()
    return str(article.date).split("/")[0] if article.date is not None else epoch


def _refused(job: Job, work: _Work, edition: Edition, ordered: Ordered, refusal: Stop, begun: float) -> Product:
    """Return the product that is not there, since the layout or the printer refuses."""
    product = _unwritten(job, work, edition, ordered, 0, (*refusal.faults, *work.article.findings))
    return replace(product, seconds=time.perf_counter() - begun, outdated=product.path.is_file())


def _unwritten(
    job: Job, work: _Work, edition: Edition, ordered: Ordered, pages: int, findings: Iterable[Finding]
) -> Product:
    """Return the product of one edition before its file is written: its name, and what is wrong with it."""
    article, name = work.article, work.layout.name
    found = gate.judged(judge(gate.placed(findings, article), ordered), edition, job.strict)
    shop = (job.printer,) if job.printer and edition.ink == "press" else ()
    drafted = ("entwurf",) if article.draft else ()
    others = (job.standards or ()) if edition.paged else ()
    stem = "-".join((article.id, name, edition.name, *shop, *others, *drafted))
    embargo = (str(article.embargo), _moment(article.embargo, work.tongue)) if article.embargo else ()
    path = job.out / f"{stem}.{edition.form}"
    made = Product(article.id, name, edition.name, path, pages, 0, ordered.names, tuple(found), 0.0, False, *embargo)
    return replace(made, kind=work.layout.title)


def _finished(
    job: Job,
    work: _Work,
    edition: Edition,
    ordered: Ordered,
    proof: Proof,
    begun: float,
    impose: Callable[[bytes], bytes] = bytes,
) -> Product:
    """Finish one edition, impose it where sheets are wanted, and write it, unless an error stops it."""
    printer = work.printer if edition.ink == "press" else None
    images = _images(job, proof, edition, printer, work.article)
    from report.finish import finish  # meanwhile the pictures are at work

    least = (printer.type,) if printer else ()
    findings = [*work.article.findings, *proof.findings, *gate.review(work.article, proof, edition, *least)]
    if printer:
        findings += gate.printable(proof, ordered, images)
    else:
        findings += gate.plates(work.style)
    product = _unwritten(job, work, edition, ordered, len(proof.pages), findings)
    data = b""
    if not product.stopped:
        data = impose(finish(proof, ordered, edition, images(), printer))
        if job.preflight or job.report:
            from report.checkreport import stood_out

            found = gate.judged(stood_out(data, ordered), edition, job.strict)
            product = replace(product, findings=(*product.findings, *found), read=True)
    if not product.stopped:
        product = _written(product, data)
    outdated = not product.written and product.path.is_file()
    return replace(product, seconds=time.perf_counter() - begun, outdated=outdated)


def _written(product: Product, data: bytes) -> Product:
    """Write a product's file; what hinders it is a finding: the other editions may have a better place."""
    try:
        files.write(product.path, data)
    except TargetFault as fault:
        return replace(product, findings=(*product.findings, *fault.faults), written=False)
    return replace(product, size=len(data), written=True)


def _images(
    job: Job, proof: Proof, edition: Edition, printer: Printer | None, article: Article
) -> Callable[[], dict[str, ImageData]]:
    """Begin the pictures of an edition; what is returned gives them."""
    from report.typeset.picture import begin

    with gate.named(article):
        results = begin(proof.pictures, edition.dpi, printer, job.cache)

    def images() -> dict[str, ImageData]:
        with gate.named(article):
            return results()

    return images
