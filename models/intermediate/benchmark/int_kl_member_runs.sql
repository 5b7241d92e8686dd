-- Grain: person x KL target group x municipality x run of measured months with a member day. Rules: K-01, B-07.
-- A period of member days gives a run of the months whose last day it reaches, and its last month where it ends before
-- that. A month that the next period of the group begins in belongs to the next, which has the later member days.
-- The last member day of a month decides residence and age, so both cut runs. until_month is the first month after the
-- run; missing_days are the days of its first month that are no member days.
{{ config(materialized='view') }}

with measured_period as (
    select min(measure_month) as first_month, max(month_end) as last_day
    from {{ ref('int_months') }}
    having count(*) > 0
),

periods as (
    select
        members.person_key,
        members.target_group,
        greatest(members.start_date, measured_period.first_month) as start_date,
        least(members.end_date, measured_period.last_day) as end_date,
        lead(members.start_date) over person_periods as next_start_date
    from {{ ref('int_kl_member_days') }} as members
    cross join measured_period
    where members.start_date <= measured_period.last_day and members.end_date >= measured_period.first_month
    window person_periods as (partition by members.person_key, members.target_group order by members.start_date)
),

period_months as (
    select
        *,
        {{ month_start('start_date') }} as start_month,
        {{ month_start('end_date') }} as end_month,
        {{ month_start('end_date + 1') }} as until_month,
        coalesce(next_start_date <= {{ month_end('end_date') }}, false) as is_end_month_shared
    from periods
),

shared_days as (
    select
        person_key,
        target_group,
        end_month,
        sum(end_date - greatest(start_date, end_month) + 1) as member_days
    from period_months
    where is_end_month_shared
    group by person_key, target_group, end_month
),

period_runs as (
    select
        person_key,
        target_group,
        start_month,
        start_month as first_month,
        until_month,
        {{ month_end('start_month') }} as first_month_last_day,
        until_month - 1 as last_month_last_day,
        start_date - start_month as missing_days
    from period_months
    where start_month < until_month
    union all
    select
        person_key,
        target_group,
        start_month,
        end_month as first_month,
        {{ add_months('end_month', 1) }} as until_month,
        end_date as first_month_last_day,
        end_date as last_month_last_day,
        (greatest(start_date, end_month) - end_month) + ({{ month_end('end_month') }} - end_date) as missing_days
    from period_months
    where end_month = until_month and not is_end_month_shared
),

runs as (
    select
        period_runs.person_key,
        period_runs.target_group,
        period_runs.first_month,
        period_runs.until_month,
        period_runs.first_month_last_day,
        period_runs.last_month_last_day,
        period_runs.missing_days - coalesce(shared_days.member_days, 0) as missing_days
    from period_runs
    left join shared_days
        on
            period_runs.person_key = shared_days.person_key
            and period_runs.target_group = shared_days.target_group
            and period_runs.first_month = shared_days.end_month
            and period_runs.start_month = shared_days.end_month
),

final as (
    select
        runs.person_key,
        runs.target_group,
        residences.municipality_code,
        greatest(runs.first_month, {{ month_start('residences.start_date') }}) as first_month,
        case
            when residences.end_date >= runs.last_month_last_day then runs.until_month
            else {{ month_start('residences.end_date + 1') }}
        end as until_month,
        case when residences.start_date <= runs.first_month_last_day then runs.missing_days else 0 end as missing_days
    from runs
    inner join {{ ref('int_kl_measured_residences') }} as residences
        on
            runs.person_key = residences.person_key
            and runs.last_month_last_day >= residences.start_date
            and runs.first_month_last_day <= residences.end_date
)

select * from final
where first_month < until_month
