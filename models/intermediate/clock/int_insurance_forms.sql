-- Grain: person x stretch of one insurance form (forsikringsart). Rules: T-03.
-- The payment row with the latest start holds, then the latest end, then FULDTID; days before the first row have no
-- stretch and are FULDTID.
with rows_by_start as (
    select
        payments.person_key,
        payments.start_date,
        arg_max(
            payments.insurance_form,
            (least(payments.end_date, as_of.as_of_date), payments.insurance_form = 'FULDTID')
        ) as insurance_form
    from {{ ref('int_dagpenge_payments') }} as payments
    cross join {{ ref('int_as_of') }} as as_of
    group by payments.person_key, payments.start_date
),

changes as (
    select *
    from rows_by_start
    qualify insurance_form is distinct from lag(insurance_form) over (partition by person_key order by start_date)
),

final as (
    select
        person_key,
        {{ code('insurance_form', 'insurance_form') }} as insurance_form,
        start_date,
        coalesce(lead(start_date) over (partition by person_key order by start_date) - 1, {{ forever() }}) as end_date
    from changes
)

select * from final
