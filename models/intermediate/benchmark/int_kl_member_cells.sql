-- Grain: municipality x measured month x KL target group. Rules: K-01, K-02.
-- Persons and member days, by residence on the last member day.
with final as (
    select
        coalesce(residences.municipality_code, '000') as municipality_code,
        members.measure_month,
        members.target_group,
        count(*) as persons,
        sum(members.member_days) as member_days,
        count(*) filter (where offers.has_company_offer) as persons_with_company_offer,
        coalesce(sum(offers.offer_days), 0) as offer_days
    from {{ ref('int_kl_member_months') }} as members
    left join {{ ref('int_residence_stretches') }} as residences
        on
            members.person_key = residences.person_key
            and members.last_member_day between residences.start_date and residences.end_date
    left join {{ ref('int_kl_offer_months') }} as offers
        on
            members.person_key = offers.person_key
            and members.target_group = offers.target_group
            and members.measure_month = offers.measure_month
    group by coalesce(residences.municipality_code, '000'), members.measure_month, members.target_group
)

select * from final
