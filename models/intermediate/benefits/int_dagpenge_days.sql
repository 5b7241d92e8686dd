-- Grain: person x merged period of a-dagpenge benefit days. Rules: B-02, B-04.
-- Days of payment rows with hours, and days in løntilskud from a-dagpenge.
with benefit_rows as (
    select payments.person_key, payments.start_date, least(payments.end_date, as_of.as_of_date) as end_date
    from {{ ref('int_dagpenge_payments') }} as payments
    cross join {{ ref('int_as_of') }} as as_of
    where payments.hundredths > 0
    union all
    select person_key, start_date, end_date
    from {{ ref('int_wage_subsidies') }}
    where benefit = 'a_dagpenge'
),

final as ({{ merge_intervals('benefit_rows', ['person_key']) }})

select * from final
