-- Grain: offer x spell with a day in common. Rules: O-01 to O-07.
with texts as (
    select *, concat(source_document, ': ', source_section) as source
    from {{ rules('offer_verdicts') }}
),

final as (
    select
        verdicts.offer_id as tilbud_id,
        spells.spell_id,
        spells.person_id,
        verdicts.is_qualifying,
        texts.rule_id,
        texts.reason,
        texts.source,
        months.counts_from_month,
        months.counts_to_month
    from {{ ref('int_offer_verdicts') }} as verdicts
    inner join texts on verdicts.verdict = texts.verdict
    inner join {{ ref('int_spells') }} as spells on verdicts.spell_key = spells.spell_key
    left join {{ ref('int_offer_months') }} as months
        on verdicts.spell_key = months.spell_key and verdicts.offer_id = months.offer_id
)

select * from final
