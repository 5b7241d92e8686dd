-- Grain: person x month x stretch of one insurance form in løntilskud from a-dagpenge. Rules: B-04, T-03.
-- Every weekday that no payment row covers gets its share of the month's norm, spread over all weekdays of the month.
with payments as (
    select person_key, start_date, end_date
    from {{ ref('int_dagpenge_payments') }}
    where hundredths > 0
),

paid_periods as ({{ merge_intervals('payments', ['person_key']) }}),

wage_subsidies as (
    select person_key, start_date, end_date
    from {{ ref('int_wage_subsidies') }}
    where benefit = 'a_dagpenge'
),

split_wage_subsidies as ({{ split_by_cover('wage_subsidies', ['person_key'], 'paid_periods') }}),

wage_subsidy_months as (
    select
        person_key,
        start_date,
        end_date,
        {{ unnest_months('start_date', 'end_date') }} as month_start
    from split_wage_subsidies
    where not is_covered
),

forms as (
    select person_key, insurance_form, start_date, end_date
    from {{ ref('int_insurance_forms') }}
    union all
    select person_key, 'FULDTID' as insurance_form, {{ before_time() }} as start_date, min(start_date) - 1 as end_date
    from {{ ref('int_insurance_forms') }}
    group by person_key
),

wage_subsidy_forms as (
    select
        months.person_key,
        months.month_start,
        coalesce(forms.insurance_form, 'FULDTID') as insurance_form,
        greatest(months.start_date, months.month_start, coalesce(forms.start_date, months.start_date)) as start_date,
        least(months.end_date, {{ month_end('months.month_start') }}, coalesce(forms.end_date, months.end_date)) as end_date
    from wage_subsidy_months as months
    left join forms
        on
            months.person_key = forms.person_key
            and greatest(months.start_date, months.month_start) <= forms.end_date
            and least(months.end_date, {{ month_end('months.month_start') }}) >= forms.start_date
),

final as (
    select
        forms.person_key,
        forms.start_date,
        forms.end_date,
        norms.month_hundredths as spread_hundredths,
        {{ weekdays_through(month_end('forms.month_start')) }} - {{ weekdays_through('forms.month_start - 1') }} as spread_days,
        {{ weekdays_through('forms.month_start - 1') }} as spread_base
    from wage_subsidy_forms as forms
    inner join {{ ref('insurance_norms') }} as norms
        on
            forms.insurance_form = norms.insurance_form
            and forms.month_start between norms.valid_from and norms.valid_to
)

select * from final
