-- Grain: area x measured month x group x duration cell. Rules: M-11.
with final as (
    select
        area_type,
        area_code,
        measure_month,
        benefit_group,
        duration_interval,
        cast(persons_measured_offers as integer) as persons_measured,
        cast(persons_with_offer as integer) as persons_with_offer,
        cast(persons_hours_only as integer) as persons_hours_only,
        cast(persons_without as integer) as persons_without,
        cast(persons_without as double) / nullif(persons_measured_offers, 0) as share_without,
        cast(persons_exempt_offers as integer) as persons_exempt
    from {{ ref('int_monthly_cells') }}
)

select * from final
