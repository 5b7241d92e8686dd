-- Grain: person x KL target group x measured month with a member day. Rules: K-01, B-07.
-- A month that one period has for itself is taken as it is; only months shared by several periods are added up.
{{ config(materialized='view') }}

with measured_period as (
    select min(measure_month) as first_month, max(month_end) as last_day
    from {{ ref('int_months') }}
    having count(*) > 0
),

periods as (
    select
        *,
        lag(end_date) over person_periods as previous_end_date,
        lead(start_date) over person_periods as next_start_date
    from {{ ref('int_kl_member_days') }}
    window person_periods as (partition by person_key, target_group order by start_date)
),

period_months as (
    select
        periods.*,
        {{ unnest_months(
            'greatest(periods.start_date, measured_period.first_month)',
            'least(periods.end_date, measured_period.last_day)'
        ) }} as measure_month
    from periods
    cross join measured_period
    where periods.start_date <= measured_period.last_day and periods.end_date >= measured_period.first_month
),

month_parts as (
    select
        person_key,
        target_group,
        measure_month,
        least(end_date, {{ month_end('measure_month') }}) as last_member_day,
        least(end_date, {{ month_end('measure_month') }}) - greatest(start_date, measure_month) + 1 as member_days,
        coalesce(previous_end_date >= measure_month, false)
        or coalesce(next_start_date <= {{ month_end('measure_month') }}, false) as is_shared
    from period_months
),

member_months as (
    select person_key, target_group, measure_month, last_member_day, member_days
    from month_parts
    where not is_shared
    union all
    select
        person_key,
        target_group,
        measure_month,
        max(last_member_day) as last_member_day,
        cast(sum(member_days) as bigint) as member_days
    from month_parts
    where is_shared
    group by person_key, target_group, measure_month
),

final as (
    select member_months.*
    from member_months
    inner join {{ ref('int_persons') }} as persons
        on
            member_months.person_key = persons.person_key
            and member_months.last_member_day between persons.measured_from and persons.measured_until
)

select * from final
