-- Grain: spell x measured month with its own benefit days. Rules: M-01, M-02.
-- The measurement date the spell would have, and whether it is the spell of its group that M-02 picks.
with measured_period as (
    select min(measure_month) as first_month, max(month_end) as last_day
    from {{ ref('int_months') }}
    having count(*) > 0
),

benefit_months as (
    select
        days.person_id,
        days.spell_key,
        days.benefit_group,
        days.end_date,
        {{ unnest_months(
            'greatest(days.start_date, measured_period.first_month)', 'least(days.end_date, measured_period.last_day)'
        ) }} as measure_month
    from {{ with_person_id(ref('int_spell_benefit_days')) }} as days
    cross join measured_period
    where days.start_date <= measured_period.last_day and days.end_date >= measured_period.first_month
),

spell_months as (
    select
        person_id,
        spell_key,
        benefit_group,
        measure_month,
        max(least(end_date, {{ month_end('measure_month') }})) as measurement_date
    from benefit_months
    group by person_id, spell_key, benefit_group, measure_month
),

final as (
    select
        spell_months.*,
        row_number() over (
            partition by spell_months.person_id, spell_months.benefit_group, spell_months.measure_month
            order by spell_months.measurement_date desc, spells.start_date desc
        ) = 1 as is_chosen
    from spell_months
    inner join {{ ref('int_explained_spells') }} as spells
        on spell_months.person_id = spells.person_id and spell_months.spell_key = spells.spell_key
)

select * from final
