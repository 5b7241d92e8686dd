-- Grain: person x measured month x group, day clocks. Rules: T-01, T-04, T-06.
-- Duration and window of the day clock: from a year on, 29 February is taken out, and the window starts on the last of
-- the year's living year days counted back from the measurement date.
{{ config(materialized='view') }}

with readings as (
    select
        months.*,
        starts.units_before_spell,
        {{ living_days_through('stretch', 'months.measurement_date') }} as units_through_end,
        {{ living_year_days_through('stretch', 'months.measurement_date') }} as year_days_through_end,
        starts.year_days_before_spell
    from {{ ref('int_spell_months') }} as months
    inner join {{ ref('int_spell_clock_starts') }} as starts on months.spell_key = starts.spell_key
    inner join {{ ref('int_living_time') }} as stretch
        on
            months.person_key = stretch.person_key
            and months.measurement_date between stretch.start_date and stretch.end_date
    where months.clock_unit = 'days'
),

durations as (
    select
        *,
        {{ day_duration(
            'units_through_end - units_before_spell',
            'year_days_through_end - year_days_before_spell'
        ) }} as duration_units
    from readings
),

window_targets as (
    select
        durations.*,
        case
            when durations.duration_units >= thresholds.twelve_months_units
                then durations.year_days_through_end - thresholds.twelve_months_units + 1
        end as window_year_day
    from durations
    inner join {{ ref('int_duration_thresholds') }} as thresholds on durations.clock_unit = thresholds.clock_unit
),

window_starts as (
    select
        window_targets.*,
        {{ year_day_at('window_targets.window_year_day + stretch.dead_year_days_through') }} as year_start_date,
        stretch.dead_days_through
    from window_targets
    left join {{ ref('int_living_time') }} as stretch
        on
            window_targets.person_key = stretch.person_key
            and window_targets.window_year_day > stretch.year_days_before
            and window_targets.window_year_day <= stretch.year_days_through
),

final as (
    select
        spell_key,
        person_key,
        benefit_group,
        clock_unit,
        measure_month,
        measurement_date,
        residence_date,
        {{ code('insurance_form', "'ALL'") }} as insurance_form,
        duration_units,
        coalesce(year_start_date, spell_start_date) as window_start_date,
        coalesce(
            year_start_date - 1 - {{ before_time() }} - dead_days_through,
            units_before_spell
        ) as units_before_window,
        units_through_end
    from window_starts
)

select * from final
