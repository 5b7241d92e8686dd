-- Rules: B-02, B-07, C-04, C-09, E-03, G-01, G-02, H-02, O-04, O-06, T-03, T-05.
-- What must hold on every day is given for every day, in every version of the method: from the first day a delivery may name,
-- or from the day the rule began, one row follows the other to the end of time.
{% set since_first_day = [
    ('pension_ages', [], 'born_from', 'born_to'),
    ('payment_registers', [], 'valid_from', 'valid_to'),
    ('insurance_norms', ['insurance_form'], 'valid_from', 'valid_to'),
    ('duration_intervals', ['clock_unit', 'insurance_form', 'duration_interval'], 'valid_from', 'valid_to'),
    ('duration_thresholds', ['threshold'], 'valid_from', 'valid_to'),
] %}
{% set versioned_since_first_day = [
    ('contact_regimes', []),
    ('offer_regimes', []),
    ('focus_goal_limits', ['focus_goal']),
] %}
{% set versioned_since_it_began = [
    ('legal_parameters', ['parameter']),
    ('course_rules', ['course_id']),
    ('excluded_law_paragraphs', ['law_paragraph']),
    ('education_target_groups', ['benefit', 'visitation_category']),
] %}
{% for seed, keys, start_column, end_column in since_first_day %}
select '{{ seed }}' as seed, {{ start_column }} as valid_from, {{ end_column }} as valid_to, previous_end, next_start
from ({{ test_no_gaps(ref(seed), keys, start_column, end_column, "date '1900-01-01'") }}) as gaps
union all
{% endfor %}
{% for seed, keys in versioned_since_first_day %}
select '{{ seed }}' as seed, valid_from, valid_to, previous_end, next_start
from (
    {{ test_no_gaps(
        rules_by_version(seed), ['method_version'] + keys, 'valid_from', 'valid_to', "date '1900-01-01'"
    ) }}
) as gaps
union all
{% endfor %}
{% for seed, keys in versioned_since_it_began %}
select '{{ seed }}' as seed, valid_from, valid_to, previous_end, next_start
from ({{ test_no_gaps(rules_by_version(seed), ['method_version'] + keys, 'valid_from', 'valid_to') }}) as gaps
union all
{% endfor %}
select 'active_focus_goals' as seed, valid_from, valid_to, previous_end, next_start
from ({{ test_no_gaps(ref('active_focus_goals'), ['focus_goal'], 'valid_from', 'valid_to') }}) as gaps
