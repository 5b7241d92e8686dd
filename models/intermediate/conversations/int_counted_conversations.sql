-- Grain: spell x admitted conversation, one a day. Rules: C-03.
-- Numbered within the spell, so that the count of a window is the difference of two look-ups.
with final as (
    select
        spell_key,
        conversation_date as start_date,
        coalesce(lead(conversation_date) over spell - 1, {{ forever() }}) as until_date,
        row_number() over spell as conversations_through
    from {{ ref('int_conversation_verdicts') }}
    where is_admitted
    window spell as (partition by spell_key order by conversation_date)
)

select * from final
