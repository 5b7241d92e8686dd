-- Rules: C-03, O-02; mart contract, counts_from_month and counts_to_month.
-- The first and the last month that a decision counts in are person-months of its spell.
with person_months as (
    select {{ compact_key('spell_id') }} as spell, measure_month
    from {{ ref('fct_person_months') }}
),

counting_months as (
    select {{ compact_key('spell_id') }} as spell, spell_id, counts_from_month as measure_month
    from {{ ref('fct_conversation_decisions') }}
    union all
    select {{ compact_key('spell_id') }} as spell, spell_id, counts_to_month as measure_month
    from {{ ref('fct_conversation_decisions') }}
    union all
    select {{ compact_key('spell_id') }} as spell, spell_id, counts_from_month as measure_month
    from {{ ref('fct_offer_decisions') }}
    union all
    select {{ compact_key('spell_id') }} as spell, spell_id, counts_to_month as measure_month
    from {{ ref('fct_offer_decisions') }}
),

final as (
    select counting_months.spell_id, counting_months.measure_month
    from counting_months
    anti join person_months
        on counting_months.spell = person_months.spell and counting_months.measure_month = person_months.measure_month
    where counting_months.measure_month is not null
)

select * from final
