-- Rules: B-07, C-10, E-03, G-01, H-02, M-01, M-10, M-12, S-01, T-04, V-03.
-- A number that a model reads is in its seed: those read as one number stand there once in every version of the method (from
-- 1.73 where it brought them), and those that depend on the month are there for every measured month. Where a number is
-- lacking, a look-up would give null and nothing would fail.
{% set always = [
    'minimum_age', 'spell_break_months', 'year_days', 'early_offer_goal', 'required_improvement', 'focus_goal_months',
    'measured_from',
] %}
{% set since_version_1_73 = ['registration_months', 'conversations_before_start_from'] %}
with needed as (
    {% for name in always %}
    select '{{ name }}' as name, version from {{ ref('method_history') }}
    union all
    {% endfor %}
    {% for name in since_version_1_73 %}
    select '{{ name }}' as name, later.version
    from {{ ref('method_history') }} as later
    inner join {{ ref('method_history') }} as bringing
        on bringing.version = '1.73' and later.version_order >= bringing.version_order
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

numbers as (
    select parameter as name, method_version from {{ rules_by_version('legal_parameters') }}
    union all
    select legal_date as name, method_version from {{ rules_by_version('legal_dates') }}
),

final as (
    select needed.name, needed.version as about, count(numbers.name) as found
    from needed
    left join numbers on needed.name = numbers.name and needed.version = numbers.method_version
    group by needed.name, needed.version
    having count(numbers.name) <> 1
    union all
    select 'numbers of the month' as name, cast(measure_month as varchar) as about, count(*) as found
    from {{ ref('int_months') }}
    where
        exempt_percent is null
        or required_conversations is null
        or ordinary_hours_limit is null
        or (early_exempt_percent is not null) <> (measure_month >= date '2024-01-01' and {{ is_built_from('1.73') }})
        or (early_exempt_mii_days is not null) <> (measure_month >= date '2024-01-01' and {{ is_built_from('1.73') }})
    group by measure_month
)

select * from final
