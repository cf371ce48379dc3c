"""Rules that find insights: each reads the facts and yields what holds, or nothing."""

from collections.abc import Callable, Iterator

from kotter_journal.domain.insight_rules.control import (
    area_not_looked_at,
    checking_what_is_steady,
    complexity_without_managing,
    fixing_without_changing,
    share_beside_band,
)
from kotter_journal.domain.insight_rules.delegating import (
    back_in_a_delegation,
    much_delegable,
    repeated_delegable_planning,
    team_takes_over,
    waiting_delegation,
)
from kotter_journal.domain.insight_rules.facts import Facts, Insight
from kotter_journal.domain.insight_rules.growing import (
    mentoring_of_one_person,
    month_without_mentoring,
    report_without_motivating,
)
from kotter_journal.domain.insight_rules.hearing import (
    conversations_without_direction,
    direction_from_above,
    direction_from_others,
    direction_without_team,
    stated_not_heard_back,
)
from kotter_journal.domain.insight_rules.logging_habits import (
    many_even_splits,
    much_unclassified,
    written_later,
)
from kotter_journal.domain.insight_rules.pairs import one_sided_pair, silent_pair
from kotter_journal.domain.insight_rules.planning import (
    new_direction_without_aligning,
    old_direction,
    planning_without_direction,
    planning_without_mention,
    planning_without_statement,
)
from kotter_journal.domain.insight_rules.promises import overdue_commitment

Rule = Callable[[Facts], Iterator[Insight]]

RULES: dict[str, Rule] = {
    "I29": overdue_commitment,
    "I01": planning_without_direction,
    "I02": planning_without_mention,
    "I03": new_direction_without_aligning,
    "I04": planning_without_statement,
    "I05": old_direction,
    "I06": much_delegable,
    "I07": repeated_delegable_planning,
    "I08": waiting_delegation,
    "I09": back_in_a_delegation,
    "I10": team_takes_over,
    "I11": direction_from_above,
    "I12": direction_without_team,
    "I13": direction_from_others,
    "I14": conversations_without_direction,
    "I15": stated_not_heard_back,
    "I16": fixing_without_changing,
    "I17": checking_what_is_steady,
    "I18": area_not_looked_at,
    "I19": month_without_mentoring,
    "I20": report_without_motivating,
    "I21": mentoring_of_one_person,
    "I22": one_sided_pair,
    "I23": silent_pair,
    "I24": share_beside_band,
    "I25": complexity_without_managing,
    "I26": much_unclassified,
    "I27": many_even_splits,
    "I28": written_later,
}
"""All rules by their numbers, in the order in which they are asked: what has a date first, then
the seven seeds, then what the figures rest on."""
