-- Rules: C-03, C-10; mart contract, fct_conversation_decisions.
-- The conversations of a person-month are the decisions of its spell whose months enclose it. Only where the insurance form
-- changes between measurement dates of the spell (T-05) may an enclosed month count fewer.
with decisions as (
    select {{ compact_key('spell_id') }} as spell, counts_from_month, counts_to_month
    from {{ ref('fct_conversation_decisions') }}
    where counts_from_month is not null
),

person_months as (
    select {{ compact_key('spell_id') }} as spell, measure_month, conversations
    from {{ ref('fct_person_months') }}
),

form_changing_spells as (
    select spell_key
    from {{ ref('int_hour_clock_months') }}
    group by spell_key
    having min(insurance_form) <> max(insurance_form)
),

excepted_spells as (
    select {{ compact_key('spells.spell_id') }} as spell
    from form_changing_spells
    inner join {{ ref('int_spells') }} as spells on form_changing_spells.spell_key = spells.spell_key
),

judged_months as (
    select
        person_months.spell,
        person_months.measure_month,
        max(person_months.conversations) as conversations,
        count(decisions.spell) as enclosing_decisions
    from person_months
    left join decisions
        on
            person_months.spell = decisions.spell
            and person_months.measure_month between decisions.counts_from_month and decisions.counts_to_month
    group by person_months.spell, person_months.measure_month
),

final as (
    select judged_months.*
    from judged_months
    left join excepted_spells on judged_months.spell = excepted_spells.spell
    where
        judged_months.conversations > judged_months.enclosing_decisions
        or (judged_months.conversations < judged_months.enclosing_decisions and excepted_spells.spell is null)
)

select * from final
