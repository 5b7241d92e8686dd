-- Grain: person with a spell x stretch of the day clock's time line, gap-free. Rules: D-03, T-01, T-04, T-06.
-- A stretch is one dead period and the living days after it, with the dead days taken off so far; year days leave out
-- every 29 February. The first stretch of a person has no dead period.
with dead_periods as (
    select
        person_key,
        start_date,
        end_date,
        end_date - start_date + 1 as dead_days,
        {{ year_days_through('end_date') }} - {{ year_days_through('start_date - 1') }} as dead_year_days
    from {{ ref('int_dead_periods') }}
    union all
    select distinct
        person_key,
        {{ before_time() }} as start_date,
        {{ before_time() }} - 1 as end_date,
        0 as dead_days,
        0 as dead_year_days
    from {{ ref('int_merged_spells') }}
),

stretches as (
    select
        person_key,
        start_date,
        end_date as dead_until,
        coalesce(lead(start_date) over time_line - 1, {{ forever() }}) as end_date,
        dead_days,
        sum(dead_days) over time_line as dead_days_through,
        sum(dead_year_days) over time_line as dead_year_days_through
    from dead_periods
    window time_line as (partition by person_key order by start_date)
),

final as (
    select
        person_key,
        start_date,
        dead_until,
        end_date,
        cast(dead_days as integer) as dead_days,
        cast(dead_days_through as integer) as dead_days_through,
        cast(dead_year_days_through as integer) as dead_year_days_through,
        cast({{ year_days_through('dead_until') }} - dead_year_days_through as integer) as year_days_before,
        cast({{ year_days_through('end_date') }} - dead_year_days_through as integer) as year_days_through
    from stretches
)

select * from final
