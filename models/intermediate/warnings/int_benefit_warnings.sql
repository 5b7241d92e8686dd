-- Grain: warning about persons' benefit days. Rules: X-03, B-07, S-03.
-- Persons without a birth date, a-dagpenge days that belong to no dagpenge period, and days on several municipal benefits.
with measured_days as (
    select benefit_intervals.person_key
    from {{ ref('int_benefit_intervals') }} as benefit_intervals
    inner join {{ ref('benefits') }} as benefits
        on benefit_intervals.benefit = benefits.benefit and benefits.is_measured
),

no_birth_date as (
    select distinct persons.person_key
    from {{ ref('int_persons') }} as persons
    semi join measured_days on persons.person_key = measured_days.person_key
    where persons.birth_date is null
),

first_days as (
    select periods.person_key, min(periods.first_day) as first_day
    from {{ ref('stg_counter__dagpenge_periods') }} as periods
    cross join {{ ref('int_as_of') }} as as_of
    where periods.first_day <= as_of.as_of_date
    group by periods.person_key
),

days_outside_periods as (
    select
        dagpenge_days.person_key,
        least(dagpenge_days.end_date, coalesce(first_days.first_day, {{ forever() }}) - 1) - dagpenge_days.start_date + 1 as days
    from {{ ref('int_dagpenge_days') }} as dagpenge_days
    left join first_days on dagpenge_days.person_key = first_days.person_key
    where dagpenge_days.start_date < coalesce(first_days.first_day, {{ forever() }})
),

municipal_days as (
    select benefit_intervals.person_key, benefit_intervals.start_date, benefit_intervals.end_date
    from {{ ref('int_benefit_intervals') }} as benefit_intervals
    inner join {{ ref('benefits') }} as benefits
        on benefit_intervals.benefit = benefits.benefit and benefits.is_municipal
),

municipal_changes as (
    select person_key, change_date, sum(change) as change
    from (
        select person_key, start_date as change_date, 1 as change from municipal_days
        union all
        select person_key, end_date + 1 as change_date, -1 as change from municipal_days
    ) as changes
    group by person_key, change_date
),

municipal_stretches as (
    select
        person_key,
        sum(change) over time_line as benefits,
        lead(change_date) over time_line - change_date as days
    from municipal_changes
    window time_line as (partition by person_key order by change_date)
),

final as (
    select
        'no_birth_date' as warning_code,
        'cpr_personer' as source_table,
        count(*) as rows,
        count(*) as persons
    from no_birth_date
    union all
    select
        'benefit_days_outside_dagpenge_period' as warning_code,
        'taeller_dagpengeperioder' as source_table,
        sum(days) as rows,
        count(distinct person_key) as persons
    from days_outside_periods
    union all
    select
        'overlapping_municipal_benefits' as warning_code,
        'ky_udbetalinger' as source_table,
        sum(days) as rows,
        count(distinct person_key) as persons
    from municipal_stretches
    where benefits >= 2
)

select * from final
