-- Grain: person x measured month x group x reading of the spell clock. Rules: T-01 to T-06.
-- The clock when the spell starts, before the window starts and on the measurement date; leap days taken out; the interval.
with readings as (
    select
        months.person_id,
        months.measure_month,
        months.benefit_group,
        spells.spell_id,
        months.clock_unit,
        months.insurance_form,
        spells.start_date as spell_start_date,
        months.window_start_date,
        months.measurement_date,
        months.is_12_plus,
        months.duration_interval,
        months.duration_units,
        months.units_through_end - starts.units_before_spell as spell_units,
        months.units_before_window - starts.units_before_spell as units_before_window,
        months.units_through_end - months.units_before_window as window_units,
        months.units_through_end - starts.units_before_spell - months.duration_units as leap_days,
        bounds.lower_units,
        thresholds.twelve_months_units
    from {{ with_person_id(ref('int_measured_months')) }} as months
    inner join {{ ref('int_explained_spells') }} as spells
        on months.person_id = spells.person_id and months.spell_key = spells.spell_key
    inner join {{ ref('int_spell_clock_starts') }} as starts on spells.spell_key = starts.spell_key
    inner join {{ ref('int_duration_bounds') }} as bounds
        on
            months.clock_unit = bounds.clock_unit
            and months.insurance_form = bounds.insurance_form
            and months.duration_interval = bounds.duration_interval
    inner join {{ ref('int_duration_thresholds') }} as thresholds
        on months.clock_unit = thresholds.clock_unit and months.insurance_form = thresholds.insurance_form
),

lines as (
    select
        readings.*,
        kinds.reading,
        case when kinds.is_at_end then readings.measurement_date else readings.window_start_date end as from_date,
        case when kinds.reading like 'window%' then readings.measurement_date end as to_date,
        case
            when kinds.reading = 'clock_before_window' then readings.units_before_window
            when kinds.reading = 'clock_at_end' then readings.spell_units
            when kinds.reading = 'clock_leap_days' then readings.leap_days
            when kinds.reading like 'window%' then readings.window_units
            else readings.duration_units
        end as reading_units
    from readings
    cross join (
        values
        ('clock_before_window', false), ('clock_at_end', true), ('clock_leap_days', true), ('duration', true),
        ('duration_by_insurance_form', true), ('window_from_spell_start', false), ('window_of_a_year', false),
        ('window_of_hours', false)
    ) as kinds (reading, is_at_end)
    where
        case kinds.reading
            when 'clock_before_window' then readings.is_12_plus
            when 'clock_leap_days' then readings.leap_days > 0
            when 'duration' then readings.clock_unit = 'days'
            when 'duration_by_insurance_form' then readings.clock_unit = 'hours'
            when 'window_from_spell_start' then not readings.is_12_plus
            when 'window_of_a_year' then readings.is_12_plus and readings.clock_unit = 'days'
            when 'window_of_hours' then readings.is_12_plus and readings.clock_unit = 'hours'
            else true
        end
),

final as (
    select
        {{ month_columns('lines') }},
        lines.reading,
        lines.insurance_form,
        lines.duration_interval,
        lines.from_date,
        lines.to_date,
        {{ as_amount('lines.reading_units', 'lines.clock_unit') }} as amount,
        lines.clock_unit as unit,
        cast(null as boolean) as is_counted,
        {{ told([
            units_text('lines.reading_units', 'lines.clock_unit'), 'lines.from_date', named('intervals'),
            units_text('lines.lower_units', 'lines.clock_unit'), named('forms'),
            units_text('lines.twelve_months_units', 'lines.clock_unit'),
        ]) }}
    from lines
    inner join {{ ref('code_names') }} as intervals
        on intervals.code_list = 'duration_interval' and lines.duration_interval = intervals.code
    left join {{ ref('code_names') }} as forms on forms.code_list = 'insurance_form' and lines.insurance_form = forms.code
    left join {{ ref('explanation_sentences') }} as sentences on lines.reading = sentences.sentence
)

select * from final
