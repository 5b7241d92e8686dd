-- Grain: person x measured month x group x income row with a day in the window, or answer about hours. Rules: D-03, H-01, H-02.
-- The ordinary hours (ordinære timer) each row gives on the living days of the window, and whether they reach the limit.
-- Not materialized, so that a filter on a person reaches the tables behind each use.
with windows as not materialized (
    select
        months.person_id,
        months.measure_month,
        months.benefit_group,
        spells.spell_id,
        months.window_start_date,
        months.measurement_date,
        months.ordinary_hundredths,
        months.has_ordinary_hours,
        benefits.counts_ordinary_hours,
        numbers.ordinary_hours_limit
    from {{ with_person_id(ref('int_person_months')) }} as months
    inner join {{ ref('int_explained_spells') }} as spells
        on months.person_id = spells.person_id and months.spell_key = spells.spell_key
    inner join {{ ref('benefits') }} as benefits on months.benefit_group = benefits.benefit
    inner join {{ ref('int_months') }} as numbers on months.measure_month = numbers.measure_month
),

window_rows as (
    select
        {{ month_columns('windows') }},
        windows.window_start_date,
        windows.measurement_date,
        windows.ordinary_hours_limit,
        hour_rows.start_date,
        hour_rows.end_date,
        hour_rows.spread_hundredths,
        hour_rows.spread_days,
        hour_rows.spread_base,
        {{ row_hundredths_between(
            'hour_rows', 'windows.window_start_date', 'windows.measurement_date', 'calendar_days_through'
        ) }} as window_hundredths
    from windows
    inner join {{ with_person_id(ref('int_ordinary_hour_rows')) }} as hour_rows
        on
            windows.person_id = hour_rows.person_id
            and windows.measurement_date >= hour_rows.start_date
            and windows.window_start_date <= hour_rows.end_date
    where windows.ordinary_hundredths is not null
),

row_hours as (
    select
        window_rows.*,
        sum(
            {{ row_hundredths_between(
                'window_rows', 'greatest(window_rows.window_start_date, dead_periods.start_date)',
                'least(window_rows.measurement_date, dead_periods.end_date)', 'calendar_days_through'
            ) }}
        ) filter (where dead_periods.person_id is not null) as dead_hundredths
    from window_rows
    left join {{ with_person_id(ref('int_dead_periods')) }} as dead_periods
        on
            window_rows.person_id = dead_periods.person_id
            and window_rows.start_date <= dead_periods.end_date
            and window_rows.end_date >= dead_periods.start_date
            and window_rows.window_start_date <= dead_periods.end_date
            and window_rows.measurement_date >= dead_periods.start_date
    group by all
),

lines as (
    select
        {{ month_columns('row_hours') }},
        row_hours.start_date as from_date,
        row_hours.end_date as to_date,
        row_hours.spread_hundredths,
        row_hours.ordinary_hours_limit,
        row_hours.window_hundredths - coalesce(row_hours.dead_hundredths, 0) as hundredths,
        'income_row' as hours
    from row_hours
    union all
    select
        {{ month_columns('windows') }},
        windows.window_start_date as from_date,
        windows.measurement_date as to_date,
        null as spread_hundredths,
        windows.ordinary_hours_limit,
        windows.ordinary_hundredths as hundredths,
        case
            when not windows.counts_ordinary_hours then 'hours_not_in_group'
            when windows.ordinary_hundredths is null then 'hours_before_seven_months'
            when windows.has_ordinary_hours then 'hours_reach_limit'
            else 'hours_below_limit'
        end as hours
    from windows
),

final as (
    select
        {{ month_columns('lines') }},
        lines.ordinary_hours_limit,
        lines.from_date,
        lines.to_date,
        {{ as_hours('lines.spread_hundredths') }} as delivered_hours,
        {{ as_hours('lines.hundredths') }} as amount,
        'hours' as unit,
        lines.hours in ('income_row', 'hours_reach_limit') as is_counted,
        {{ told([hours_text('lines.hundredths'), hours_text('lines.spread_hundredths'), 'lines.ordinary_hours_limit']) }}
    from lines
    left join {{ ref('explanation_sentences') }} as sentences on lines.hours = sentences.sentence
)

select * from final
