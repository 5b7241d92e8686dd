-- Rules: C-03, O-02; mart contract, counts_from_month and counts_to_month.
-- Only what is admitted counts in a month; the first and last month stand together and in this order.
with decisions as (
    select samtale_id as decided_id, spell_id, is_admitted as can_count, counts_from_month, counts_to_month
    from {{ ref('fct_conversation_decisions') }}
    union all
    select tilbud_id as decided_id, spell_id, is_qualifying as can_count, counts_from_month, counts_to_month
    from {{ ref('fct_offer_decisions') }}
),

final as (
    select *
    from decisions
    where
        (not can_count and counts_from_month is not null)
        or (counts_from_month is null) <> (counts_to_month is null)
        or counts_from_month > counts_to_month
)

select * from final
