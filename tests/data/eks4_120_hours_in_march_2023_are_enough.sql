-- Rules: H-01, H-02. Source: 000, Eks. 4, with the dates of I-19, so from version notat-2023-03-22.
-- 120 ordinary hours on 25 March 2023 are above the limit of 100 hours.
with final as (
    select measurement_date, ordinary_hours, has_ordinary_hours, is_active
    from {{ ref('fct_person_months') }}
    where
        {{ is_built_from('notat-2023-03-22') }}
        and person_id = 'EKS4'
        and measurement_date = date '2023-03-25'
        and (ordinary_hours is distinct from 120 or not has_ordinary_hours or not is_active)
)

select * from final
