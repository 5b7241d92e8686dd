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
        periods.*,
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
),

months as (
    select
        spell_key,
        person_key,
        end_date,
        {{ unnest_months('first_day', 'last_day') }} as measure_month
    from periods_to_measure
    where first_day <= last_day
),

measurement_dates as (
    select
        months.spell_key,
        months.person_key,
        months.measure_month,
        least(months.end_date, {{ month_end('months.measure_month') }}) as measurement_date
    from months
),

final as (
    select
        measurement_dates.spell_key,
        measurement_dates.person_key,
        spells.benefit_group,
        spells.clock_unit,
        measurement_dates.measure_month,
        measurement_dates.measurement_date,
        spells.start_date as spell_start_date,
        least(spells.end_date, {{ month_end('measurement_dates.measure_month') }}) as residence_date
    from measurement_dates
    inner join {{ ref('int_spells') }} as spells on measurement_dates.spell_key = spells.spell_key
    inner join {{ ref('int_persons') }} as persons
        on
            measurement_dates.person_key = persons.person_key
            and measurement_dates.measurement_date between persons.measured_from and persons.measured_until
    anti join {{ ref('int_absence_dead_periods') }} as dead_periods
        on
            measurement_dates.person_key = dead_periods.person_key
            and dead_periods.start_date <= greatest(spells.start_date, measurement_dates.measure_month)
            and dead_periods.end_date >= least(spells.end_date, {{ month_end('measurement_dates.measure_month') }})
)

select * from final
