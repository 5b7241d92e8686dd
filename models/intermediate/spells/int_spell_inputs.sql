-- Grain: person x group x period of benefit days that a spell is built from. Rules: S-01, S-02, S-03.
-- Municipal groups and sickness give their periods; a-dagpenge is cut at each first day of a dagpenge period.
with dagpenge_first_days as (
    select distinct periods.person_key, periods.first_day
    from {{ ref('stg_counter__dagpenge_periods') }} as periods
    cross join {{ ref('int_as_of') }} as as_of
    where periods.first_day <= as_of.as_of_date
),

dagpenge_periods as (
    select
        person_key,
        first_day,
        coalesce(lead(first_day) over (partition by person_key order by first_day) - 1, {{ forever() }}) as last_day
    from dagpenge_first_days
),

spell_inputs as (
    select person_key, benefit as benefit_group, cast(null as date) as period_start, start_date, end_date
    from {{ ref('int_benefit_intervals') }}
    where benefit not in ('a_dagpenge', 'sygedagpenge')
    union all
    select person_key, 'sygedagpenge' as benefit_group, cast(null as date) as period_start, start_date, end_date
    from {{ ref('int_sickness_absences') }}
    union all
    select
        dagpenge_days.person_key,
        'a_dagpenge' as benefit_group,
        dagpenge_periods.first_day as period_start,
        greatest(dagpenge_days.start_date, dagpenge_periods.first_day) as start_date,
        least(dagpenge_days.end_date, dagpenge_periods.last_day) as end_date
    from {{ ref('int_dagpenge_days') }} as dagpenge_days
    inner join dagpenge_periods
        on
            dagpenge_days.person_key = dagpenge_periods.person_key
            and dagpenge_days.start_date <= dagpenge_periods.last_day
            and dagpenge_days.end_date >= dagpenge_periods.first_day
),

final as (
    select
        spell_inputs.person_key,
        spell_inputs.benefit_group,
        benefits.spell_rule,
        spell_inputs.period_start,
        spell_inputs.start_date,
        spell_inputs.end_date
    from spell_inputs
    inner join {{ ref('benefits') }} as benefits
        on spell_inputs.benefit_group = benefits.benefit and benefits.is_measured
)

select * from final
