-- Grain: spell (ydelsesforløb). Rules: S-01 to S-06.
with final as (
    select
        {{ spell_id('spells', 'persons') }} as spell_id,
        persons.person_id,
        cast(spells.benefit_group as varchar) as benefit_group,
        spells.start_date,
        spells.end_date,
        cast(spells.clock_unit as varchar) as clock_unit,
        spells.is_extended_by_overgangsydelse
    from {{ ref('int_spells') }} as spells
    inner join {{ ref('int_persons') }} as persons on spells.person_key = persons.person_key
)

select * from final
