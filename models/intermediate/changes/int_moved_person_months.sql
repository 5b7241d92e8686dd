-- Grain: build (previous or current) x person x measured month x group. Rules: M-05, M-10, M-11.
-- All rows, as the monthly cells count them, of each person and month in which anything differs between the builds.
with changed_months as (
    select distinct measure_month
    from {{ ref('int_changed_figures') }}
    where {{ has_previous('fct_person_months') | lower }}
),

latest as (
    {{ counted_person_months(ref('fct_person_months')) }}
),

earlier as (
    {{ counted_person_months(previous('fct_person_months')) }}
),

latest_rows as (select *, hash(latest) as row_hash from latest),

earlier_rows as (select *, hash(earlier) as row_hash from earlier),

moved_months as (
    select latest_rows.person_key, latest_rows.measure_month
    from latest_rows
    anti join earlier_rows on latest_rows.row_hash = earlier_rows.row_hash
    union
    select earlier_rows.person_key, earlier_rows.measure_month
    from earlier_rows
    anti join latest_rows on earlier_rows.row_hash = latest_rows.row_hash
),

final as (
    select 'current' as build, latest.*
    from latest
    semi join moved_months
        on latest.person_key = moved_months.person_key and latest.measure_month = moved_months.measure_month
    union all
    select 'previous' as build, earlier.*
    from earlier
    semi join moved_months
        on earlier.person_key = moved_months.person_key and earlier.measure_month = moved_months.measure_month
)

select * from final
