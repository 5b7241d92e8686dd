-- Rules: C-07.
-- No conversation of 12 March - 26 May 2020 is admitted, in any spell.
with final as (
    select samtale_id, spell_id, conversation_date, rule_id
    from {{ ref('fct_conversation_decisions') }}
    where conversation_date between date '2020-03-12' and date '2020-05-26' and is_admitted
)

select * from final
