-- Rules: C-03, O-02; mart contract, counts_from_month and counts_to_month.
-- The first and the last month that a decision counts in are person-months of its spell.
with counting_months as (
    select spell_key, counts_from_month as measure_month from {{ ref('int_conversation_months') }}
    union all
    select spell_key, counts_to_month as measure_month from {{ ref('int_conversation_months') }}
    union all
    select spell_key, counts_from_month as measure_month from {{ ref('int_offer_months') }}
    union all
    select spell_key, counts_to_month as measure_month from {{ ref('int_offer_months') }}
),

final as (
    select counting_months.spell_key, counting_months.measure_month
    from counting_months
    anti join {{ ref('int_person_months') }} as person_months
        on
            counting_months.spell_key = person_months.spell_key
            and counting_months.measure_month = person_months.measure_month
)

select * from final
