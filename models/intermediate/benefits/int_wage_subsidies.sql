-- Grain: person x benefit x merged period in løntilskud. Rules: B-04.
-- A wage subsidy counts as days on the benefit it is given from, except where the benefit does not take such days.
with known_offers as ({{ known_rows(ref('stg_plan__offers')) }}),

wage_subsidies as (
    select
        known_offers.person_key,
        benefits.benefit,
        benefits.is_municipal,
        known_offers.start_date,
        known_offers.end_date
    from known_offers
    inner join {{ ref('benefits') }} as benefits
        on known_offers.raw_benefit_code = benefits.raw_code and benefits.counts_wage_subsidy
    where known_offers.offer_type = 'LOENTILSKUD'
),

final as ({{ merge_intervals('wage_subsidies', ['person_key', 'benefit', 'is_municipal']) }})

select * from final
