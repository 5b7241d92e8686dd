-- Rules: B-07, C-10, E-03, G-01, H-02, M-01, M-10, M-12, S-01, T-04, V-03.
-- A number that a model reads is in its seed: those read as one number stand there once, and those that depend on the month are
-- there for every measured month. Where a number is lacking, a look-up would give null and nothing would fail.
{% set single_numbers = [
    'minimum_age', 'spell_break_months', 'year_days', 'registration_months', 'early_offer_goal', 'required_improvement',
    'focus_goal_months',
] %}
{% set dates = ['measured_from', 'conversations_before_start_from'] %}
with single_numbers as (
    {% for name in single_numbers %}
    select '{{ name }}' as name, count(value) as found
    from {{ ref('legal_parameters') }}
    where parameter = '{{ name }}'
    union all
    {% endfor %}
    {% for name in dates %}
    select '{{ name }}' as name, count(date_value) as found
    from {{ ref('legal_dates') }}
    where legal_date = '{{ name }}'
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select name, found
    from single_numbers
    where found <> 1
    union all
    select 'numbers of ' || measure_month as name, count(*) as found
    from {{ ref('int_months') }}
    where
        exempt_percent is null
        or required_conversations is null
        or ordinary_hours_limit is null
        or (early_exempt_percent is null) <> (measure_month < date '2024-01-01')
        or (early_exempt_mii_days is null) <> (measure_month < date '2024-01-01')
    group by measure_month
)

select * from final
