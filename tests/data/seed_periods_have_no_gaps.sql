-- Rules: B-02, B-07, C-04, C-09, E-03, G-01, G-02, H-02, O-04, O-06, T-03, T-05.
-- What must hold on every day is given for every day: from the first day a delivery may name, or from the day the rule began,
-- one row follows the other to the end of time.
{% set since_first_day = [
    ('pension_ages', [], 'born_from', 'born_to'),
    ('contact_regimes', [], 'valid_from', 'valid_to'),
    ('offer_regimes', [], 'valid_from', 'valid_to'),
    ('payment_registers', [], 'valid_from', 'valid_to'),
    ('focus_goal_limits', ['focus_goal'], 'valid_from', 'valid_to'),
    ('insurance_norms', ['insurance_form'], 'valid_from', 'valid_to'),
    ('duration_intervals', ['clock_unit', 'insurance_form', 'duration_interval'], 'valid_from', 'valid_to'),
    ('duration_thresholds', ['threshold'], 'valid_from', 'valid_to'),
] %}
{% set since_it_began = [
    ('legal_parameters', ['parameter'], 'valid_from', 'valid_to'),
    ('active_focus_goals', ['focus_goal'], 'valid_from', 'valid_to'),
    ('course_rules', ['course_id'], 'valid_from', 'valid_to'),
    ('excluded_law_paragraphs', ['law_paragraph'], 'valid_from', 'valid_to'),
    ('education_target_groups', ['benefit', 'visitation_category'], 'valid_from', 'valid_to'),
] %}
{% for seed, keys, start_column, end_column in since_first_day %}
select '{{ seed }}' as seed, {{ start_column }} as valid_from, {{ end_column }} as valid_to, previous_end, next_start
from ({{ test_no_gaps(ref(seed), keys, start_column, end_column, "date '1900-01-01'") }}) as gaps
union all
{% endfor %}
{% for seed, keys, start_column, end_column in since_it_began %}
select '{{ seed }}' as seed, {{ start_column }} as valid_from, {{ end_column }} as valid_to, previous_end, next_start
from ({{ test_no_gaps(ref(seed), keys, start_column, end_column) }}) as gaps
{{ 'union all' if not loop.last }}
{% endfor %}
