-- Grain: benefit group (ydelsesgruppe), and the total of all. Rules: B-01 to B-05.
with final as (
    select benefit as benefit_group, sort_order, name_da, name_en, clock_unit
    from {{ ref('benefits') }}
    where is_measured
    union all
    select
        'all' as benefit_group,
        max(sort_order) + 1 as sort_order,
        'Ydelsesgrupper i alt' as name_da,
        'All benefit groups' as name_en,
        null as clock_unit
    from {{ ref('benefits') }}
    where is_measured
)

select * from final
