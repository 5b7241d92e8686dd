-- Grain: person x merged period with an active offer (aktivt tilbud) of any kind. Rules: O-01, C-05.
with known_offers as ({{ known_rows(ref('stg_plan__offers')) }}),

active_days as (
    select
        known_offers.person_key,
        greatest(known_offers.start_date, offer_types.valid_from) as start_date,
        least(known_offers.end_date, offer_types.valid_to) as end_date
    from known_offers
    inner join {{ ref('offer_types') }} as offer_types
        on
            known_offers.offer_type = offer_types.offer_type
            and known_offers.start_date <= offer_types.valid_to
            and known_offers.end_date >= offer_types.valid_from
),

final as ({{ merge_intervals('active_days', ['person_key']) }})

select * from final
