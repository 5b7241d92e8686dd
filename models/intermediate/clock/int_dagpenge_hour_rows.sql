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

hour_rows as (
    select * from payment_rows
    union all
    select * from {{ ref('int_wage_subsidy_hour_rows') }}
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
