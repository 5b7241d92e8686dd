-- Grain: person x measured month x group. Rules: M-10, M-11, E-05.
-- What the monthly cells count of a person-month.
{{ config(materialized='view') }}

with final as (
    select
        person_months.person_key,
        person_months.measure_month,
        person_months.benefit_group,
        person_months.measurement_date,
        person_months.municipality_code,
        person_months.duration_interval,
        person_months.conversations,
        person_months.is_exempt_conversations,
        person_months.is_exempt_offers,
        person_months.has_offer,
        person_months.has_ordinary_hours,
        months.required_conversations
    from {{ ref('int_person_months') }} as person_months
    inner join {{ ref('int_months') }} as months on person_months.measure_month = months.measure_month
)

select * from final
