-- Grain: spell x period of its own benefit days. Rules: M-01, S-05.
-- A sickness spell is benefit days throughout; the part that S-05 moved back adds none.
with final as (
    select spells.spell_key, spells.person_key, spells.benefit_group, inputs.start_date, inputs.end_date
    from {{ ref('int_spell_inputs') }} as inputs
    inner join {{ ref('int_spells') }} as spells
        on
            inputs.person_key = spells.person_key
            and inputs.benefit_group = spells.benefit_group
            and inputs.start_date between spells.first_day and spells.end_date
    where inputs.benefit_group <> 'sygedagpenge'
    union all
    select spell_key, person_key, benefit_group, first_day as start_date, end_date
    from {{ ref('int_spells') }}
    where benefit_group = 'sygedagpenge'
)

select * from final
