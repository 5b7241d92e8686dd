-- Grain: held conversation x spell it may count in. Rules: C-01 to C-11.
with texts as (
    select *, concat(source_document, ': ', source_section) as source
    from {{ ref('conversation_verdicts') }}
),

final as (
    select
        verdicts.conversation_id as samtale_id,
        spells.spell_id,
        spells.person_id,
        verdicts.conversation_date,
        verdicts.is_admitted,
        texts.rule_id,
        texts.reason,
        texts.source,
        months.counts_from_month,
        months.counts_to_month
    from {{ ref('int_conversation_verdicts') }} as verdicts
    inner join texts on verdicts.verdict = texts.verdict
    inner join {{ ref('int_spells') }} as spells on verdicts.spell_key = spells.spell_key
    left join {{ ref('int_conversation_months') }} as months
        on
            case when verdicts.is_admitted then verdicts.spell_key end = months.spell_key
            and verdicts.conversation_date = months.conversation_date
)

select * from final
