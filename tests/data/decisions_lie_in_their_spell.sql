-- Rules: C-03, C-10.
-- A judged conversation lies in its spell. Before its start only up to three months, and only for spells of the four groups of
-- C-10 that start in 2024 or later.
with spells as (
    select {{ compact_key('spell_id') }} as spell, person_id, benefit_group, start_date, end_date
    from {{ ref('fct_spells') }}
),

decisions as (
    select {{ compact_key('spell_id') }} as spell, samtale_id, person_id, conversation_date
    from {{ ref('fct_conversation_decisions') }}
),

final as (
    select decisions.samtale_id, decisions.conversation_date, spells.benefit_group, spells.start_date, spells.end_date
    from decisions
    left join spells on decisions.spell = spells.spell
    where
        spells.spell is null
        or decisions.person_id <> spells.person_id
        or decisions.conversation_date > spells.end_date
        or decisions.conversation_date < {{ add_months('spells.start_date', -3) }}
        or (
            decisions.conversation_date < spells.start_date
            and (
                spells.start_date < date '2024-01-01'
                or spells.benefit_group not in ('a_dagpenge', 'kontanthjaelp', 'uddannelseshjaelp', 'overgangsydelse')
            )
        )
)

select * from final
