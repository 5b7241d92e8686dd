-- Rules: M-11.
-- Persons with an offer, with hours only and without either are the persons measured.
with final as (
    select *
    from {{ ref('mart_offers_monthly') }}
    where
        persons_with_offer + persons_hours_only + persons_without <> persons_measured
        or least(persons_with_offer, persons_hours_only, persons_without, persons_exempt) < 0
        or persons_measured + persons_exempt = 0
        or (persons_measured = 0) <> (share_without is null)
        or abs(share_without * persons_measured - persons_without) > 0.000001
)

select * from final
