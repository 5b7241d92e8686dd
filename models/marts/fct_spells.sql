-- Grain: spell (ydelsesforløb). Rules: S-01 to S-06.
with final as (
    select
        spell_id,
        person_id,
        cast(benefit_group as varchar) as benefit_group,
        start_date,
        end_date,
        cast(clock_unit as varchar) as clock_unit,
        is_extended_by_overgangsydelse
    from {{ ref('int_spells') }}
)

select * from final
