-- Grain: spell. Rules: T-01, T-02.
-- The clock reading on the day before the spell starts: days or hundredths, and for days also the year days.
with day_clocks as (
    select
        spells.spell_key,
        {{ living_days_through('stretch', 'spells.start_date - 1') }} as units_before_spell,
        {{ living_year_days_through('stretch', 'spells.start_date - 1') }} as year_days_before_spell
    from {{ ref('int_spells') }} as spells
    inner join {{ ref('int_living_time') }} as stretch
        on
            spells.person_key = stretch.person_key
            and spells.start_date - 1 between stretch.start_date and stretch.end_date
    where spells.clock_unit = 'days'
),

hour_clocks as (
    select
        spells.spell_key,
        {{ hundredths_through('stretch', 'spells.start_date - 1') }} as units_before_spell,
        null as year_days_before_spell
    from {{ ref('int_spells') }} as spells
    left join {{ ref('int_dagpenge_hours') }} as stretch
        on
            spells.person_key = stretch.person_key
            and spells.start_date - 1 between stretch.start_date and stretch.until_date
    where spells.clock_unit = 'hours'
),

final as (
    select * from day_clocks
    union all
    select * from hour_clocks
)

select * from final
