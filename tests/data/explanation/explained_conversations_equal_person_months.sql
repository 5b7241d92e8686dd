-- Rules: C-03, C-10.
-- The conversations said to count are as many as the person-month has, and none is told twice.
with explained as (
    select
        person_id,
        measure_month,
        benefit_group,
        count(*) filter (where is_counted) as conversations,
        count(*) - count(distinct samtale_id) as told_twice
    from {{ ref('explain_conversations') }}
    group by person_id, measure_month, benefit_group
),

final as (
    select
        person_months.person_id,
        person_months.measure_month,
        person_months.benefit_group,
        person_months.conversations,
        explained.conversations as explained_conversations,
        explained.told_twice
    from {{ ref('fct_person_months') }} as person_months
    left join explained
        on {{ same_month('person_months', 'explained') }}
    where person_months.conversations <> coalesce(explained.conversations, 0) or explained.told_twice > 0
)

select * from final
