-- Grain: person x measured month x a-dagpenge. Rules: T-02, T-03, T-04, T-05, T-06.
-- Duration and window of the hour clock: from twelve months of hours on, the window starts on the latest day from which
-- that many hours remain.
{{ config(materialized='view') }}

with readings as (
    select
        months.*,
        coalesce(forms.insurance_form, {{ code('insurance_form', "'FULDTID'") }}) as insurance_form,
        starts.units_before_spell,
        {{ hundredths_through('stretch', 'months.measurement_date') }} as units_through_end
    from {{ ref('int_spell_months') }} as months
    inner join {{ ref('int_spell_clock_starts') }} as starts on months.spell_key = starts.spell_key
    left join {{ ref('int_insurance_forms') }} as forms
        on
            months.person_key = forms.person_key
            and months.measurement_date between forms.start_date and forms.end_date
    left join {{ ref('int_dagpenge_hours') }} as stretch
        on
            months.person_key = stretch.person_key
            and months.measurement_date between stretch.start_date and stretch.until_date
    where months.clock_unit = 'hours'
),

window_targets as (
    select
        readings.*,
        case
            when readings.units_through_end - readings.units_before_spell >= thresholds.twelve_months_units
                then readings.units_through_end - thresholds.twelve_months_units
        end as units_left_out
    from readings
    inner join {{ ref('int_duration_thresholds') }} as thresholds
        on readings.clock_unit = thresholds.clock_unit and readings.insurance_form = thresholds.insurance_form
),

-- The window starts on the day that gives the first hundredth after those left out.
window_starts as (
    select
        window_targets.*,
        case
            when stretch.spread_days is null then stretch.start_date
            else {{ weekday_at(
                "(stretch.spread_base + ((window_targets.units_left_out - stretch.hundredths_before + stretch.given_before + 1)"
                ~ " * stretch.spread_days + stretch.spread_hundredths - 1) // stretch.spread_hundredths)"
            ) }}
        end as year_start_date,
        stretch.spread_days
    from window_targets
    left join {{ ref('int_dagpenge_hours') }} as stretch
        on
            window_targets.person_key = stretch.person_key
            and window_targets.units_left_out >= stretch.hundredths_before
            and window_targets.units_left_out < stretch.hundredths_before + stretch.hundredths
),

window_readings as (
    select
        window_starts.*,
        {{ hundredths_through('stretch', 'window_starts.year_start_date - 1') }} as units_before_year
    from window_starts
    left join {{ ref('int_dagpenge_hours') }} as stretch
        on
            window_starts.person_key = stretch.person_key
            and window_starts.year_start_date - 1 between stretch.start_date and stretch.until_date
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
        insurance_form,
        units_through_end - units_before_spell as duration_units,
        coalesce(year_start_date, spell_start_date) as window_start_date,
        case when year_start_date is null then units_before_spell else units_before_year end as units_before_window,
        units_through_end
    from window_readings
)

select * from final
