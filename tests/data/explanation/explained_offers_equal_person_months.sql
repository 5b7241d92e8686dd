-- Rules: O-02, O-06, O-08.
-- A person-month has an offer exactly when an offer or partial return is said to count; no offer is told twice.
with explained as (
    select
        person_id,
        measure_month,
        benefit_group,
        bool_or(is_counted) as has_offer,
        count(tilbud_id) - count(distinct tilbud_id) as told_twice
    from {{ ref('explain_offers') }}
    group by person_id, measure_month, benefit_group
),

final as (
    select
        person_months.person_id,
        person_months.measure_month,
        person_months.benefit_group,
        person_months.has_offer,
        explained.has_offer as explained_has_offer,
        explained.told_twice
    from {{ ref('fct_person_months') }} as person_months
    left join explained
        on {{ same_month('person_months', 'explained') }}
    where person_months.has_offer <> coalesce(explained.has_offer, false) or explained.told_twice > 0
)

select * from final
