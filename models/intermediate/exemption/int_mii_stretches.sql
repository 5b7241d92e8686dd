-- Grain: person x stretch that begins with a period of mindre intensiv indsats (MII) outside dead periods. Rules: E-03.
with known as ({{ known_rows(ref('stg_tass__mii')) }}),

periods as ({{ merge_intervals('known', ['person_key']) }}),

split_periods as ({{ split_by_cover('periods', ['person_key'], ref('int_dead_periods')) }}),

final as (
    select
        person_key,
        start_date,
        end_date,
        coalesce(lead(start_date) over time_line - 1, {{ forever() }}) as until_date,
        cast(
            sum(end_date - start_date + 1) over time_line - (end_date - start_date + 1)
            as integer
        ) as days_before
    from split_periods
    where not is_covered
    window time_line as (partition by person_key order by start_date)
)

select * from final
