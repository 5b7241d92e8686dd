-- Grain: held conversation x spell it may count in. Rules: C-01 to C-11.
with final as (
    select
        verdicts.conversation_id as samtale_id,
        {{ spell_id('spells', 'persons') }} as spell_id,
        persons.person_id,
        verdicts.conversation_date,
        verdicts.is_admitted,
        texts.rule_id,
        texts.reason,
        concat(texts.source_document, ': ', texts.source_section) as source,
        months.counts_from_month,
        months.counts_to_month
    from {{ ref('int_conversation_verdicts') }} as verdicts
    inner join {{ ref('conversation_verdicts') }} as texts on verdicts.verdict = texts.verdict
    inner join {{ ref('int_spells') }} as spells on verdicts.spell_key = spells.spell_key
    inner join {{ ref('int_persons') }} as persons on verdicts.person_key = persons.person_key
    left join {{ ref('int_conversation_months') }} as months
        on verdicts.spell_key = months.spell_key and verdicts.conversation_id = months.conversation_id
)

select * from final
