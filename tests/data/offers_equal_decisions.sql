-- Rules: O-02, O-06, O-08; mart contract, fct_offer_decisions.
-- A person-month has an offer when the months of an offer decision of its spell enclose it. A spell with a partial return to
-- work (O-08) may have one without; where the insurance form changes (T-05), an enclosed month may have none.
with decisions as (
    select {{ compact_key('spell_id') }} as spell, counts_from_month, counts_to_month
    from {{ ref('fct_offer_decisions') }}
    where counts_from_month is not null
),

person_months as (
    select {{ compact_key('spell_id') }} as spell, measure_month, has_offer
    from {{ ref('fct_person_months') }}
),

form_changing_spells as (
    select spell_key, true as may_have_none, false as may_have_undecided
    from {{ ref('int_hour_clock_months') }}
    group by spell_key
    having min(insurance_form) <> max(insurance_form)
),

partial_return_spells as (
    select distinct spell_key, false as may_have_none, true as may_have_undecided
    from {{ ref('int_qualifying_offer_periods') }}
    where offer_id is null
),

exceptions as (
    select * from form_changing_spells
    union all
    select * from partial_return_spells
),

excepted_spells as (
    select {{ compact_key('spells.spell_id') }} as spell, exceptions.may_have_none, exceptions.may_have_undecided
    from exceptions
    inner join {{ ref('int_spells') }} as spells on exceptions.spell_key = spells.spell_key
),

judged_months as (
    select
        person_months.spell,
        person_months.measure_month,
        bool_or(person_months.has_offer) as has_offer,
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
        judged_months.has_offer <> (judged_months.enclosing_decisions > 0)
        and not coalesce(
            case
                when judged_months.has_offer then excepted_spells.may_have_undecided
                else excepted_spells.may_have_none
            end,
            false
        )
)

select * from final
