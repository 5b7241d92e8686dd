-- Rules: S-05.
-- Only kontanthjælp and uddannelseshjælp start before their own first day, and then on the first day of an overgangsydelse spell.
with moved_spells as (
    select person_key, benefit_group, first_day, start_date, is_extended_by_overgangsydelse
    from {{ ref('int_spells') }}
    where start_date <> first_day or is_extended_by_overgangsydelse
),

transitional_spells as (
    select person_key, first_day, end_date
    from {{ ref('int_spells') }}
    where benefit_group = 'overgangsydelse'
),

final as (
    select moved_spells.*
    from moved_spells
    left join transitional_spells
        on
            moved_spells.person_key = transitional_spells.person_key
            and moved_spells.start_date = transitional_spells.first_day
    where
        moved_spells.start_date >= moved_spells.first_day
        or not moved_spells.is_extended_by_overgangsydelse
        or moved_spells.benefit_group not in ('kontanthjaelp', 'uddannelseshjaelp')
        or transitional_spells.person_key is null
)

select * from final
