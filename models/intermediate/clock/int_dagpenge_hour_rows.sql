-- Grain: row of a-dagpenge hours and how it is spread. Rules: B-04, T-02, T-03.
-- Hours lie on the weekdays of the row as delivered: after k of spread_days weekdays since weekday spread_base,
-- floor(spread_hundredths * k / spread_days) have been given. Without weekdays (spread_days null) all lie on the last day.
with payments as (
    select
        payments.*,
        {{ weekdays_through('payments.start_date - 1') }} as weekdays_before,
        {{ weekdays_through('payments.end_date') }} - {{ weekdays_through('payments.start_date - 1') }} as weekdays
    from {{ ref('int_dagpenge_payments') }} as payments
    where payments.hundredths > 0
),

payment_rows as (
    select
        person_key,
        case when weekdays = 0 then end_date else start_date end as start_date,
        end_date,
        hundredths as spread_hundredths,
        nullif(weekdays, 0) as spread_days,
        weekdays_before as spread_base
    from payments
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

wage_subsidy_forms as (
    select
        months.person_key,
        months.month_start,
        coalesce(forms.insurance_form, 'FULDTID') as insurance_form,
        greatest(months.start_date, months.month_start, coalesce(forms.start_date, months.start_date)) as start_date,
        least(months.end_date, {{ month_end('months.month_start') }}, coalesce(forms.end_date, months.end_date)) as end_date
    from wage_subsidy_months as months
    left join (
        select person_key, insurance_form, start_date, end_date
        from {{ ref('int_insurance_forms') }}
        union all
        select person_key, 'FULDTID' as insurance_form, {{ before_time() }} as start_date, min(start_date) - 1 as end_date
        from {{ ref('int_insurance_forms') }}
        group by person_key
    ) as forms
        on
            months.person_key = forms.person_key
            and greatest(months.start_date, months.month_start) <= forms.end_date
            and least(months.end_date, {{ month_end('months.month_start') }}) >= forms.start_date
),

wage_subsidy_rows as (
    select
        forms.person_key,
        forms.start_date,
        forms.end_date,
        norms.month_hundredths as spread_hundredths,
        {{ weekdays_through(month_end('forms.month_start')) }} - {{ weekdays_through('forms.month_start - 1') }} as spread_days,
        {{ weekdays_through('forms.month_start - 1') }} as spread_base
    from wage_subsidy_forms as forms
    inner join {{ ref('insurance_norms') }} as norms on forms.insurance_form = norms.insurance_form
),

hour_rows as (
    select * from payment_rows
    union all
    select * from wage_subsidy_rows
),

final as (
    select
        hour_rows.person_key,
        hour_rows.start_date,
        least(hour_rows.end_date, as_of.as_of_date) as end_date,
        hour_rows.spread_hundredths,
        hour_rows.spread_days,
        hour_rows.spread_base
    from hour_rows
    cross join {{ ref('int_as_of') }} as as_of
    where hour_rows.start_date <= as_of.as_of_date
)

select * from final
