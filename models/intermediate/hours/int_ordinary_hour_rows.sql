-- Grain: income row (eIndkomst) and how it is spread. Rules: H-01.
-- Hours lie on the calendar days of the row as delivered: after k of spread_days days since day spread_base,
-- floor(spread_hundredths * k / spread_days) have been given.
{{ config(materialized='view') }}

with final as (
    select
        income.person_key,
        income.start_date,
        least(income.end_date, as_of.as_of_date) as end_date,
        income.hundredths as spread_hundredths,
        income.end_date - income.start_date + 1 as spread_days,
        {{ calendar_days_through('income.start_date - 1') }} as spread_base
    from {{ ref('stg_income__working_hours') }} as income
    cross join {{ ref('int_as_of') }} as as_of
    where income.start_date <= as_of.as_of_date
)

select * from final
