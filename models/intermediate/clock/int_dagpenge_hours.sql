-- Grain: person x stretch of the hour clock's time line, from the first hour on. Rules: T-02, T-03, T-06.
-- Each stretch knows the hundredths given before it and lasts, for look-ups, until the next one begins.
with final as (
    select
        person_key,
        start_date,
        end_date,
        coalesce(lead(start_date) over time_line - 1, {{ forever() }}) as until_date,
        cast(sum(hundredths) over time_line - hundredths as bigint) as hundredths_before,
        hundredths,
        spread_hundredths,
        spread_days,
        spread_base,
        given_before
    from {{ ref('int_living_dagpenge_hours') }}
    where hundredths > 0
    window time_line as (partition by person_key order by start_date)
)

select * from final
