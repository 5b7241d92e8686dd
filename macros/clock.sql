{#
    Readings of the spell clock. Each takes the alias of the stretch that holds the day (a row of int_living_time or
    int_dagpenge_hours or int_ordinary_hours) and the day, and gives the units through that day since the beginning of time; the units between
    two days are the difference.
#}

{# Days that are not dead. #}
{% macro living_days_through(stretch, day) -%}
    (
        ({{ day }} - {{ before_time() }})
        - {{ stretch }}.dead_days_through
        + greatest({{ stretch }}.dead_until - ({{ day }}), 0)
    )
{%- endmacro %}

{# Days that are neither dead nor 29 February. #}
{% macro living_year_days_through(stretch, day) -%}
    ({{ year_days_through('greatest(' ~ day ~ ', ' ~ stretch ~ '.dead_until)') }} - {{ stretch }}.dead_year_days_through)
{%- endmacro %}

{# Hundredths of an hour that are not dead; no stretch means none yet. #}
{% macro hundredths_through(stretch, day, days_through='weekdays_through') -%}
    coalesce(
        {{ stretch }}.hundredths_before
        + case
            when {{ stretch }}.spread_days is null or {{ day }} >= {{ stretch }}.end_date then {{ stretch }}.hundredths
            else
                {{ stretch }}.spread_hundredths * ({{ context[days_through](day) }} - {{ stretch }}.spread_base) // {{ stretch }}.spread_days
                - {{ stretch }}.given_before
        end,
        0
    )
{%- endmacro %}

{# T-04: from a year of days on, every 29 February is taken out of the count. #}
{% macro day_duration(living_days, living_year_days) -%}
    case when {{ living_days }} >= {{ legal_parameter('year_days') }} then {{ living_year_days }} else {{ living_days }} end
{%- endmacro %}

{# Exempt units through a day, from the clock reading of that day. #}
{% macro exempt_units_through(stretch, units_through) -%}
    coalesce(
        {{ stretch }}.exempt_units_before
        + least({{ units_through }}, {{ stretch }}.units_through_period) - {{ stretch }}.units_before_period,
        0
    )
{%- endmacro %}

{# Days of a merged set of periods through a day. #}
{% macro period_days_through(stretch, day) -%}
    coalesce({{ stretch }}.days_before + least({{ day }}, {{ stretch }}.end_date) - {{ stretch }}.start_date + 1, 0)
{%- endmacro %}

{# E-02: whether the exempt part of a window reaches a percentage, in whole units. #}
{% macro exempt_share_reached(percent) -%}
    (windows.window_units > 0 and windows.exempt_units * 100 >= windows.window_units * {{ percent }})
{%- endmacro %}
