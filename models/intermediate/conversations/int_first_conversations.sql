-- Grain: spell with a conversation of an admitted type. Rules: C-09.
with final as (
    select spell_key, person_key, min(conversation_date) as conversation_date
    from {{ ref('int_conversation_candidates') }}
    where is_admitted_type
    group by spell_key, person_key
)

select * from final
