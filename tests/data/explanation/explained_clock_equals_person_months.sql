-- Rules: D-03, T-01, T-02, T-04, T-06.
-- The duration is that of the person-month and the clock less leap days. Days of the spell less the dead periods, and paid
-- hours of the days to L less those of the dead periods, are what the clock reads; the window is the clock less what went before.
with readings as (
    select
        person_id,
        measure_month,
        benefit_group,
        any_value(unit) as unit,
        max(amount) filter (where sentence in ('duration', 'duration_by_insurance_form')) as duration,
        max(amount) filter (where sentence = 'clock_at_end') as clock_at_end,
        coalesce(max(amount) filter (where sentence = 'clock_leap_days'), 0) as leap_days,
        coalesce(max(amount) filter (where sentence = 'clock_before_window'), 0) as clock_before_window,
        max(amount) filter (where sentence like 'window%') as window_amount
    from {{ ref('explain_clock') }}
    group by person_id, measure_month, benefit_group
),

dead_periods as (
    select person_id, measure_month, benefit_group, sum(amount) as dead_amount
    from {{ ref('explain_dead_periods') }}
    group by person_id, measure_month, benefit_group
),

hours_given as (
    select
        months.person_id,
        months.measure_month,
        months.benefit_group,
        {{ as_hours('sum(' ~ row_hundredths_between(
            'hour_rows', 'months.spell_start_date', 'months.measurement_date', 'weekdays_through'
        ) ~ ')') }} as hours_given
    from {{ ref('int_explained_months') }} as months
    inner join {{ with_person_id(ref('int_dagpenge_hour_rows')) }} as hour_rows
        on
            months.person_id = hour_rows.person_id
            and months.spell_start_date <= hour_rows.end_date
            and months.measurement_date >= hour_rows.start_date
    where months.clock_unit = 'hours' and months.is_measured
    group by months.person_id, months.measure_month, months.benefit_group
),

final as (
    select
        person_months.person_id,
        person_months.measure_month,
        person_months.benefit_group,
        person_months.duration,
        readings.clock_at_end,
        readings.window_amount,
        dead_periods.dead_amount,
        hours_given.hours_given
    from {{ ref('fct_person_months') }} as person_months
    left join readings
        on {{ same_month('person_months', 'readings') }}
    left join dead_periods
        on {{ same_month('person_months', 'dead_periods') }}
    left join hours_given
        on {{ same_month('person_months', 'hours_given') }}
    where
        person_months.duration is distinct from readings.duration
        or readings.duration is distinct from readings.clock_at_end - readings.leap_days
        or readings.window_amount is distinct from readings.clock_at_end - readings.clock_before_window
        or readings.clock_at_end + coalesce(dead_periods.dead_amount, 0) is distinct from case readings.unit
            when 'hours' then coalesce(hours_given.hours_given, 0)
            else person_months.measurement_date - person_months.spell_start_date + 1
        end
)

select * from final
