{#
    The time line of hours that are spread over the days of their row by floor(hundredths * k / days) (T-03, H-01).

    relation: rows with person_key, start_date, end_date (cut), spread_hundredths, spread_days (days of the row as
    delivered; null: all on the row's one day) and spread_base (days counted before the row).
    days_through: name of the macro that counts the days hours are spread over.

    Returns stretches outside dead periods, in order and without overlap: the hundredths given before each, its own, and
    how they are spread; where rows overlap, their hours are added up day by day. until_date is the day before the next
    stretch, for look-ups.
#}
{% macro hours_time_line(relation, days_through) %}
    {%- set count_days = context[days_through] %}
    with split_rows as (
        {{ split_by_cover(
            relation, ['person_key', 'spread_hundredths', 'spread_days', 'spread_base'], ref('int_dead_periods')
        ) }}
    ),

    living_rows as (
        select
            *,
            coalesce(
                start_date <= max(end_date) over (
                    partition by person_key order by start_date, end_date rows between unbounded preceding and 1 preceding
                ),
                false
            )
            or coalesce(
                end_date >= lead(start_date) over (partition by person_key order by start_date, end_date), false
            ) as is_overlapping
        from split_rows
        where not is_covered
    ),

    single_rows as (
        select
            *,
            spread_hundredths * ({{ count_days('start_date - 1') }} - spread_base) // spread_days as given_before,
            spread_hundredths * ({{ count_days('end_date') }} - spread_base) // spread_days as given_through
        from living_rows
        where not is_overlapping
    ),

    overlapping_days as (
        select *, {{ unnest_days('start_date', 'end_date') }} as hours_date
        from living_rows
        where is_overlapping
    ),

    stretches as (
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
                spread_hundredths * ({{ count_days('hours_date') }} - spread_base) // spread_days
                - spread_hundredths * ({{ count_days('hours_date - 1') }} - spread_base) // spread_days,
                spread_hundredths
            )) as bigint) as hundredths,
            null as spread_hundredths,
            null as spread_days,
            null as spread_base,
            null as given_before
        from overlapping_days
        group by person_key, hours_date
    )

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
    from stretches
    where hundredths > 0
    window time_line as (partition by person_key order by start_date)
{% endmacro %}
