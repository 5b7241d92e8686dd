-- Rules: H-01, H-02. Source: 000, Eks. 3.
-- 120 ordinary hours at the end of February 2023 are below the limit of 225 hours.
with final as (
    select measurement_date, ordinary_hours, has_ordinary_hours, is_active
    from {{ ref('fct_person_months') }}
    where
        person_id = 'EKS3'
        and measurement_date = date '2023-02-28'
        and (ordinary_hours is distinct from 120 or has_ordinary_hours or is_active)
)

select * from final
