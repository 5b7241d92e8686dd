{# A table has at most one row per key. Rows are the repeated keys. #}
{% test unique_key(model, columns) %}
    select {{ columns | join(', ') }}, count(*) as repeated
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}

{#
    Periods of a key, both days included, have no day in common, and none ends before it starts. Rows are the later of two
    neighbours that overlap: where any two periods overlap, two neighbours by first day do. Without keys: all periods.
#}
{% test no_overlap(model, keys, start_column='start_date', end_column='end_date') %}
    select {{ (keys + [start_column, end_column, 'previous_end']) | join(', ') }}
    from (
        select
            {{ (keys + [start_column, end_column]) | join(', ') }},
            lag({{ end_column }}) over ({{ by_first_day(keys, start_column, end_column) }}) as previous_end
        from {{ model }}
    ) as periods
    where {{ start_column }} <= previous_end or {{ end_column }} < {{ start_column }}
{% endtest %}

{#
    Periods of a key follow each other day by day, from a first day (default: that of the first period) to the end of time.
    Rows are periods after a gap, first periods that start too late, and last periods that end.
#}
{% test no_gaps(model, keys, start_column='start_date', end_column='end_date', first_day=none) %}
    select {{ (keys + [start_column, end_column, 'previous_end', 'next_start']) | join(', ') }}
    from (
        select
            {{ (keys + [start_column, end_column]) | join(', ') }},
            lag({{ end_column }}) over ({{ by_first_day(keys, start_column, end_column) }}) as previous_end,
            lead({{ start_column }}) over ({{ by_first_day(keys, start_column, end_column) }}) as next_start
        from {{ model }}
    ) as periods
    where
        {{ start_column }} > previous_end + 1
        or (next_start is null and {{ end_column }} < {{ forever() }})
        {%- if first_day %}
        or (previous_end is null and {{ start_column }} > {{ first_day }})
        {%- endif %}
{% endtest %}

{# Window of the periods of a key in the order of their first days. #}
{% macro by_first_day(keys, start_column, end_column) -%}
    {% if keys %}partition by {{ keys | join(', ') }} {% endif %}order by {{ start_column }}, {{ end_column }}
{%- endmacro %}

{# A published text id as an integer, so that a test may join and group all person-months by it. #}
{% macro compact_key(id) -%}
    hash({{ id }})
{%- endmacro %}

{# The seeds whose rows differ between versions of the method; a test checks that none is left out. #}
{% macro versioned_seeds() -%}
    {{- return([
        'contact_form_permissions', 'contact_regimes', 'course_rules', 'education_target_groups', 'excluded_law_paragraphs',
        'exemption_codes', 'focus_goal_limits', 'funding_pools', 'legal_dates', 'legal_parameters', 'offer_regimes',
        'offer_verdicts', 'trial_municipalities',
    ]) -}}
{%- endmacro %}
