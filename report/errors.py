"""What stops a run.

A `Stop` ends the order: it carries every fault found up to there, so that they are told all at once, and its class
is the exit code of the command. Knows: messages. Must never know: how a message is translated or printed.
"""

from __future__ import annotations

from report.findings import Finding


class Stop(Exception):
    """Ends a run with one or more faults; `exit_code` is the command's answer to the shell."""

    exit_code = 1

    def __init__(self, *faults: Finding) -> None:
        told = {(fault.rule, str(fault), fault.remedy): fault for fault in faults}  # alternatives share their faults
        self.faults = tuple(told.values())
        super().__init__("; ".join(str(fault) for fault in self.faults))


class OrderFault(Stop):
    """The order itself cannot be read: unknown layout, edition, standard, option."""

    exit_code = 2


class ArticleFault(Stop):
    """The article file cannot be read or does not follow the model."""

    exit_code = 3


class LayoutFault(Stop):
    """A layout, a house or the typesetting rules are wrong: template, masters, styles, swatches."""

    exit_code = 4


class PictureFault(Stop):
    """A picture is missing, outside the article's folder, too large, or not a picture."""

    exit_code = 5


class ProductFault(Stop):
    """The product would break a rule that stops: a finding that the ordered standards judge as an error."""

    exit_code = 6


class Declined(ProductFault):
    """A layout does not set this article: it needs something that the article does not carry. Others may set it."""


class TargetFault(Stop):
    """A file cannot be written: folder missing, no right to write, held open by another program."""

    exit_code = 7


class DeliveryFault(Stop):
    """A hand-over cannot be done: a fact is missing that the target needs, a server is not there or refuses."""

    exit_code = 8
