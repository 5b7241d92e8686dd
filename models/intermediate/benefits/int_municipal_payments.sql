-- Grain: person x benefit x merged period paid by the municipality. Rules: B-01, B-04.
-- The union of both payment systems and of wage subsidies given from a municipal benefit.
{{ config(materialized='view') }}

with payments as (
    select person_key, raw_benefit_code, start_date, end_date from {{ ref('stg_ky__payments') }}
    union all
    select person_key, raw_benefit_code, start_date, end_date from {{ ref('stg_kmd_aktiv__payments') }}
),

known_payments as ({{ known_rows('payments') }}),

benefit_rows as (
    select
        known_payments.person_key,
        {{ code('benefit', 'benefits.benefit') }} as benefit,
        known_payments.start_date,
        known_payments.end_date
    from known_payments
    inner join {{ ref('benefits') }} as benefits on known_payments.raw_benefit_code = benefits.raw_code
    union all
    select person_key, {{ code('benefit', 'benefit') }} as benefit, start_date, end_date
    from {{ ref('int_wage_subsidies') }}
    where is_municipal
),

final as ({{ merge_intervals('benefit_rows', ['person_key', 'benefit']) }})

select * from final
