-- Grain: spell x qualifying offer (or partial return to work) x living period inside the spell. Rules: O-02, O-08, D-03.
-- Partial returns (delvis raskmelding) count on sickness spells; they have no offer id.
with known_partial_returns as ({{ known_rows(ref('stg_ksd__partial_returns')) }}),

qualifying_periods as (
    select
        spell_key,
        person_key,
        offer_id,
        needs_seven_months,
        first_counting_day as start_date,
        last_counting_day as end_date
    from {{ ref('int_offer_verdicts') }}
    where is_qualifying
    union all
    select
        spells.spell_key,
        spells.person_key,
        null as offer_id,
        false as needs_seven_months,
        greatest(partial_returns.start_date, spells.start_date) as start_date,
        least(partial_returns.end_date, spells.end_date) as end_date
    from known_partial_returns as partial_returns
    inner join {{ ref('int_spells') }} as spells
        on
            partial_returns.person_key = spells.person_key
            and partial_returns.start_date <= spells.end_date
            and partial_returns.end_date >= spells.start_date
    inner join {{ ref('benefits') }} as benefits
        on spells.benefit_group = benefits.benefit and benefits.counts_partial_return
),

split_periods as (
    {{ split_by_cover(
        'qualifying_periods', ['spell_key', 'person_key', 'offer_id', 'needs_seven_months'], ref('int_dead_periods')
    ) }}
),

final as (
    select spell_key, offer_id, needs_seven_months, start_date, end_date
    from split_periods
    where not is_covered
)

select * from final
