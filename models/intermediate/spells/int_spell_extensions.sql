-- Grain: spell that overgangsydelse makes longer. Rules: S-05.
-- The last overgangsydelse day before the spell, if no whole month lies between, moves the start back to the start
-- of the overgangsydelse spell that day belongs to.
with transitional_days as (
    select
        benefit_intervals.person_key,
        benefit_intervals.start_date,
        benefit_intervals.end_date,
        spells.start_date as transitional_spell_start,
        coalesce(
            lead(benefit_intervals.start_date) over (
                partition by benefit_intervals.person_key order by benefit_intervals.start_date
            ),
            {{ forever() }}
        ) as next_start_date
    from {{ ref('int_benefit_intervals') }} as benefit_intervals
    inner join {{ ref('int_merged_spells') }} as spells
        on
            benefit_intervals.person_key = spells.person_key
            and benefit_intervals.benefit = spells.benefit_group
            and benefit_intervals.start_date between spells.start_date and spells.end_date
    where benefit_intervals.benefit = 'overgangsydelse'
),

extendable_spells as (
    select spells.spell_key, spells.person_key, spells.start_date
    from {{ ref('int_merged_spells') }} as spells
    inner join {{ ref('benefits') }} as benefits
        on spells.benefit_group = benefits.benefit and benefits.is_extended_by_overgangsydelse
),

last_transitional_day as (
    select
        spells.spell_key,
        spells.start_date,
        transitional_days.transitional_spell_start,
        least(transitional_days.end_date, spells.start_date - 1) as transitional_day
    from extendable_spells as spells
    inner join transitional_days
        on
            spells.person_key = transitional_days.person_key
            and spells.start_date > transitional_days.start_date
            and spells.start_date <= transitional_days.next_start_date
),

final as (
    select spell_key, transitional_spell_start as extended_start_date
    from last_transitional_day
    where
        {{ month_number('start_date') }} - {{ month_number('transitional_day') }} - 1
        < {{ legal_parameter('spell_break_months') }}
)

select * from final
