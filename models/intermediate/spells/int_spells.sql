-- Grain: spell (ydelsesforløb). Rules: S-01 to S-06.
-- first_day is the start before S-05 and part of the published id; start_date the start after it.
with final as (
    select
        merged_spells.spell_key,
        concat_ws('-', merged_spells.benefit_group, persons.person_id, merged_spells.start_date) as spell_id,
        merged_spells.person_key,
        persons.person_id,
        {{ code('benefit', 'merged_spells.benefit_group') }} as benefit_group,
        {{ code('clock_unit', 'benefits.clock_unit') }} as clock_unit,
        merged_spells.start_date as first_day,
        coalesce(extensions.extended_start_date, merged_spells.start_date) as start_date,
        merged_spells.end_date,
        extensions.spell_key is not null as is_extended_by_overgangsydelse
    from {{ ref('int_merged_spells') }} as merged_spells
    inner join {{ ref('benefits') }} as benefits on merged_spells.benefit_group = benefits.benefit
    inner join {{ ref('int_persons') }} as persons on merged_spells.person_key = persons.person_key
    left join {{ ref('int_spell_extensions') }} as extensions on merged_spells.spell_key = extensions.spell_key
)

select * from final
