-- Grain: offer x spell with a day in common. Rules: O-01, O-02.
-- last_counting_day is the last day of the offer on which its type is an active offer.
with known_offers as ({{ known_rows(ref('stg_plan__offers')) }}),

final as (
    select
        offers.offer_id,
        spells.spell_key,
        spells.person_key,
        spells.benefit_group,
        offers.offer_type,
        offers.course_id,
        offers.law_paragraph,
        offers.grant_frame,
        offers.start_date as offer_start_date,
        offer_types.always_qualifies,
        greatest(offers.start_date, spells.start_date, offer_types.valid_from) as first_counting_day,
        least(offers.end_date, spells.end_date, offer_types.valid_to) as last_counting_day
    from known_offers as offers
    inner join {{ ref('int_spells') }} as spells
        on
            offers.person_key = spells.person_key
            and offers.start_date <= spells.end_date
            and offers.end_date >= spells.start_date
    inner join {{ ref('offer_types') }} as offer_types on offers.offer_type = offer_types.offer_type
)

select * from final
