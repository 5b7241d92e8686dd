-- Rules: O-02, O-04, O-07. Source: 000, Eks. 2.
-- An offer of 1 March - 31 May 2023 started on uddannelseshjælp counts in the kontanthjælp spell from 10 April, to its end.
with final as (
    select measurement_date, window_start_date, has_offer
    from {{ ref('fct_person_months') }}
    where
        person_id = 'EKS2'
        and benefit_group = 'kontanthjaelp'
        and has_offer <> (window_start_date <= date '2023-05-31')
)

select * from final
