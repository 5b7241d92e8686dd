-- Rules: M-01, M-02, S-05.
-- The spell of a person-month is published, is of the same person and group, and holds the measurement date.
with spells as (
    select {{ compact_key('spell_id') }} as spell, person_id, benefit_group, start_date, end_date
    from {{ ref('fct_spells') }}
),

person_months as (
    select
        {{ compact_key('spell_id') }} as spell,
        spell_id,
        person_id,
        benefit_group,
        measure_month,
        measurement_date,
        spell_start_date
    from {{ ref('fct_person_months') }}
),

final as (
    select person_months.*
    from person_months
    left join spells on person_months.spell = spells.spell
    where
        spells.spell is null
        or person_months.person_id <> spells.person_id
        or person_months.benefit_group <> spells.benefit_group
        or person_months.spell_start_date <> spells.start_date
        or person_months.measurement_date not between spells.start_date and spells.end_date
)

select * from final
