-- Rules: M-05.
-- A cell of all groups has at most as many persons as the groups together, and at least as many as the largest of them.
with cells as (
    select
        area_type,
        area_code,
        measure_month,
        duration_interval,
        max(persons_measured + persons_exempt) filter (where benefit_group = 'all') as persons,
        sum(persons_measured + persons_exempt) filter (where benefit_group <> 'all') as persons_of_groups,
        max(persons_measured + persons_exempt) filter (where benefit_group <> 'all') as persons_of_largest
    from {{ ref('mart_conversations_monthly') }}
    group by area_type, area_code, measure_month, duration_interval
),

final as (
    select *
    from cells
    where
        persons is null
        or persons_of_groups is null
        or persons > persons_of_groups
        or persons < persons_of_largest
)

select * from final
