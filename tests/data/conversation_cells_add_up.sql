-- Rules: M-10.
-- Persons with 0, 1, 2, 3, 4 and 5 or more conversations are the persons measured; those with 0 to 3 are those under 4.
with final as (
    select *
    from {{ ref('mart_conversations_monthly') }}
    where
        persons_0 + persons_1 + persons_2 + persons_3 + persons_4 + persons_5_plus <> persons_measured
        or persons_0 + persons_1 + persons_2 + persons_3 <> persons_under_4
        or least(persons_0, persons_1, persons_2, persons_3, persons_4, persons_5_plus, persons_exempt) < 0
        or persons_measured + persons_exempt = 0
        or (persons_measured = 0) <> (share_under_4 is null)
        or abs(share_under_4 * persons_measured - persons_under_4) > 0.000001
)

select * from final
