{# Calendar arithmetic in closed form. Nothing here is law; what only DuckDB spells this way is kept in this file. #}

{% macro month_start(day) -%}
    cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}

{% macro month_end(day) -%}
    last_day({{ day }})
{%- endmacro %}

{% macro month_number(day) -%}
    (year({{ day }}) * 12 + month({{ day }}))
{%- endmacro %}

{# A day that does not exist becomes the last of its month. #}
{% macro add_months(day, months) -%}
    cast({{ day }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}

{# Weekdays (Monday to Friday) from Monday 1 January 1900 through a day. #}
{% macro weekdays_through(day) -%}
    (({{ day }} - date '1899-12-31') // 7 * 5 + least(({{ day }} - date '1899-12-31') % 7, 5))
{%- endmacro %}

{# Calendar days from the beginning of time through a day. #}
{% macro calendar_days_through(day) -%}
    ({{ day }} - {{ before_time() }})
{%- endmacro %}

{# The weekday with a given number in that count. #}
{% macro weekday_at(number) -%}
    (date '1900-01-01' + cast(({{ number }} - 1) // 5 * 7 + ({{ number }} - 1) % 5 as integer))
{%- endmacro %}

{# Days through a day when every 29 February is left out. #}
{% macro year_days_through(day) -%}
    (
        365 * year({{ day }})
        + dayofyear(make_date(2001, month({{ day }}), case when month({{ day }}) = 2 then least(day({{ day }}), 28) else day({{ day }}) end))
    )
{%- endmacro %}

{# The day, never a 29 February, with a given number in that count. #}
{% macro year_day_at(number) -%}
    make_date(
        ({{ number }} - 1) // 365,
        month(date '2001-01-01' + cast(({{ number }} - 1) % 365 as integer)),
        day(date '2001-01-01' + cast(({{ number }} - 1) % 365 as integer))
    )
{%- endmacro %}

{# One row per month between two days, as a list to unnest. #}
{% macro unnest_months(start_day, end_day) -%}
    cast(unnest(range(
        date_trunc('month', {{ start_day }}),
        date_trunc('month', {{ end_day }}) + interval 1 month,
        interval 1 month
    )) as date)
{%- endmacro %}

{# One row per day between two days, as a list to unnest. #}
{% macro unnest_days(start_day, end_day) -%}
    cast(unnest(range({{ start_day }}, {{ end_day }} + 1, interval 1 day)) as date)
{%- endmacro %}

{% macro forever() -%} date '9999-12-31' {%- endmacro %}
{% macro before_time() -%} date '0001-01-01' {%- endmacro %}
