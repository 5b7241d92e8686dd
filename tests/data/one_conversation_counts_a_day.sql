-- Rules: C-03.
-- A spell has at most one admitted conversation a day.
with final as (
    select {{ compact_key('spell_id') }} as spell, conversation_date, count(*) as admitted, min(spell_id) as spell_id
    from {{ ref('fct_conversation_decisions') }}
    where is_admitted
    group by {{ compact_key('spell_id') }}, conversation_date
    having count(*) > 1
)

select * from final
