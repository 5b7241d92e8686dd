-- Rules: T-01 to T-06, B-02, D-03, E-01, M-04, C-03, O-02.
-- A look-up of a day in a time line finds one stretch at most: the stretches of a key have no day in common.
{% set timelines = [
    ('int_residence_stretches', ['person_key'], 'end_date'),
    ('int_visitation_stretches', ['person_key'], 'end_date'),
    ('int_insurance_forms', ['person_key'], 'end_date'),
    ('int_benefit_intervals', ['person_key', 'benefit'], 'end_date'),
    ('int_dagpenge_days', ['person_key'], 'end_date'),
    ('int_absence_dead_periods', ['person_key'], 'end_date'),
    ('int_dead_periods', ['person_key'], 'end_date'),
    ('int_living_time', ['person_key'], 'end_date'),
    ('int_dagpenge_hours', ['person_key'], 'end_date'),
    ('int_ordinary_hours', ['person_key'], 'end_date'),
    ('int_active_offer_periods', ['person_key'], 'end_date'),
    ('int_offer_stretches', ['spell_key', 'is_7_months_plus'], 'end_date'),
    ('int_exempt_stretches', ['person_key', 'benefit_group'], 'until_date'),
    ('int_mii_stretches', ['person_key'], 'end_date'),
    ('int_counted_conversations', ['spell_key'], 'until_date'),
    ('int_contact_form_rules', ['contact_form'], 'end_date'),
] %}
{% for table, keys, end_column in timelines %}
select '{{ table }}' as timeline, cast({{ keys[0] }} as varchar) as timeline_key, start_date, {{ end_column }} as end_date
from ({{ test_no_overlap(ref(table), keys, end_column=end_column) }}) as overlapping
{{ 'union all' if not loop.last }}
{% endfor %}
