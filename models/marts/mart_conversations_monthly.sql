-- Grain: area x measured month x group x duration cell. Rules: M-10.
with final as (
    select
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_interval,
        cast(persons_0 as integer) as persons_0,
        cast(persons_1 as integer) as persons_1,
        cast(persons_2 as integer) as persons_2,
        cast(persons_3 as integer) as persons_3,
        cast(persons_4 as integer) as persons_4,
        cast(persons_5_plus as integer) as persons_5_plus,
        cast(persons_measured_conversations as integer) as persons_measured,
        cast(persons_under_required as integer) as persons_under_4,
        cast(persons_under_required as double) / nullif(persons_measured_conversations, 0) as share_under_4,
        cast(persons_exempt_conversations as integer) as persons_exempt
    from {{ ref('int_monthly_cells') }}
)

select * from final
