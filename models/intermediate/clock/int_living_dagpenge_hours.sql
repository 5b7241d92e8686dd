-- Grain: stretch of a-dagpenge hours outside dead periods, or one day where several rows give hours. Rules: D-03, T-02, T-03.
-- Stretches of a person do not overlap: where rows do, their hours are added up day by day.
with split_rows as (
    {{ split_by_cover(
        ref('int_dagpenge_hour_rows'),
        ['person_key', 'spread_hundredths', 'spread_days', 'spread_base'],
        ref('int_dead_periods')
    ) }}
),

living_rows as (
    select
        *,
        start_date <= max(end_date) over (
            partition by person_key order by start_date, end_date rows between unbounded preceding and 1 preceding
        ) as overlaps_earlier,
        end_date >= lead(start_date) over (partition by person_key order by start_date, end_date) as overlaps_later
    from split_rows
    where not is_covered
),

labelled_rows as (
    select *, coalesce(overlaps_earlier, false) or coalesce(overlaps_later, false) as is_overlapping
    from living_rows
),

single_rows as (
    select
        person_key,
        start_date,
        end_date,
        spread_hundredths,
        spread_days,
        spread_base,
        spread_hundredths * ({{ weekdays_through('start_date - 1') }} - spread_base) // spread_days as given_before,
        spread_hundredths * ({{ weekdays_through('end_date') }} - spread_base) // spread_days as given_through
    from labelled_rows
    where not is_overlapping
),

overlapping_days as (
    select
        person_key,
        {{ unnest_days('start_date', 'end_date') }} as hours_date,
        spread_hundredths,
        spread_days,
        spread_base
    from labelled_rows
    where is_overlapping
),

final as (
    select
        person_key,
        start_date,
        end_date,
        case when spread_days is null then spread_hundredths else given_through - given_before end as hundredths,
        spread_hundredths,
        spread_days,
        spread_base,
        given_before
    from single_rows
    union all
    select
        person_key,
        hours_date as start_date,
        hours_date as end_date,
        cast(sum(coalesce(
            spread_hundredths * ({{ weekdays_through('hours_date') }} - spread_base) // spread_days
            - spread_hundredths * ({{ weekdays_through('hours_date - 1') }} - spread_base) // spread_days,
            spread_hundredths
        )) as bigint) as hundredths,
        null as spread_hundredths,
        null as spread_days,
        null as spread_base,
        null as given_before
    from overlapping_days
    group by person_key, hours_date
)

select * from final
