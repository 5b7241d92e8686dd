-- Grain: person x measured month x group, of the spell that is measured. Rules: M-01, M-02, M-03, B-07.
-- Periods of benefit days are laid out on months; where the next period of the group begins in the month in which one
-- ends, the month belongs to the next, whose last day is later (on a tie it is the spell that starts last).
with measured_period as (
    select min(measure_month) as first_month, max(month_end) as last_day
    from {{ ref('int_months') }}
    having count(*) > 0
),

periods as (
    select
        *,
        lead(start_date) over (partition by person_key, benefit_group order by start_date, end_date) as next_start_date
    from {{ ref('int_spell_benefit_days') }}
),

periods_to_measure as (
    select
        periods.spell_key,
        periods.person_key,
        spells.benefit_group,
        spells.clock_unit,
        spells.start_date as spell_start_date,
        spells.end_date as spell_end_date,
        persons.measured_from,
        persons.measured_until,
        periods.end_date,
        greatest(periods.start_date, measured_period.first_month) as first_day,
        least(
            periods.end_date,
            measured_period.last_day,
            case
                when {{ month_start('periods.next_start_date') }} = {{ month_start('periods.end_date') }}
                    then {{ month_start('periods.end_date') }} - 1
                else periods.end_date
            end
        ) as last_day
    from periods
    cross join measured_period
    inner join {{ ref('int_spells') }} as spells on periods.spell_key = spells.spell_key
    inner join {{ ref('int_persons') }} as persons on periods.person_key = persons.person_key
),

months as (
    select *, {{ unnest_months('first_day', 'last_day') }} as measure_month
    from periods_to_measure
    where first_day <= last_day
),

measurement_dates as (
    select *, least(end_date, {{ month_end('measure_month') }}) as measurement_date
    from months
),

final as (
    select
        months.spell_key,
        months.person_key,
        months.benefit_group,
        months.clock_unit,
        months.measure_month,
        months.measurement_date,
        months.spell_start_date,
        least(months.spell_end_date, {{ month_end('months.measure_month') }}) as residence_date
    from measurement_dates as months
    anti join {{ ref('int_absence_dead_periods') }} as dead_periods
        on
            months.person_key = dead_periods.person_key
            and dead_periods.start_date <= greatest(months.spell_start_date, months.measure_month)
            and dead_periods.end_date >= least(months.spell_end_date, {{ month_end('months.measure_month') }})
    where months.measurement_date between months.measured_from and months.measured_until
)

select * from final
