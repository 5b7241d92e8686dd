-- Rules: all that change with time.
-- On every day at most one row of a key is valid in a version of the method, so that a look-up by date finds one.
{% set seeds = [
    ('active_focus_goals', ['focus_goal']),
    ('conversation_types', ['benefit_group', 'conversation_type', 'held_by']),
    ('dead_absence_codes', ['absence_code']),
    ('duration_intervals', ['clock_unit', 'insurance_form', 'duration_interval']),
    ('duration_thresholds', ['threshold']),
    ('early_effort_groups', ['benefit_group']),
    ('insurance_norms', ['insurance_form']),
    ('kl_target_groups', ['target_group', 'benefit', 'visitation_category']),
    ('municipalities', ['municipality_code']),
    ('offer_types', ['offer_type']),
    ('payment_registers', []),
] %}
{% set versioned_seeds = [
    ('contact_form_permissions', ['permission', 'contact_form']),
    ('contact_regimes', []),
    ('course_rules', ['course_id']),
    ('education_target_groups', ['benefit', 'visitation_category']),
    ('excluded_law_paragraphs', ['law_paragraph']),
    ('exemption_codes', ['benefit_group', 'absence_code', 'visitation_category']),
    ('focus_goal_limits', ['focus_goal']),
    ('funding_pools', ['grant_frame']),
    ('legal_parameters', ['parameter']),
    ('offer_regimes', []),
    ('trial_municipalities', ['municipality_code', 'contact_form']),
] %}
{% for seed, keys in seeds %}
select '{{ seed }}' as seed, valid_from, valid_to, previous_end
from ({{ test_no_overlap(ref(seed), keys, 'valid_from', 'valid_to') }}) as overlapping
union all
{% endfor %}
{% for seed, keys in versioned_seeds %}
select '{{ seed }}' as seed, valid_from, valid_to, previous_end
from ({{ test_no_overlap(rules_by_version(seed), ['method_version'] + keys, 'valid_from', 'valid_to') }}) as overlapping
union all
{% endfor %}
select 'pension_ages' as seed, born_from as valid_from, born_to as valid_to, previous_end
from ({{ test_no_overlap(ref('pension_ages'), [], 'born_from', 'born_to') }}) as overlapping
union all
select 'conversation_blackouts' as seed, start_date as valid_from, end_date as valid_to, previous_end
from ({{ test_no_overlap(ref('conversation_blackouts'), []) }}) as overlapping
union all
select 'calendar_dead_periods' as seed, start_date as valid_from, end_date as valid_to, previous_end
from ({{ test_no_overlap(ref('calendar_dead_periods'), []) }}) as overlapping
